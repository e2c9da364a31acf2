DELETE FROM idempotent_answers WHERE organization_id = $1 AND created_at < $2
