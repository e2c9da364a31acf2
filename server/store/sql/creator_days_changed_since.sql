SELECT {columns: day AS d}
FROM creators AS c
CROSS JOIN creator_days AS d
WHERE c.project_id = $1 AND c.changed_version > $2 AND c.removed_at IS NULL
  AND d.project_id = $1 AND d.creator_id = c.creator_id AND d.day >= $3
ORDER BY d.creator_id, d.day
