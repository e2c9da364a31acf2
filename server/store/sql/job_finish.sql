UPDATE jobs SET due_at = $4, holder_id = NULL, held_until = NULL
WHERE organization_id = $1 AND job = $2 AND holder_id = $3
