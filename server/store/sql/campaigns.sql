SELECT campaign_id, name, notes, target_views, start_date, target_date, created_at
FROM campaigns
WHERE project_id = $1 AND deleted_at IS NULL
ORDER BY campaign_id
