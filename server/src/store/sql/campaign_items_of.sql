SELECT DISTINCT kind, item_id
FROM campaign_items
WHERE project_id = $1 AND kind <> 'campaign' AND campaign_id IN (SELECT list.campaign_id FROM {$2: campaign_id uuid} AS list)
