-- From the last positive reading before the stretch to the first one after it.
SELECT s.creator_id, s.captured_at, s.followers
FROM {$2: creator_id uuid, first bigint, last bigint} AS k
CROSS JOIN creator_snapshots AS s
WHERE s.project_id = $1 AND s.creator_id = k.creator_id
  AND s.captured_at >= coalesce((
    SELECT b.captured_at FROM creator_snapshots AS b
    WHERE b.project_id = $1 AND b.creator_id = k.creator_id AND b.captured_at < k.first AND b.followers > 0
    ORDER BY b.captured_at DESC LIMIT 1), k.first)
  AND s.captured_at <= coalesce((
    SELECT a.captured_at FROM creator_snapshots AS a
    WHERE a.project_id = $1 AND a.creator_id = k.creator_id AND a.captured_at > k.last AND a.followers > 0
    ORDER BY a.captured_at LIMIT 1), 9223372036854775807)
