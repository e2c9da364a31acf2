SELECT COUNT(*) AS total
FROM posts AS p
JOIN creators AS c ON c.project_id = $1 AND c.creator_id = p.creator_id
WHERE p.project_id = $1 AND p.tracking_status = 'pending_review' AND p.tracking_disabled_at IS NULL AND c.removed_at IS NULL
  AND (p.creator_id = $2 OR $2 IS NULL)
