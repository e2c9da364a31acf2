SELECT paste_id, created_at, texts, added, present, unreadable FROM pastes WHERE project_id = $1 AND paste_id = $2
