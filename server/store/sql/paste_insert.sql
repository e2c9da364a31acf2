INSERT INTO pastes (project_id, paste_id, created_at, texts, added, present, unreadable) VALUES ($1, $2, $3, $4, $5, $6, $7)
