UPDATE campaigns SET deleted_at = $3 WHERE project_id = $1 AND campaign_id = $2 AND deleted_at IS NULL
