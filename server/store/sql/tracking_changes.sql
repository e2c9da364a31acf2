SELECT {columns: tracking_change}
FROM tracking_changes
WHERE project_id = $1 AND post_id IN (SELECT list.post_id FROM {$2: post_id uuid} AS list)
ORDER BY changed_at DESC, tracking_change_id DESC
