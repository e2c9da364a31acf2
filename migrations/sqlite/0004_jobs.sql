-- What has to be done now and then, by one server at a time.
CREATE TABLE jobs (
    organization_id BLOB NOT NULL,
    job TEXT NOT NULL,
    -- Not again before this instant.
    due_at INTEGER NOT NULL,
    -- The server that is doing it, and the instant from which it counts as lost; NULL: nobody.
    holder_id BLOB,
    held_until INTEGER,
    PRIMARY KEY (organization_id, job),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
) WITHOUT ROWID;
