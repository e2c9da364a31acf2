SELECT creator_id,
       COUNT(*) AS posts,
       CAST(COALESCE(SUM(views), 0) AS BIGINT) AS views,
       CAST(COALESCE(SUM(COALESCE(likes, 0) + COALESCE(comments, 0) + COALESCE(shares, 0) + COALESCE(saves, 0)), 0) AS BIGINT) AS engagement,
       COUNT(CASE WHEN tracking_status = 'pending_review' THEN 1 END) AS pending
FROM posts
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$2: creator_id uuid} AS list)
GROUP BY creator_id
