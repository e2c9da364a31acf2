SELECT g.goal_id, g.creator_id, g.metric, g.period, v.made_at, v.target_value, v.start_date, v.end_date, v.is_active
FROM (SELECT goal_id, creator_id, metric, period
      FROM goals
      WHERE project_id = $1 AND deleted_at IS NULL
        AND (goal_id > $2 OR $2 IS NULL)
        AND (creator_id = $3 OR $3 IS NULL)
      ORDER BY goal_id
      LIMIT $4) AS g
CROSS JOIN goal_versions AS v
WHERE v.project_id = $1 AND v.goal_id = g.goal_id
ORDER BY g.goal_id, v.version
