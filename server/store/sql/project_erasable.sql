SELECT organization_id FROM projects WHERE project_id = $1 AND deleted_at < $2 {lock}
