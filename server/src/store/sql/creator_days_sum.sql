SELECT COALESCE(SUM(posts), 0) AS posts,
       COALESCE(SUM(views), 0) AS views,
       COALESCE(SUM(engagement), 0) AS engagement,
       COALESCE(SUM(followers), 0) AS followers
FROM creator_days
WHERE project_id = $1 AND creator_id IN (SELECT unhex(value) FROM json_each($2)) AND day >= $3 AND day < $4
