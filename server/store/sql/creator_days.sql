SELECT creator_id, day, posts, views, engagement, followers, posts_collected_at, followers_collected_at,
       last_published_at
FROM creator_days
WHERE project_id = $1 AND creator_id = $2 AND day >= $3 AND day < $4
ORDER BY day
