INSERT INTO tracking_changes
    (project_id, post_id, tracking_change_id, changed_at, from_status, to_status, from_disabled, to_disabled, review_id)
SELECT $1, list.post_id, list.tracking_change_id, $2, list.from_status, list.to_status, list.from_disabled, list.to_disabled, $3
FROM {$4: post_id uuid, tracking_change_id uuid, from_status text, to_status text, from_disabled boolean, to_disabled boolean} AS list
WHERE true
