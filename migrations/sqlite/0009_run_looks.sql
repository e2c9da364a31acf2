-- Creators whose stats an import left waiting and whose posts arrived before the import ended: when it looked at them is
-- known at its end.
CREATE TABLE run_looks (
    project_id BLOB NOT NULL,
    run_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    PRIMARY KEY (project_id, run_id, creator_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;
