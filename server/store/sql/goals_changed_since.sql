SELECT {columns: goal AS g}, {columns: goal_version AS v}
FROM creators AS c
CROSS JOIN goals AS g
CROSS JOIN goal_versions AS v
WHERE c.project_id = $1 AND c.changed_version > $2 AND c.removed_at IS NULL
  AND g.project_id = $1 AND g.creator_id = c.creator_id AND g.deleted_at IS NULL
  AND v.project_id = $1 AND v.goal_id = g.goal_id
ORDER BY g.creator_id, g.goal_id, v.version
