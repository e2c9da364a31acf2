SELECT COUNT(*) AS waiting FROM waiting_facts WHERE project_id = $1
