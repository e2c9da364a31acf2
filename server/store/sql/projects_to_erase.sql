SELECT project_id FROM projects WHERE deleted_at < $1 ORDER BY project_id LIMIT 1
