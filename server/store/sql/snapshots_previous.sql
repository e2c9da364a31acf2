-- When a source last read views other than 0 before an instant.
SELECT k.post_id,
       (SELECT b.captured_at FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at < k.first
          AND b.given_source = k.given_source AND b.views > 0
        ORDER BY b.captured_at DESC LIMIT 1) AS previous
FROM {$2: post_id uuid, given_source text, first bigint} AS k
