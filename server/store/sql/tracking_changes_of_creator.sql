SELECT t.post_id, t.changed_at, t.from_status, t.to_status, t.from_disabled, t.to_disabled
FROM posts AS p
CROSS JOIN tracking_changes AS t
WHERE p.project_id = $1 AND p.creator_id = $2 AND t.project_id = $1 AND t.post_id = p.post_id
  AND t.changed_at >= $3
ORDER BY t.changed_at DESC, t.tracking_change_id DESC
