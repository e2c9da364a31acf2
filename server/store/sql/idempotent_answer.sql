SELECT body_hash, status, body, created_at FROM idempotent_answers
WHERE organization_id = $1 AND api_key_id = $2 AND route = $3 AND idempotency_key = $4
