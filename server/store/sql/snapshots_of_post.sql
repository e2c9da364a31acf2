SELECT captured_at, views, likes, comments, shares, saves, source, misreading
FROM (SELECT captured_at, views, likes, comments, shares, saves, source, misreading
      FROM post_snapshots
      WHERE project_id = $1 AND post_id = $2 AND captured_at <= $3
      ORDER BY captured_at DESC LIMIT 2000) AS latest
ORDER BY captured_at
