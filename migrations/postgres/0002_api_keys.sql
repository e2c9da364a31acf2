-- Keys that programs bring. Of a key only its hash is kept: a stolen database opens no door.
CREATE TABLE api_keys (
    organization_id UUID NOT NULL,
    api_key_id UUID NOT NULL,
    -- The project it is good for; NULL: every project of the organization.
    project_id UUID,
    name TEXT COLLATE "C" NOT NULL,
    -- SHA-256 of the key.
    key_hash BYTEA NOT NULL,
    -- The key's last characters, for people to tell keys apart by.
    hint TEXT COLLATE "C" NOT NULL,
    can_write BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (organization_id, api_key_id),
    UNIQUE (organization_id, key_hash),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
);

-- Answers to requests that carried an Idempotency-Key, to be given again for 24 hours. `status` is NULL while the first
-- request is being answered.
CREATE TABLE idempotent_answers (
    organization_id UUID NOT NULL,
    api_key_id UUID NOT NULL,
    route TEXT COLLATE "C" NOT NULL,
    idempotency_key TEXT COLLATE "C" NOT NULL,
    -- SHA-256 of the decoded body.
    body_hash BYTEA NOT NULL,
    status BIGINT,
    body TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, api_key_id, route, idempotency_key),
    FOREIGN KEY (organization_id, api_key_id) REFERENCES api_keys (organization_id, api_key_id)
);

CREATE INDEX idempotent_answers_by_age ON idempotent_answers (organization_id, created_at);
