SELECT v.goal_id, v.version, g.creator_id,
       (SELECT MAX(later.version) FROM goal_versions AS later WHERE later.project_id = $1 AND later.goal_id = v.goal_id) AS last_version
FROM goal_versions AS v
CROSS JOIN goals AS g
WHERE v.project_id = $1 AND v.assignment_id = $2
  AND g.project_id = $1 AND g.goal_id = v.goal_id AND g.deleted_at IS NULL
ORDER BY v.goal_id
