-- A fact that already waits keeps the instant from which it has waited.
INSERT INTO waiting_facts (project_id, creator_id, fact_key, fact, kept_at)
SELECT $1, list.creator_id, list.fact_key, list.fact, $2
FROM {$3: creator_id uuid, fact_key text, fact text} AS list
WHERE true
ON CONFLICT (project_id, creator_id, fact_key) DO UPDATE SET fact = excluded.fact
