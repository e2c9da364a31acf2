SELECT DISTINCT project_id FROM run_looks WHERE run_id < $1
