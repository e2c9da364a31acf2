-- A project refers to its organization, and an API key to its project. Safe for servers of the release before that are
-- still running: they write nothing else.
--
-- A project whose organization does not exist goes to the first one. A key whose project does not exist is revoked, since
-- a key without a project would open all of them. Both are noted in mended_values.

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
SELECT organization_id, 'organizations', replace(organization_id::text, '-', ''), 'name', NULL, NULL, '"My organization"'
FROM made_organizations
ON CONFLICT DO NOTHING;

DROP TABLE made_organizations;

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT o.organization_id, 'projects', replace(p.project_id::text, '-', ''), 'organization_id', p.project_id,
    to_jsonb(p.organization_id)::text, to_jsonb(o.organization_id)::text
FROM projects AS p
CROSS JOIN (SELECT organization_id FROM organizations ORDER BY organization_id LIMIT 1) AS o
WHERE NOT EXISTS (SELECT 1 FROM organizations AS own WHERE own.organization_id = p.organization_id)
ON CONFLICT DO NOTHING;

UPDATE projects SET organization_id = (SELECT organization_id FROM organizations ORDER BY organization_id LIMIT 1)
WHERE NOT EXISTS (SELECT 1 FROM organizations AS own WHERE own.organization_id = projects.organization_id);

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT k.organization_id, 'api_keys', replace(k.api_key_id::text, '-', ''), 'project_id', NULL,
    to_jsonb(k.project_id)::text, NULL
FROM api_keys AS k
WHERE k.project_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects AS p WHERE p.project_id = k.project_id)
ON CONFLICT DO NOTHING;

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT k.organization_id, 'api_keys', replace(k.api_key_id::text, '-', ''), 'revoked_at', NULL, NULL, k.created_at::text
FROM api_keys AS k
WHERE k.project_id IS NOT NULL AND k.revoked_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM projects AS p WHERE p.project_id = k.project_id)
ON CONFLICT DO NOTHING;

UPDATE api_keys SET project_id = NULL, revoked_at = coalesce(revoked_at, created_at)
WHERE project_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects AS p WHERE p.project_id = api_keys.project_id);

ALTER TABLE projects
    ADD CONSTRAINT projects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id);

-- Not on Citus, where no reference table (api_keys) may refer to a distributed one (projects).
DO $$
BEGIN
    IF to_regclass('pg_dist_partition') IS NULL THEN
        ALTER TABLE api_keys
            ADD CONSTRAINT api_keys_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (project_id);
    END IF;
END
$$;

-- Names by the rule, for CHECKs that steps 7 and 8 left to PostgreSQL to name.
ALTER TABLE collections RENAME CONSTRAINT collections_scope_check TO collections_scope;
ALTER TABLE creators RENAME CONSTRAINT creators_posts_collected_at_check TO creators_posts_collected_at;
ALTER TABLE creators RENAME CONSTRAINT creators_followers_collected_at_check TO creators_followers_collected_at;
ALTER TABLE creator_days RENAME CONSTRAINT creator_days_posts_collected_at_check TO creator_days_posts_collected_at;
ALTER TABLE creator_days
    RENAME CONSTRAINT creator_days_followers_collected_at_check TO creator_days_followers_collected_at;
ALTER TABLE parked_stats RENAME CONSTRAINT parked_stats_looked_at_check TO parked_stats_looked_at;
ALTER TABLE pastes RENAME CONSTRAINT pastes_created_at_check TO pastes_created_at;
ALTER TABLE pastes RENAME CONSTRAINT pastes_texts_check TO pastes_texts;
ALTER TABLE pastes RENAME CONSTRAINT pastes_added_check TO pastes_added;
ALTER TABLE pastes RENAME CONSTRAINT pastes_present_check TO pastes_present;
ALTER TABLE pastes RENAME CONSTRAINT pastes_unreadable_check TO pastes_unreadable;
ALTER TABLE paste_texts RENAME CONSTRAINT paste_texts_position_check TO paste_texts_position;
ALTER TABLE paste_texts RENAME CONSTRAINT paste_texts_line_check TO paste_texts_line;
ALTER TABLE paste_texts RENAME CONSTRAINT paste_texts_outcome_check TO paste_texts_outcome;
ALTER TABLE write_probes RENAME CONSTRAINT write_probes_probed_at_check TO write_probes_probed_at;
