INSERT INTO tracking_changes
    (project_id, post_id, tracking_change_id, changed_at, from_status, to_status, from_disabled, to_disabled)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
