DELETE FROM api_keys
WHERE organization_id = $1
  AND api_key_id IN (SELECT api_key_id FROM api_keys WHERE organization_id = $1 AND project_id = $2 LIMIT $3)
