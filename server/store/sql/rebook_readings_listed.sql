SELECT {columns: reading AS r}
FROM creators_to_book AS m
CROSS JOIN creator_snapshots AS r
WHERE m.project_id = $1 AND r.project_id = $1 AND r.creator_id = m.creator_id
ORDER BY r.creator_id, r.captured_at
