SELECT {columns: import} FROM imports WHERE project_id = $1 AND import_id = $2
