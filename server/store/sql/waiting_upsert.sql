INSERT INTO waiting_facts (project_id, creator_id, fact_key, fact, source, kept_at)
SELECT $1, list.creator_id, list.fact_key, list.fact, $2, $3
FROM {$4: creator_id uuid, fact_key text, fact text} AS list
WHERE true
ON CONFLICT (project_id, creator_id, fact_key) DO UPDATE SET
    fact = excluded.fact,
    source = excluded.source,
    kept_at = excluded.kept_at
