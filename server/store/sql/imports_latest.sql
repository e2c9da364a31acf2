-- Those that are not finished come first, so that each can be reached: a project has at most 50 of them.
SELECT {columns: import}
FROM imports
WHERE project_id = $1
ORDER BY CASE WHEN state IN ('waiting', 'queued', 'running') THEN 0 ELSE 1 END, import_id DESC
LIMIT 70
