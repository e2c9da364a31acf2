-- Starts from the list: SQLite would otherwise scan all creators of the project.
SELECT {columns: creator AS c}
FROM {$2: tiktok_handle text} AS list
CROSS JOIN creators AS c
WHERE c.project_id = $1 AND c.tiktok_handle = list.tiktok_handle
