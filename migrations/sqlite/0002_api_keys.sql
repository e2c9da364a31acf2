-- Keys that programs bring. Of a key only its hash is kept: a stolen database opens no door.
CREATE TABLE api_keys (
    organization_id BLOB NOT NULL,
    api_key_id BLOB NOT NULL,
    -- The project it is good for; NULL: every project of the organization.
    project_id BLOB,
    name TEXT NOT NULL,
    -- SHA-256 of the key.
    key_hash BLOB NOT NULL,
    -- The key's last characters, for people to tell keys apart by.
    hint TEXT NOT NULL,
    can_write INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER,
    PRIMARY KEY (organization_id, api_key_id),
    UNIQUE (organization_id, key_hash),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
) WITHOUT ROWID;

-- Answers to requests that carried an Idempotency-Key, to be given again for 24 hours. `status` is NULL while the first
-- request is being answered.
CREATE TABLE idempotent_answers (
    organization_id BLOB NOT NULL,
    api_key_id BLOB NOT NULL,
    route TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    -- SHA-256 of the decoded body.
    body_hash BLOB NOT NULL,
    status INTEGER,
    body TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organization_id, api_key_id, route, idempotency_key),
    FOREIGN KEY (organization_id, api_key_id) REFERENCES api_keys (organization_id, api_key_id)
) WITHOUT ROWID;

CREATE INDEX idempotent_answers_by_age ON idempotent_answers (organization_id, created_at);
