DELETE FROM collections WHERE project_id = $1 AND creator_id = $2 AND merge_id = $3
