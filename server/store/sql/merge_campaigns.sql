INSERT INTO merged_campaigns (project_id, merge_id, campaign_id)
SELECT $1, $4, i.campaign_id
FROM campaign_items AS i
WHERE i.project_id = $1 AND i.item_id = $2
  AND NOT EXISTS (SELECT 1 FROM campaign_items AS k
                  WHERE k.project_id = $1 AND k.campaign_id = i.campaign_id AND k.item_id = $3)
