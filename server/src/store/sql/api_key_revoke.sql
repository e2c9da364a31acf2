UPDATE api_keys SET revoked_at = $3 WHERE organization_id = $1 AND api_key_id = $2 AND revoked_at IS NULL
