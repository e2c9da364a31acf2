SELECT CAST(COALESCE(SUM(posts), 0) AS BIGINT) AS posts,
       CAST(COALESCE(SUM(views), 0) AS BIGINT) AS views,
       CAST(COALESCE(SUM(engagement), 0) AS BIGINT) AS engagement,
       CAST(COALESCE(SUM(followers), 0) AS BIGINT) AS followers
FROM creator_days
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$4: creator_id uuid} AS list) AND day >= $2 AND day < $3
