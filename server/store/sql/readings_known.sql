-- The last follower count before an instant, without placeholders and misreadings.
SELECT k.creator_id,
       (SELECT b.followers FROM creator_snapshots AS b
        WHERE b.project_id = $1 AND b.creator_id = k.creator_id AND b.captured_at < k.first
          AND b.followers > 0 AND b.misreading IS NULL
        ORDER BY b.captured_at DESC LIMIT 1) AS followers
FROM {$2: creator_id uuid, first bigint} AS k
