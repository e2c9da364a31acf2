DELETE FROM paste_creators WHERE project_id = $1 AND paste_id = $2
