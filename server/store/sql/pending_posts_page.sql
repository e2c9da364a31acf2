SELECT {columns: post AS p}
FROM posts AS p
JOIN creators AS c ON c.project_id = $1 AND c.creator_id = p.creator_id
WHERE p.project_id = $1 AND p.tracking_status = 'pending_review' AND p.tracking_disabled_at IS NULL AND c.removed_at IS NULL
  AND ($2 = '' OR replace(lower(p.description), $2, '') <> lower(p.description) OR replace(lower(c.tiktok_handle), $2, '') <> lower(c.tiktok_handle))
  AND (p.creator_id = $3 OR $3 IS NULL)
ORDER BY p.published_at DESC, p.post_id
LIMIT $4 OFFSET $5
