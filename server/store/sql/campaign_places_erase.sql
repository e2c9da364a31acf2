-- Its places in other campaigns.
DELETE FROM campaign_items WHERE project_id = $1 AND item_id = $2
