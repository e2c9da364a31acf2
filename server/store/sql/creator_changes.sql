SELECT kind, changed_at, from_value, to_value
FROM creator_changes
WHERE project_id = $1 AND creator_id = $2 AND changed_at >= $3 AND changed_at < $4
ORDER BY changed_at DESC, creator_change_id DESC, kind
