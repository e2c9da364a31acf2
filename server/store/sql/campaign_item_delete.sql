DELETE FROM campaign_items WHERE project_id = $1 AND campaign_id = $2 AND item_id = $3
