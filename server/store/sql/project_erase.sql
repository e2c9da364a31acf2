DELETE FROM projects WHERE project_id = $1
