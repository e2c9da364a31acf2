SELECT {columns: api_key}
FROM api_keys WHERE organization_id = $1 ORDER BY api_key_id DESC
