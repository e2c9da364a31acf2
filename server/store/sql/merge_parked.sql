UPDATE parked_stats SET creator_id = $3, merge_id = $4 WHERE project_id = $1 AND creator_id = $2
