-- Starts from the list: SQLite would otherwise scan all posts of the project.
SELECT {columns: post AS p}
FROM {$2: tiktok_video_id text} AS list
CROSS JOIN posts AS p
WHERE p.project_id = $1 AND p.tiktok_video_id = list.tiktok_video_id
