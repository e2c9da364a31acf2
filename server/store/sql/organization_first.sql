SELECT organization_id FROM organizations ORDER BY organization_id LIMIT 1
