INSERT INTO campaign_items (project_id, campaign_id, kind, item_id, added_at)
SELECT $1, $2, value ->> 0, unhex(value ->> 1), $4
FROM json_each($3)
WHERE true
ON CONFLICT (project_id, campaign_id, item_id) DO NOTHING
