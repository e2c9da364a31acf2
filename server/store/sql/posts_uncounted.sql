-- The posts of each span of time that may not count, by their review state. Written as the index posts_uncounted has it.
-- Without a creator, only those of the program.
SELECT span.day, p.tracking_status, MAX(p.tracking_disabled_at) AS tracking_disabled_at, COUNT(*) AS posts
FROM {$3: day bigint, first bigint, until bigint} AS span
CROSS JOIN posts AS p
CROSS JOIN creators AS c
WHERE p.project_id = $1
  AND p.published_at >= span.first
  AND p.published_at < span.until
  AND (p.tracking_status IN ('pending_review', 'excluded') OR p.tracking_disabled_at IS NOT NULL)
  AND (p.creator_id = $2 OR $2 IS NULL)
  AND c.project_id = $1 AND c.creator_id = p.creator_id AND (c.removed_at IS NULL OR $2 IS NOT NULL)
GROUP BY span.day, p.tracking_status, p.tracking_disabled_at IS NULL
ORDER BY span.day, p.tracking_status, p.tracking_disabled_at IS NULL
