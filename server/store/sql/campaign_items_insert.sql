INSERT INTO campaign_items (project_id, campaign_id, kind, item_id, added_at)
SELECT $1, $2, list.kind, list.item_id, $3
FROM {$4: kind text, item_id uuid} AS list
WHERE true
ON CONFLICT (project_id, campaign_id, item_id) DO NOTHING
