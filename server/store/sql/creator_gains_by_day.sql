-- Sums thousand millions and the rest separately, because SQLite fails if the sum of a column exceeds 64 bits.
SELECT day,
       CAST(SUM(posts / 1000000000) AS BIGINT) AS posts_high,
       CAST(SUM(posts % 1000000000) AS BIGINT) AS posts_low,
       CAST(SUM(views / 1000000000) AS BIGINT) AS views_high,
       CAST(SUM(views % 1000000000) AS BIGINT) AS views_low,
       CAST(SUM(engagement / 1000000000) AS BIGINT) AS engagement_high,
       CAST(SUM(engagement % 1000000000) AS BIGINT) AS engagement_low,
       CAST(SUM(followers / 1000000000) AS BIGINT) AS followers_high,
       CAST(SUM(followers % 1000000000) AS BIGINT) AS followers_low
FROM creator_days
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$4: creator_id uuid} AS list) AND day >= $2 AND day < $3
GROUP BY day
ORDER BY day
