SELECT kind, item_id, added_at FROM campaign_items WHERE project_id = $1 AND campaign_id = $2 ORDER BY item_id
