DELETE FROM campaign_items
WHERE project_id = $1 AND item_id = $2
  AND campaign_id IN (SELECT m.campaign_id FROM merged_campaigns AS m WHERE m.project_id = $1 AND m.merge_id = $3)
