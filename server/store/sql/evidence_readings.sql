-- The last reading before $3 that counts, and those from then on before $4, misreadings too. Other readings of 0 are
-- placeholders.
SELECT captured_at, followers, given_source, misreading
FROM creator_snapshots
WHERE project_id = $1 AND creator_id = $2 AND captured_at >= $3 AND captured_at < $4
  AND (followers > 0 OR misreading IS NOT NULL)
UNION ALL
SELECT captured_at, followers, given_source, misreading
FROM (SELECT captured_at, followers, given_source, misreading
      FROM creator_snapshots
      WHERE project_id = $1 AND creator_id = $2 AND captured_at < $3 AND followers > 0 AND misreading IS NULL
      ORDER BY captured_at DESC LIMIT 1) AS last_before
ORDER BY captured_at
