SELECT {columns: creator} FROM creators WHERE project_id = $1 AND creator_id = $2
