SELECT paste_id, created_at, texts, added, present, unreadable,
       (SELECT COUNT(*) FROM paste_creators AS c WHERE c.project_id = $1 AND c.paste_id = $2) AS brought
FROM pastes
WHERE project_id = $1 AND paste_id = $2
