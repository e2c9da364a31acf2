SELECT {columns: merge} FROM merges WHERE project_id = $1 AND merge_id = $2
