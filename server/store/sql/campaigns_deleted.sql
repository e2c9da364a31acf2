SELECT {columns: campaign}, deleted_at
FROM campaigns
WHERE project_id = $1 AND deleted_at >= $2
ORDER BY deleted_at DESC, campaign_id
