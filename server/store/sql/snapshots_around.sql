-- From the last snapshot before the stretch to the first one after it that know every counter the post ever had.
SELECT s.post_id, s.captured_at, s.views, s.likes, s.comments, s.shares, s.saves
FROM {$2: post_id uuid, first bigint, last bigint} AS k
CROSS JOIN posts AS p
CROSS JOIN post_snapshots AS s
WHERE p.project_id = $1 AND p.post_id = k.post_id AND s.project_id = $1 AND s.post_id = p.post_id
  AND s.captured_at >= coalesce((
    SELECT b.captured_at FROM post_snapshots AS b
    WHERE b.project_id = $1 AND b.post_id = p.post_id AND b.captured_at < k.first
      AND (p.views IS NULL OR b.views IS NOT NULL)
      AND (p.likes IS NULL OR b.likes IS NOT NULL)
      AND (p.comments IS NULL OR b.comments IS NOT NULL)
      AND (p.shares IS NULL OR b.shares IS NOT NULL)
      AND (p.saves IS NULL OR b.saves IS NOT NULL)
    ORDER BY b.captured_at DESC LIMIT 1), -9223372036854775807)
  AND s.captured_at <= coalesce((
    SELECT a.captured_at FROM post_snapshots AS a
    WHERE a.project_id = $1 AND a.post_id = p.post_id AND a.captured_at > k.last
      AND (p.views IS NULL OR a.views IS NOT NULL)
      AND (p.likes IS NULL OR a.likes IS NOT NULL)
      AND (p.comments IS NULL OR a.comments IS NOT NULL)
      AND (p.shares IS NULL OR a.shares IS NOT NULL)
      AND (p.saves IS NULL OR a.saves IS NOT NULL)
    ORDER BY a.captured_at LIMIT 1), 9223372036854775807)
