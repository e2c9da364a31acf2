SELECT creator_id, MAX(collected_at) AS collected_at
FROM (SELECT creator_id, last_collected_at AS collected_at
      FROM creator_days
      WHERE project_id = $1 AND day < $4 AND last_collected_at IS NOT NULL
      UNION ALL
      SELECT creator_id, collected_at
      FROM collections
      WHERE project_id = $1 AND collected_at >= $2 AND collected_at < $3
      UNION ALL
      SELECT creator_id, captured_at
      FROM creator_snapshots
      WHERE project_id = $1 AND captured_at >= $2 AND captured_at < $3
      UNION ALL
      SELECT p.creator_id, s.captured_at
      FROM posts AS p
      CROSS JOIN post_snapshots AS s
      WHERE p.project_id = $1
        AND s.project_id = $1 AND s.post_id = p.post_id AND s.captured_at >= $2 AND s.captured_at < $3) AS looks
GROUP BY creator_id
