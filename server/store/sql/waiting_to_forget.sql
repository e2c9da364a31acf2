SELECT DISTINCT project_id FROM waiting_facts WHERE kept_at < $1
