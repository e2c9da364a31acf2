-- A project refers to its organization, and an API key to its project. Safe for servers of the release before that are
-- still running: they write nothing else.
--
-- A project whose organization does not exist goes to the first one. A key whose project does not exist is revoked, since
-- a key without a project would open all of them. Both are noted in mended_values.
--
-- SQLite cannot add a constraint to a table, so these two tables are made anew, and their CHECKs get names. Other tables
-- refer to them; that is looked at when the step ends, and by then the same rows are back.
PRAGMA defer_foreign_keys = ON;

-- Where no organization is left, the one that most projects say they belong to.
CREATE TEMPORARY TABLE made_organizations AS
SELECT organization_id
FROM projects
WHERE NOT EXISTS (SELECT 1 FROM organizations)
GROUP BY organization_id
ORDER BY count(*) DESC, organization_id
LIMIT 1;

INSERT INTO organizations (organization_id, name, created_at)
SELECT organization_id, 'My organization', 0 FROM made_organizations;

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT organization_id, 'organizations', lower(hex(organization_id)), 'name', NULL, NULL, quote('My organization')
FROM made_organizations
WHERE true
ON CONFLICT DO NOTHING;

DROP TABLE made_organizations;

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT o.organization_id, 'projects', lower(hex(p.project_id)), 'organization_id', p.project_id,
    quote(p.organization_id), quote(o.organization_id)
FROM projects AS p
CROSS JOIN (SELECT organization_id FROM organizations ORDER BY organization_id LIMIT 1) AS o
WHERE NOT EXISTS (SELECT 1 FROM organizations AS own WHERE own.organization_id = p.organization_id)
ON CONFLICT DO NOTHING;

UPDATE projects SET organization_id = (SELECT organization_id FROM organizations ORDER BY organization_id LIMIT 1)
WHERE NOT EXISTS (SELECT 1 FROM organizations AS own WHERE own.organization_id = projects.organization_id);

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT k.organization_id, 'api_keys', lower(hex(k.api_key_id)), 'project_id', NULL, quote(k.project_id), NULL
FROM api_keys AS k
WHERE k.project_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects AS p WHERE p.project_id = k.project_id)
ON CONFLICT DO NOTHING;

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT k.organization_id, 'api_keys', lower(hex(k.api_key_id)), 'revoked_at', NULL, NULL, quote(k.created_at)
FROM api_keys AS k
WHERE k.project_id IS NOT NULL AND k.revoked_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM projects AS p WHERE p.project_id = k.project_id)
ON CONFLICT DO NOTHING;

UPDATE api_keys SET project_id = NULL, revoked_at = coalesce(revoked_at, created_at)
WHERE project_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects AS p WHERE p.project_id = api_keys.project_id);

CREATE TEMPORARY TABLE carried_projects AS SELECT * FROM projects;
CREATE TEMPORARY TABLE carried_api_keys AS SELECT * FROM api_keys;
DROP TABLE api_keys;
DROP TABLE projects;

CREATE TABLE projects (
    project_id BLOB NOT NULL CONSTRAINT projects_project_id CHECK (length(project_id) = 16),
    organization_id BLOB NOT NULL CONSTRAINT projects_organization_id CHECK (length(organization_id) = 16),
    name TEXT NOT NULL CONSTRAINT projects_name CHECK (name <> ''),
    time_zone TEXT NOT NULL CONSTRAINT projects_time_zone CHECK (time_zone <> ''),
    week_start TEXT NOT NULL CONSTRAINT projects_week_start CHECK (week_start IN ('monday', 'sunday', 'saturday')),
    early_grace_percent INTEGER NOT NULL
        CONSTRAINT projects_early_grace_percent CHECK (early_grace_percent BETWEEN 0 AND 100),
    collection_interval_hours INTEGER NOT NULL
        CONSTRAINT projects_collection_interval_hours CHECK (collection_interval_hours BETWEEN 1 AND 8760),
    -- Grows by one with every change of the project's data; names a consistent state.
    version INTEGER NOT NULL CONSTRAINT projects_version CHECK (version >= 0),
    created_at INTEGER NOT NULL
        CONSTRAINT projects_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    deleted_at INTEGER CONSTRAINT projects_deleted_at CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id),
    CONSTRAINT projects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
) STRICT;

CREATE TABLE api_keys (
    organization_id BLOB NOT NULL CONSTRAINT api_keys_organization_id CHECK (length(organization_id) = 16),
    api_key_id BLOB NOT NULL CONSTRAINT api_keys_api_key_id CHECK (length(api_key_id) = 16),
    -- The project it is good for; NULL: every project of the organization.
    project_id BLOB CONSTRAINT api_keys_project_id CHECK (length(project_id) = 16),
    name TEXT NOT NULL CONSTRAINT api_keys_name CHECK (name <> ''),
    -- SHA-256 of the key.
    key_hash BLOB NOT NULL CONSTRAINT api_keys_key_hash CHECK (length(key_hash) = 32),
    -- The key's last characters, for people to tell keys apart by.
    hint TEXT NOT NULL,
    can_write INTEGER NOT NULL CONSTRAINT api_keys_can_write CHECK (can_write IN (0, 1)),
    created_at INTEGER NOT NULL
        CONSTRAINT api_keys_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    last_used_at INTEGER
        CONSTRAINT api_keys_last_used_at CHECK (last_used_at BETWEEN -62135510400000 AND 253402214399999),
    revoked_at INTEGER CONSTRAINT api_keys_revoked_at CHECK (revoked_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id, api_key_id),
    UNIQUE (organization_id, key_hash),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id),
    CONSTRAINT api_keys_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID;

INSERT INTO projects
    (project_id, organization_id, name, time_zone, week_start, early_grace_percent, collection_interval_hours,
     version, created_at, deleted_at)
SELECT
    project_id, organization_id, name, time_zone, week_start, early_grace_percent, collection_interval_hours,
    version, created_at, deleted_at
FROM carried_projects;

INSERT INTO api_keys
    (organization_id, api_key_id, project_id, name, key_hash, hint, can_write, created_at, last_used_at, revoked_at)
SELECT
    organization_id, api_key_id, project_id, name, key_hash, hint, can_write, created_at, last_used_at, revoked_at
FROM carried_api_keys;

DROP TABLE carried_projects;
DROP TABLE carried_api_keys;
