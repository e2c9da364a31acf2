INSERT INTO saved_views (project_id, saved_view_id, name, query, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
