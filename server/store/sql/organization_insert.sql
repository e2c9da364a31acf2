INSERT INTO organizations (organization_id, name, created_at) VALUES ($1, $2, $3)
