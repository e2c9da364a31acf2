UPDATE campaigns SET deleted_at = NULL WHERE project_id = $1 AND campaign_id = $2 AND deleted_at >= $3
