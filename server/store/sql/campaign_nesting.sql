SELECT i.campaign_id, i.item_id
FROM campaign_items AS i
JOIN campaigns AS outside ON outside.project_id = $1 AND outside.campaign_id = i.campaign_id
JOIN campaigns AS inside ON inside.project_id = $1 AND inside.campaign_id = i.item_id
WHERE i.project_id = $1 AND i.kind = 'campaign' AND outside.deleted_at IS NULL AND inside.deleted_at IS NULL
