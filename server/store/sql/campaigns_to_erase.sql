SELECT project_id, campaign_id FROM campaigns WHERE deleted_at < $1 ORDER BY project_id, campaign_id LIMIT 1
