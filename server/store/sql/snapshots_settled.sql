-- The last views that a source read before an instant, without zeros and misreadings.
SELECT k.post_id, k.given_source,
       (SELECT b.views FROM post_snapshots AS b
        WHERE b.project_id = $1 AND b.post_id = k.post_id AND b.captured_at < k.first
          AND b.given_source = k.given_source AND b.views > 0 AND b.misreading IS NULL
        ORDER BY b.captured_at DESC LIMIT 1) AS settled
FROM {$2: post_id uuid, given_source text, first bigint} AS k
