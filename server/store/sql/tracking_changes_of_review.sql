SELECT post_id, changed_at, from_status, to_status, from_disabled, to_disabled
FROM tracking_changes
WHERE project_id = $1 AND review_id = $2
ORDER BY post_id
