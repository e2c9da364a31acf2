SELECT creator_id, MAX(posts_collected_at) AS posts_collected_at, MAX(followers_collected_at) AS followers_collected_at
FROM (SELECT creator_id, posts_collected_at, followers_collected_at
      FROM creator_days
      WHERE project_id = $1 AND day < $4 AND last_collected_at IS NOT NULL
      UNION ALL
      SELECT creator_id, CASE WHEN scope = 'followers' THEN NULL ELSE collected_at END,
             CASE WHEN scope = 'posts' THEN NULL ELSE collected_at END
      FROM collections
      WHERE project_id = $1 AND collected_at >= $2 AND collected_at < $3
      UNION ALL
      SELECT creator_id, NULL, captured_at
      FROM creator_snapshots
      WHERE project_id = $1 AND captured_at >= $2 AND captured_at < $3
      UNION ALL
      SELECT p.creator_id, s.captured_at, NULL
      FROM posts AS p
      CROSS JOIN post_snapshots AS s
      WHERE p.project_id = $1
        AND s.project_id = $1 AND s.post_id = p.post_id AND s.captured_at >= $2 AND s.captured_at < $3) AS looks
GROUP BY creator_id
