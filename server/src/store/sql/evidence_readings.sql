SELECT captured_at, followers
FROM creator_snapshots
WHERE project_id = $1 AND creator_id = $2 AND captured_at >= $3 AND captured_at < $4
UNION ALL
SELECT captured_at, followers
FROM (SELECT captured_at, followers FROM creator_snapshots
      WHERE project_id = $1 AND creator_id = $2 AND captured_at < $3
      ORDER BY captured_at DESC LIMIT 1)
ORDER BY captured_at
