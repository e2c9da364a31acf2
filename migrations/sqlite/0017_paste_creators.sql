-- Stop every server before upgrading: one of the previous release could not delete a paste to which these rows refer.
-- The creators whom a paste added or restored, so that it can be undone; none of pastes that were made before.
CREATE TABLE paste_creators (
    project_id BLOB NOT NULL,
    paste_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    PRIMARY KEY (project_id, paste_id, creator_id),
    FOREIGN KEY (project_id, paste_id) REFERENCES pastes (project_id, paste_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX paste_creators_by_creator ON paste_creators (project_id, creator_id);
