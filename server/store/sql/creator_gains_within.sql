SELECT list.first_day, list.end_day, list.creator_id,
       CAST(SUM(d.posts) AS BIGINT) AS posts,
       CAST(SUM(d.views) AS BIGINT) AS views,
       CAST(SUM(d.engagement) AS BIGINT) AS engagement,
       CAST(SUM(d.followers) AS BIGINT) AS followers
FROM {$2: creator_id uuid, first_day bigint, end_day bigint} AS list
CROSS JOIN creator_days AS d
WHERE d.project_id = $1 AND d.creator_id = list.creator_id AND d.day >= list.first_day AND d.day < list.end_day
GROUP BY list.first_day, list.end_day, list.creator_id
