-- The next readings of each creator from an instant on, one more than $2.
SELECT {columns: reading AS s}
FROM {$3: creator_id uuid, first bigint} AS k
CROSS JOIN creator_snapshots AS s
WHERE s.project_id = $1 AND s.creator_id = k.creator_id AND s.captured_at >= k.first
  AND s.captured_at <= coalesce((
    SELECT b.captured_at FROM creator_snapshots AS b
    WHERE b.project_id = $1 AND b.creator_id = k.creator_id AND b.captured_at >= k.first
    ORDER BY b.captured_at LIMIT 1 OFFSET $2), 9223372036854775807)
ORDER BY s.creator_id, s.captured_at
