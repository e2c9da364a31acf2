SELECT {columns: rebooked_post}
FROM posts AS p
LEFT JOIN post_snapshots AS s ON s.project_id = $1 AND s.post_id = p.post_id
WHERE p.project_id = $1
ORDER BY p.creator_id, p.post_id, s.captured_at
