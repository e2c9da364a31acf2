UPDATE idempotent_answers SET status = $5, body = $6
WHERE organization_id = $1 AND api_key_id = $2 AND route = $3 AND idempotency_key = $4
