SELECT w.creator_id, w.fact_key
FROM {$2: creator_id uuid, fact_key text} AS list
CROSS JOIN waiting_facts AS w
WHERE w.project_id = $1 AND w.creator_id = list.creator_id AND w.fact_key = list.fact_key
