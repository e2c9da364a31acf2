INSERT INTO campaign_items (project_id, campaign_id, kind, item_id, added_at)
SELECT $1, m.campaign_id, 'creator', $3, $4
FROM merged_campaigns AS m
WHERE m.project_id = $1 AND m.merge_id = $2
ON CONFLICT (project_id, campaign_id, item_id) DO NOTHING
