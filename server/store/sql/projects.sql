SELECT {columns: project} FROM projects WHERE deleted_at IS NULL ORDER BY created_at, project_id
