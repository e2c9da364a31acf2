SELECT {columns: creator}
FROM creators
WHERE project_id = $1 AND changed_version > $2
