-- When a source last read followers other than 0 before an instant.
SELECT k.creator_id,
       (SELECT b.captured_at FROM creator_snapshots AS b
        WHERE b.project_id = $1 AND b.creator_id = k.creator_id AND b.captured_at < k.first
          AND b.given_source = k.given_source AND b.followers > 0
        ORDER BY b.captured_at DESC LIMIT 1) AS previous
FROM {$2: creator_id uuid, given_source text, first bigint} AS k
