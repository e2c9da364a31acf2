UPDATE parked_stats SET
    looked_at = CASE WHEN looked_at > $3 THEN looked_at ELSE $3 END,
    run_id = NULL
WHERE project_id = $1 AND run_id = $2
