SELECT s.captured_at, s.followers
FROM creators AS c
CROSS JOIN creator_snapshots AS s
WHERE c.project_id = $1 AND c.creator_id = $2
  AND s.project_id = $1 AND s.creator_id = $2 AND s.captured_at >= c.first_reading_at
  AND s.captured_at >= $3 AND s.captured_at < $4
UNION ALL
SELECT captured_at, followers
FROM (SELECT s.captured_at, s.followers
      FROM creators AS c
      CROSS JOIN creator_snapshots AS s
      WHERE c.project_id = $1 AND c.creator_id = $2
        AND s.project_id = $1 AND s.creator_id = $2 AND s.captured_at >= c.first_reading_at
        AND s.captured_at < $3
      ORDER BY s.captured_at DESC LIMIT 1) AS last_before
ORDER BY captured_at
