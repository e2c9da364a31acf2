-- Readings of 0 are placeholders or misreadings.
SELECT s.creator_id, s.captured_at, s.followers,
       (SELECT b.followers FROM creator_snapshots AS b
        WHERE b.project_id = $1 AND b.creator_id = s.creator_id AND b.captured_at < s.captured_at
          AND b.followers > 0 AND b.misreading IS NULL
        ORDER BY b.captured_at DESC LIMIT 1) AS followers_before
FROM creators AS c
CROSS JOIN creator_snapshots AS s
WHERE c.project_id = $1
  AND s.project_id = $1 AND s.creator_id = c.creator_id AND s.captured_at >= $2 AND s.captured_at < $3
  AND s.followers > 0 AND s.misreading IS NULL
ORDER BY s.creator_id, s.captured_at
