INSERT INTO creators_to_book (project_id, creator_id)
SELECT $1, list.creator_id
FROM {$2: creator_id uuid} AS list
WHERE true
ON CONFLICT DO NOTHING
