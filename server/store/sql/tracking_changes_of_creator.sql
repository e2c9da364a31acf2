SELECT {columns: tracking_change AS t}
FROM posts AS p
CROSS JOIN tracking_changes AS t
WHERE p.project_id = $1 AND p.creator_id = $2 AND t.project_id = $1 AND t.post_id = p.post_id
  AND t.changed_at >= $3
ORDER BY t.changed_at DESC, t.tracking_change_id DESC
