DELETE FROM campaigns WHERE project_id = $1 AND campaign_id = $2
