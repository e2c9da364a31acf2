INSERT INTO creator_changes (project_id, creator_id, creator_change_id, kind, changed_at, from_value, to_value)
SELECT $1, list.creator_id, $2, list.kind, $3, list.from_value, list.to_value
FROM {$4: creator_id uuid, kind text, from_value text, to_value text} AS list
WHERE true
ON CONFLICT DO NOTHING
