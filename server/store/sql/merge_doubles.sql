-- Creators who were probably the merged one are now probably the one who stays.
UPDATE creators SET same_as = $3
WHERE project_id = $1 AND same_as = $2 AND merge_id IS NULL AND creator_id <> $3
