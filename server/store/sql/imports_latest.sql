SELECT {columns: import} FROM imports WHERE project_id = $1 ORDER BY import_id DESC LIMIT 20
