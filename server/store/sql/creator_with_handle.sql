SELECT {columns: creator}
FROM creators
WHERE project_id = $1 AND tiktok_handle = $2
