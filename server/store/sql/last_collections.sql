SELECT creator_id, MAX(posts_collected_at) AS posts_collected_at, MAX(followers_collected_at) AS followers_collected_at
FROM creator_days
WHERE project_id = $1 AND day < $2 AND last_collected_at IS NOT NULL
GROUP BY creator_id
