SELECT fact_key, fact
FROM waiting_facts
WHERE project_id = $1 AND creator_id = $2
ORDER BY fact_key
LIMIT $3
