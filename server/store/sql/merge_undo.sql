UPDATE merges SET undone_at = $3 WHERE project_id = $1 AND merge_id = $2
