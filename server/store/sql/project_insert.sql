INSERT INTO projects
    (project_id, organization_id, name, time_zone, week_start, early_grace_percent, collection_interval_hours, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)
ON CONFLICT DO NOTHING
