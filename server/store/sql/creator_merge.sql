UPDATE creators SET same_as = $3, merge_id = $4, removed_at = COALESCE(removed_at, $5)
WHERE project_id = $1 AND creator_id = $2
