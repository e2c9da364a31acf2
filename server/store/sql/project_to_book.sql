SELECT {columns: project} FROM projects WHERE project_id = $1 {lock}
