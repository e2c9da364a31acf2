SELECT a.kind, a.account_id, a.creator_id, a.seen_at
FROM {$2: creator_id uuid} AS list
CROSS JOIN account_ids AS a
WHERE a.project_id = $1 AND a.creator_id = list.creator_id
