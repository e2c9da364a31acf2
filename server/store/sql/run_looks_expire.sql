DELETE FROM run_looks WHERE project_id = $1 AND run_id < $2
