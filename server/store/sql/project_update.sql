UPDATE projects
SET name = $2, time_zone = $3, week_start = $4, early_grace_percent = $5, collection_interval_hours = $6
WHERE project_id = $1
