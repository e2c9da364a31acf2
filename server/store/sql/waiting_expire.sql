DELETE FROM waiting_facts WHERE project_id = $1 AND kept_at < $2
