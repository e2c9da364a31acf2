UPDATE creators SET changed_version = $2
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$3: creator_id uuid} AS list)
