SELECT position, line, text, outcome FROM paste_texts WHERE project_id = $1 AND paste_id = $2 ORDER BY position
