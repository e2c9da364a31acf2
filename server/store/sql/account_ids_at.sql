SELECT a.kind, a.account_id, a.creator_id, a.seen_at
FROM {$2: kind text, account_id text} AS list
CROSS JOIN account_ids AS a
WHERE a.project_id = $1 AND a.kind = list.kind AND a.account_id = list.account_id
