SELECT project_id, name, time_zone, week_start, early_grace_percent, collection_interval_hours, version, created_at FROM projects WHERE project_id = $1 AND deleted_at IS NULL
