SELECT project_id, name, time_zone, week_start, early_grace_percent, collection_interval_hours, version, created_at, deleted_at
FROM projects
WHERE deleted_at >= $1
ORDER BY deleted_at DESC, project_id
