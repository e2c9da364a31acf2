SELECT {columns: api_key AS k}
FROM organizations AS o
JOIN api_keys AS k ON k.organization_id = o.organization_id
WHERE k.key_hash = $1
