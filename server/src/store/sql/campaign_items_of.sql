SELECT DISTINCT kind, item_id
FROM campaign_items
WHERE project_id = $1 AND kind <> 'campaign' AND campaign_id IN (SELECT unhex(value) FROM json_each($2))
