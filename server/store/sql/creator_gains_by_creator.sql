SELECT creator_id,
       CAST(SUM(posts) AS BIGINT) AS posts,
       CAST(SUM(views) AS BIGINT) AS views,
       CAST(SUM(engagement) AS BIGINT) AS engagement,
       CAST(SUM(followers) AS BIGINT) AS followers
FROM creator_days
WHERE project_id = $1 AND day >= $2 AND day < $3
GROUP BY creator_id
