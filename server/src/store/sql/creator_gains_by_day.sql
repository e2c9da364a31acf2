SELECT day,
       CAST(SUM(posts) AS BIGINT) AS posts,
       CAST(SUM(views) AS BIGINT) AS views,
       CAST(SUM(engagement) AS BIGINT) AS engagement,
       CAST(SUM(followers) AS BIGINT) AS followers
FROM creator_days
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$4: creator_id uuid} AS list) AND day >= $2 AND day < $3
GROUP BY day
ORDER BY day
