UPDATE parked_stats SET creator_id = $3 WHERE project_id = $1 AND creator_id = $2
