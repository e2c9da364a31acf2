INSERT INTO run_looks (project_id, run_id, creator_id)
SELECT $1, list.run_id, list.creator_id
FROM {$2: run_id uuid, creator_id uuid} AS list
WHERE true
ON CONFLICT (project_id, run_id, creator_id) DO NOTHING
