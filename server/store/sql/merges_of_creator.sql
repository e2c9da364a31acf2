SELECT {columns: merge}
FROM merges
WHERE project_id = $1 AND creator_id = $2 AND merged_at >= $3 AND undone_at IS NULL
ORDER BY merged_at DESC, merge_id DESC
LIMIT 100
