SELECT p.post_id, p.creator_id, p.tiktok_video_id, p.url, p.description, p.published_at, p.tracking_status, p.tracking_disabled_at,
       (SELECT b.views FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = p.post_id AND b.captured_at < $2 AND b.views IS NOT NULL
          AND b.misreading IS NULL
        ORDER BY b.captured_at DESC LIMIT 1) AS views,
       (SELECT b.likes FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = p.post_id AND b.captured_at < $2 AND b.likes IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS likes,
       (SELECT b.comments FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = p.post_id AND b.captured_at < $2 AND b.comments IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS comments,
       (SELECT b.shares FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = p.post_id AND b.captured_at < $2 AND b.shares IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS shares,
       (SELECT b.saves FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = p.post_id AND b.captured_at < $2 AND b.saves IS NOT NULL
          AND coalesce(b.misreading, '') <> 'zero'
        ORDER BY b.captured_at DESC LIMIT 1) AS saves
FROM posts AS p
WHERE p.project_id = $1
  AND (p.published_at >= $2 AND p.published_at < $3
       OR EXISTS (SELECT 1 FROM post_snapshots AS s
                  WHERE s.project_id = $1 AND s.post_id = p.post_id AND s.captured_at >= $2 AND s.captured_at < $3))
