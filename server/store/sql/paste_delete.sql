DELETE FROM pastes WHERE project_id = $1 AND paste_id = $2
