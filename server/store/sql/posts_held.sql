SELECT creator_id, COUNT(*) AS posts
FROM posts
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$2: creator_id uuid} AS list)
GROUP BY creator_id
