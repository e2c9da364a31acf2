DELETE FROM paste_creators
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$2: creator_id uuid} AS list)
