SELECT {columns: post}
FROM posts
WHERE project_id = $1 AND post_id IN (SELECT list.post_id FROM {$2: post_id uuid} AS list)
