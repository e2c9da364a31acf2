INSERT INTO api_keys (organization_id, api_key_id, project_id, name, key_hash, hint, can_write, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
