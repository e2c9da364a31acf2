SELECT p.creator_id, p.post_id
FROM {$3: creator_id uuid} AS list
CROSS JOIN posts AS p
WHERE p.project_id = $1 AND p.creator_id = list.creator_id AND p.tracking_status = 'pending_review' AND p.tracking_disabled_at IS NULL
LIMIT $2
