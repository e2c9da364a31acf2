SELECT organization_id, api_key_id, project_id, name, hint, can_write, created_at, last_used_at, revoked_at
FROM api_keys WHERE organization_id = $1 ORDER BY api_key_id DESC
