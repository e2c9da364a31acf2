-- The last followers that a source read before an instant, without zeros and misreadings.
SELECT k.creator_id, k.given_source,
       (SELECT b.followers FROM creator_snapshots AS b
        WHERE b.project_id = $1 AND b.creator_id = k.creator_id AND b.captured_at < k.first
          AND b.given_source = k.given_source AND b.followers > 0 AND b.misreading IS NULL
        ORDER BY b.captured_at DESC LIMIT 1) AS settled
FROM {$2: creator_id uuid, given_source text, first bigint} AS k
