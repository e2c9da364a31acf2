UPDATE parked_stats SET creator_id = $3, merge_id = NULL WHERE project_id = $1 AND creator_id = $2 AND merge_id = $4
