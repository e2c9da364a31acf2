INSERT INTO idempotent_answers (organization_id, api_key_id, route, idempotency_key, body_hash, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING
