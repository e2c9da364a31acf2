SELECT w.creator_id, COUNT(*) AS waiting, MIN(w.kept_at) AS kept_at
FROM {$2: creator_id uuid} AS list
CROSS JOIN waiting_facts AS w
WHERE w.project_id = $1 AND w.creator_id = list.creator_id
GROUP BY w.creator_id
