SELECT {columns: rebooked_post}
FROM creators_to_book AS m
CROSS JOIN posts AS p
LEFT JOIN post_snapshots AS s ON s.project_id = $1 AND s.post_id = p.post_id
WHERE m.project_id = $1 AND p.project_id = $1 AND p.creator_id = m.creator_id
ORDER BY p.creator_id, p.post_id, s.captured_at
