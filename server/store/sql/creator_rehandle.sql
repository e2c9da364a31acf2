UPDATE creators SET tiktok_handle = $3 WHERE project_id = $1 AND creator_id = $2
