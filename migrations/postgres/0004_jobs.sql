-- What has to be done now and then, by one server at a time.
CREATE TABLE jobs (
    organization_id UUID NOT NULL,
    job TEXT COLLATE "C" NOT NULL,
    -- Not again before this instant.
    due_at BIGINT NOT NULL,
    -- The server that is doing it, and the instant from which it counts as lost; NULL: nobody.
    holder_id UUID,
    held_until BIGINT,
    PRIMARY KEY (organization_id, job),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
);
