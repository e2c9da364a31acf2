UPDATE creators SET same_as = NULL, merge_id = NULL, removed_at = $3
WHERE project_id = $1 AND creator_id = $2
