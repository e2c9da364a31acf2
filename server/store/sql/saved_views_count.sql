SELECT COUNT(*) AS views FROM saved_views WHERE project_id = $1
