INSERT INTO collections (project_id, creator_id, collected_at)
SELECT $1, unhex(value ->> 0), value ->> 1
FROM json_each($2)
WHERE true
ON CONFLICT DO NOTHING
