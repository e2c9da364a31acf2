SELECT campaign_id, name, notes, target_views, start_date, target_date, created_at, deleted_at
FROM campaigns
WHERE project_id = $1 AND deleted_at >= $2
ORDER BY deleted_at DESC, campaign_id
