SELECT MAX(posts_collected_at) AS posts_collected_at, MAX(followers_collected_at) AS followers_collected_at
FROM creator_days
WHERE project_id = $1 AND creator_id = $2 AND day < $3
