INSERT INTO campaigns (project_id, campaign_id, name, notes, target_views, start_date, target_date, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
