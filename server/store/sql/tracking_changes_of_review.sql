SELECT {columns: tracking_change}
FROM tracking_changes
WHERE project_id = $1 AND review_id = $2
ORDER BY post_id
