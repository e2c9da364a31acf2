SELECT COUNT(*) AS parked FROM parked_stats WHERE project_id = $1
