SELECT {columns: project} FROM projects WHERE project_id = $1 AND deleted_at IS NULL {lock}
