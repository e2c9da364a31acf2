UPDATE api_keys SET last_used_at = $3 WHERE organization_id = $1 AND api_key_id = $2
