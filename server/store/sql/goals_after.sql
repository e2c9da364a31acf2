SELECT {columns: goal AS g}, {columns: goal_version AS v}
FROM (SELECT {columns: goal}
      FROM goals
      WHERE project_id = $1 AND deleted_at IS NULL
        AND (goal_id > $2 OR $2 IS NULL)
        AND (creator_id = $3 OR $3 IS NULL)
      ORDER BY goal_id
      LIMIT $4) AS g
CROSS JOIN goal_versions AS v
WHERE v.project_id = $1 AND v.goal_id = g.goal_id
ORDER BY g.goal_id, v.version
