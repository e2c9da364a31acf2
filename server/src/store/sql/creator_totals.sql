SELECT creator_id,
       COUNT(*) AS posts,
       COALESCE(SUM(views), 0) AS views,
       COALESCE(SUM(COALESCE(likes, 0) + COALESCE(comments, 0) + COALESCE(shares, 0) + COALESCE(saves, 0)), 0) AS engagement,
       COALESCE(SUM(CASE WHEN tracking_status = 'pending_review' THEN 1 ELSE 0 END), 0) AS pending
FROM posts
WHERE project_id = $1 AND creator_id IN (SELECT unhex(value) FROM json_each($2))
GROUP BY creator_id
