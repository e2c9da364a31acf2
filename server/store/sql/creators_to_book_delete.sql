DELETE FROM creators_to_book WHERE project_id = $1
