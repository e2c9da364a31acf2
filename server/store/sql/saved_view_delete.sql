DELETE FROM saved_views WHERE project_id = $1 AND saved_view_id = $2
