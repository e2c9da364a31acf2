DELETE FROM campaign_items
WHERE project_id = $1 AND campaign_id = $2
  AND item_id IN (SELECT item_id FROM campaign_items WHERE project_id = $1 AND campaign_id = $2 ORDER BY item_id LIMIT $3)
