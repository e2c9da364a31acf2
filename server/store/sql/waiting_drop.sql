DELETE FROM waiting_facts WHERE project_id = $1 AND creator_id = $2
