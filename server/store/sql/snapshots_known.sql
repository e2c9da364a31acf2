-- The last known value of each counter before an instant, without misreadings.
SELECT k.post_id,
       (SELECT b.views FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at < k.first AND b.views IS NOT NULL
          AND b.misreading IS NULL
        ORDER BY b.captured_at DESC LIMIT 1) AS views,
       (SELECT b.likes FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at < k.first AND b.likes IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS likes,
       (SELECT b.comments FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at < k.first AND b.comments IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS comments,
       (SELECT b.shares FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at < k.first AND b.shares IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS shares,
       (SELECT b.saves FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at < k.first AND b.saves IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS saves
FROM {$2: post_id uuid, first bigint} AS k
