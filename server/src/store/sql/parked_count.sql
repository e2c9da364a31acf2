SELECT COUNT(*) FROM parked_stats WHERE project_id = $1
