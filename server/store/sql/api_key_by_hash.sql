SELECT k.organization_id, k.api_key_id, k.project_id, k.name, k.hint, k.can_write, k.created_at, k.last_used_at, k.revoked_at
FROM organizations AS o
JOIN api_keys AS k ON k.organization_id = o.organization_id
WHERE k.key_hash = $1
