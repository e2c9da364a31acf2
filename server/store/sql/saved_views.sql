SELECT saved_view_id, name, query FROM saved_views WHERE project_id = $1 ORDER BY saved_view_id
