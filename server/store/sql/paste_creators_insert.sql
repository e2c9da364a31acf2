INSERT INTO paste_creators (project_id, paste_id, creator_id)
SELECT $1, $2, list.creator_id
FROM {$3: creator_id uuid} AS list
WHERE true
