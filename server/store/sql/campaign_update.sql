UPDATE campaigns SET name = $3, notes = $4, target_views = $5, start_date = $6, target_date = $7
WHERE project_id = $1 AND campaign_id = $2 AND deleted_at IS NULL
