SELECT {columns: campaign}
FROM campaigns
WHERE project_id = $1 AND campaign_id = $2 AND deleted_at IS NULL
