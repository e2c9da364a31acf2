SELECT COUNT(*) AS unfinished FROM imports WHERE project_id = $1 AND state IN ('waiting', 'queued', 'running')
