SELECT {columns: campaign}
FROM campaigns
WHERE project_id = $1 AND deleted_at IS NULL
ORDER BY campaign_id
