SELECT creator_id FROM paste_creators WHERE project_id = $1 AND paste_id = $2 ORDER BY creator_id
