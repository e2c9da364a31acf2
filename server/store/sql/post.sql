SELECT {columns: post} FROM posts WHERE project_id = $1 AND post_id = $2
