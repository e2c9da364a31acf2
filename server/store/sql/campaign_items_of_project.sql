SELECT i.campaign_id, i.kind, i.item_id, p.creator_id
FROM campaigns AS c
JOIN campaign_items AS i ON i.project_id = $1 AND i.campaign_id = c.campaign_id
LEFT JOIN posts AS p ON p.project_id = $1 AND p.post_id = i.item_id
WHERE c.project_id = $1 AND c.deleted_at IS NULL
ORDER BY i.campaign_id, i.item_id
