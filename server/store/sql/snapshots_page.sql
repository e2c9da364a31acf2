-- The next snapshots of each post from an instant on, one more than $2.
SELECT {columns: snapshot AS s}
FROM {$3: post_id uuid, first bigint} AS k
CROSS JOIN post_snapshots AS s
WHERE s.project_id = $1 AND s.post_id = k.post_id AND s.captured_at >= k.first
  AND s.captured_at <= coalesce((
    SELECT b.captured_at FROM post_snapshots AS b
    WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at >= k.first
    ORDER BY b.captured_at LIMIT 1 OFFSET $2), 9223372036854775807)
ORDER BY s.post_id, s.captured_at
