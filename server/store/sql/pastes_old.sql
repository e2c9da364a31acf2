SELECT paste_id FROM pastes WHERE project_id = $1 ORDER BY paste_id DESC LIMIT 1000 OFFSET 100
