-- Bounds for every column: constraints that say which values it takes. What does not keep them is noted in mended_values,
-- which `creator-goals verify` lists, and becomes something that does: what was counted becomes unknown, a word that is not
-- known the first one that promises nothing. No database is refused. The same as on SQLite, where each table is made anew.

-- What was changed here, value by value.
CREATE TABLE mended_values (
    organization_id UUID NOT NULL,
    table_name TEXT COLLATE "C" NOT NULL,
    -- The row's primary key without organization and project, its parts divided by slashes.
    row_key TEXT COLLATE "C" NOT NULL,
    -- Empty: the row was removed; old_value has its values.
    column_name TEXT COLLATE "C" NOT NULL,
    -- NULL: no project's.
    project_id UUID,
    old_value TEXT COLLATE "C",
    -- NULL: unknown.
    new_value TEXT COLLATE "C",
    PRIMARY KEY (organization_id, table_name, row_key, column_name)
);

CREATE TEMPORARY TABLE noted (
    table_name TEXT NOT NULL, row_key TEXT NOT NULL, column_name TEXT NOT NULL, project_id UUID, old_value TEXT,
        new_value TEXT
);

-- Creators whose days are booked anew by the application before it does anything else with the database.
CREATE TABLE creators_to_book (
    project_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    PRIMARY KEY (project_id, creator_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM organizations AS t
WHERE (t.name <> '') IS FALSE;

UPDATE organizations AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'My organization' END
FROM bad AS b
WHERE t.organization_id = b.organization_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'organizations', replace(b.organization_id::text, '-', ''), was.key, NULL::uuid, nullif(left(was.value::text,
    1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN organizations AS a ON a.organization_id = b.organization_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE organizations
    ADD CONSTRAINT organizations_name CHECK (name <> '');

CREATE TEMPORARY TABLE bad AS
SELECT * FROM api_keys AS t
WHERE (t.name <> ''
  AND length(t.key_hash) = 32) IS FALSE;

DELETE FROM idempotent_answers AS t
USING bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id
  AND (length(b.key_hash) = 32) IS FALSE;

DELETE FROM api_keys AS t
USING bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id
  AND (length(b.key_hash) = 32) IS FALSE;

UPDATE api_keys AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed key' END
FROM bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'api_keys', replace(b.api_key_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN api_keys AS a ON a.organization_id = b.organization_id AND a.api_key_id = b.api_key_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'api_keys', replace(b.api_key_id::text, '-', ''), '', b.project_id,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM api_keys AS a WHERE a.organization_id = b.organization_id
    AND a.api_key_id = b.api_key_id);

DROP TABLE bad;

ALTER TABLE api_keys
    ADD CONSTRAINT api_keys_name CHECK (name <> ''),
    ADD CONSTRAINT api_keys_key_hash CHECK (length(key_hash) = 32);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM idempotent_answers AS t
WHERE (length(t.body_hash) = 32
  AND t.status BETWEEN 100 AND 599
  AND ((t.status IS NULL) = (t.body IS NULL))) IS FALSE;

DELETE FROM idempotent_answers AS t
USING bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id AND t.route = b.route
    AND t.idempotency_key = b.idempotency_key;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'idempotent_answers', replace(b.api_key_id::text, '-', '') || '/' || left(quote_literal(b.route),
    100) || '/' || left(quote_literal(b.idempotency_key), 100), '', NULL::uuid,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM idempotent_answers AS a WHERE a.organization_id = b.organization_id
    AND a.api_key_id = b.api_key_id AND a.route = b.route AND a.idempotency_key = b.idempotency_key);

DROP TABLE bad;

ALTER TABLE idempotent_answers
    ADD CONSTRAINT idempotent_answers_body_hash CHECK (length(body_hash) = 32),
    ADD CONSTRAINT idempotent_answers_status CHECK (status BETWEEN 100 AND 599),
    ADD CONSTRAINT idempotent_answers_whole CHECK ((status IS NULL) = (body IS NULL));

CREATE TEMPORARY TABLE bad AS
SELECT * FROM jobs AS t
WHERE (((t.holder_id IS NULL) = (t.held_until IS NULL))) IS FALSE;

UPDATE jobs AS t SET
    holder_id = CASE WHEN t.holder_id IS NOT NULL AND t.held_until IS NOT NULL THEN t.holder_id END,
    held_until = CASE WHEN t.holder_id IS NOT NULL AND t.held_until IS NOT NULL THEN t.held_until END
FROM bad AS b
WHERE t.organization_id = b.organization_id AND t.job = b.job;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'jobs', left(quote_literal(b.job), 100), was.key, NULL::uuid, nullif(left(was.value::text, 1000), 'null'),
    nullif(now.value::text, 'null')
FROM bad AS b
JOIN jobs AS a ON a.organization_id = b.organization_id AND a.job = b.job
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE jobs
    ADD CONSTRAINT jobs_held_whole CHECK ((holder_id IS NULL) = (held_until IS NULL));

CREATE TEMPORARY TABLE bad AS
SELECT * FROM projects AS t
WHERE (t.name <> ''
  AND t.time_zone <> ''
  AND t.week_start IN ('monday', 'sunday', 'saturday')
  AND t.early_grace_percent BETWEEN 0 AND 100
  AND t.collection_interval_hours BETWEEN 1 AND 8760
  AND t.version >= 0) IS FALSE;

UPDATE projects AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed project' END,
    time_zone = CASE WHEN t.time_zone <> '' THEN t.time_zone ELSE 'UTC' END,
    week_start = CASE WHEN t.week_start IN ('monday', 'sunday', 'saturday') THEN t.week_start ELSE 'monday' END,
    early_grace_percent = CASE WHEN t.early_grace_percent BETWEEN 0 AND 100 THEN t.early_grace_percent ELSE 10 END,
    collection_interval_hours = CASE WHEN t.collection_interval_hours BETWEEN 1 AND 8760
        THEN t.collection_interval_hours ELSE 24 END,
    version = CASE WHEN t.version >= 0 THEN t.version ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT c.project_id, c.creator_id
FROM bad AS b CROSS JOIN creators AS c
WHERE c.project_id = b.project_id AND b.time_zone = ''
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'projects', replace(b.project_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN projects AS a ON a.project_id = b.project_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE projects
    ADD CONSTRAINT projects_name CHECK (name <> ''),
    ADD CONSTRAINT projects_time_zone CHECK (time_zone <> ''),
    ADD CONSTRAINT projects_week_start CHECK (week_start IN ('monday', 'sunday', 'saturday')),
    ADD CONSTRAINT projects_early_grace_percent CHECK (early_grace_percent BETWEEN 0 AND 100),
    ADD CONSTRAINT projects_collection_interval_hours CHECK (collection_interval_hours BETWEEN 1 AND 8760),
    ADD CONSTRAINT projects_version CHECK (version >= 0);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM creators AS t
WHERE (t.tiktok_handle ~ '^[a-z0-9._-]{1,64}$'
  AND t.tracking_mode IN ('auto', 'selective')
  AND t.tracking_start_date BETWEEN -719162 AND 2932896
  AND t.followers BETWEEN 0 AND 1000000000000
  AND t.changed_version >= 0
  AND ((t.first_reading_at IS NULL) = (t.last_reading_at IS NULL) AND (t.last_reading_at IS NULL) = (t.followers
      IS NULL))) IS FALSE;

UPDATE creators AS t SET
    tiktok_handle = CASE WHEN t.tiktok_handle ~ '^[a-z0-9._-]{1,64}$' THEN t.tiktok_handle
        ELSE 'creator-' || replace(t.creator_id::text, '-', '') END,
    tracking_mode = CASE WHEN t.tracking_mode IN ('auto', 'selective') THEN t.tracking_mode ELSE 'auto' END,
    tracking_start_date = CASE WHEN t.tracking_start_date BETWEEN -719162 AND 2932896 THEN t.tracking_start_date END,
    first_reading_at = CASE WHEN t.first_reading_at IS NOT NULL AND t.last_reading_at IS NOT NULL
        AND t.followers BETWEEN 0 AND 1000000000000 AND t.followers IS NOT NULL THEN t.first_reading_at END,
    last_reading_at = CASE WHEN t.first_reading_at IS NOT NULL AND t.last_reading_at IS NOT NULL
        AND t.followers BETWEEN 0 AND 1000000000000 AND t.followers IS NOT NULL THEN t.last_reading_at END,
    followers = CASE WHEN t.first_reading_at IS NOT NULL AND t.last_reading_at IS NOT NULL AND t.followers BETWEEN 0
        AND 1000000000000 AND t.followers IS NOT NULL THEN t.followers END,
    changed_version = CASE WHEN t.changed_version >= 0 THEN t.changed_version ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT b.project_id, b.creator_id FROM bad AS b
WHERE true
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creators', replace(b.creator_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN creators AS a ON a.project_id = b.project_id AND a.creator_id = b.creator_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value
  AND was.key NOT IN ('first_post_snapshot_at', 'first_reading_at', 'last_reading_at', 'followers',
      'last_collected_at', 'changed_version');

DROP TABLE bad;

ALTER TABLE creators
    ADD CONSTRAINT creators_tiktok_handle CHECK (tiktok_handle ~ '^[a-z0-9._-]{1,64}$'),
    ADD CONSTRAINT creators_tracking_mode CHECK (tracking_mode IN ('auto', 'selective')),
    ADD CONSTRAINT creators_tracking_start_date CHECK (tracking_start_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT creators_followers CHECK (followers BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT creators_changed_version CHECK (changed_version >= 0),
    ADD CONSTRAINT creators_readings_whole CHECK ((first_reading_at IS NULL) = (last_reading_at IS NULL)
        AND (last_reading_at IS NULL) = (followers IS NULL));

CREATE TEMPORARY TABLE bad AS
SELECT * FROM posts AS t
WHERE (t.tiktok_video_id ~ '^[A-Za-z0-9_-]{1,64}$'
  AND t.kind IN ('video', 'photo_carousel')
  AND t.tracking_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
  AND t.views BETWEEN 0 AND 1000000000000
  AND t.likes BETWEEN 0 AND 1000000000000
  AND t.comments BETWEEN 0 AND 1000000000000
  AND t.shares BETWEEN 0 AND 1000000000000
  AND t.saves BETWEEN 0 AND 1000000000000) IS FALSE;

UPDATE posts AS t SET
    tiktok_video_id = CASE WHEN t.tiktok_video_id ~ '^[A-Za-z0-9_-]{1,64}$' THEN t.tiktok_video_id
        ELSE 'unknown-' || replace(t.post_id::text, '-', '') END,
    kind = CASE WHEN t.kind IN ('video', 'photo_carousel') THEN t.kind ELSE 'video' END,
    tracking_status = CASE WHEN t.tracking_status IN ('auto_tracked', 'pending_review', 'included', 'excluded',
        'direct_add') THEN t.tracking_status ELSE 'pending_review' END,
    views = CASE WHEN t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    likes = CASE WHEN t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    comments = CASE WHEN t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    shares = CASE WHEN t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    saves = CASE WHEN t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.post_id = b.post_id;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT b.project_id, b.creator_id FROM bad AS b
WHERE true
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'posts', replace(b.post_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN posts AS a ON a.project_id = b.project_id AND a.post_id = b.post_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value
  AND was.key NOT IN ('last_captured_at', 'views', 'likes', 'comments', 'shares', 'saves');

DROP TABLE bad;

ALTER TABLE posts
    ADD CONSTRAINT posts_tiktok_video_id CHECK (tiktok_video_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    ADD CONSTRAINT posts_kind CHECK (kind IN ('video', 'photo_carousel')),
    ADD CONSTRAINT posts_tracking_status CHECK (tracking_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add')),
    ADD CONSTRAINT posts_views CHECK (views BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_saves CHECK (saves BETWEEN 0 AND 1000000000000);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM tracking_changes AS t
WHERE (t.from_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
  AND t.to_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')) IS FALSE;

UPDATE tracking_changes AS t SET
    from_status = CASE WHEN t.from_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
        THEN t.from_status ELSE 'pending_review' END,
    to_status = CASE WHEN t.to_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
        THEN t.to_status ELSE 'pending_review' END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.post_id = b.post_id AND t.tracking_change_id = b.tracking_change_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'tracking_changes', replace(b.post_id::text, '-', '') || '/' || replace(b.tracking_change_id::text, '-', ''),
    was.key, b.project_id, nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN tracking_changes AS a ON a.project_id = b.project_id AND a.post_id = b.post_id
    AND a.tracking_change_id = b.tracking_change_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE tracking_changes
    ADD CONSTRAINT tracking_changes_from_status CHECK (from_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add')),
    ADD CONSTRAINT tracking_changes_to_status CHECK (to_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add'));

CREATE TEMPORARY TABLE bad AS
SELECT * FROM post_snapshots AS t
WHERE (t.views BETWEEN 0 AND 1000000000000
  AND t.likes BETWEEN 0 AND 1000000000000
  AND t.comments BETWEEN 0 AND 1000000000000
  AND t.shares BETWEEN 0 AND 1000000000000
  AND t.saves BETWEEN 0 AND 1000000000000) IS FALSE;

UPDATE post_snapshots AS t SET
    views = CASE WHEN t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    likes = CASE WHEN t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    comments = CASE WHEN t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    shares = CASE WHEN t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    saves = CASE WHEN t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.post_id = b.post_id AND t.captured_at = b.captured_at;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT p.project_id, p.creator_id
FROM bad AS b CROSS JOIN posts AS p
WHERE p.project_id = b.project_id AND p.post_id = b.post_id
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'post_snapshots', replace(b.post_id::text, '-', '') || '/' || b.captured_at::text, was.key, b.project_id,
    nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN post_snapshots AS a ON a.project_id = b.project_id AND a.post_id = b.post_id AND a.captured_at = b.captured_at
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE post_snapshots
    ADD CONSTRAINT post_snapshots_views CHECK (views BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_saves CHECK (saves BETWEEN 0 AND 1000000000000);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM creator_snapshots AS t
WHERE (t.followers BETWEEN 0 AND 1000000000000) IS FALSE;

-- A count that cannot be is no reading, but somebody looked.
INSERT INTO collections (project_id, creator_id, collected_at)
SELECT b.project_id, b.creator_id, b.captured_at FROM bad AS b
ON CONFLICT DO NOTHING;

DELETE FROM creator_snapshots AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id AND t.captured_at = b.captured_at
  AND (b.followers BETWEEN 0 AND 1000000000000) IS FALSE;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT b.project_id, b.creator_id FROM bad AS b
WHERE true
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_snapshots', replace(b.creator_id::text, '-', '') || '/' || b.captured_at::text, '', b.project_id,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM creator_snapshots AS a WHERE a.project_id = b.project_id
    AND a.creator_id = b.creator_id AND a.captured_at = b.captured_at);

DROP TABLE bad;

ALTER TABLE creator_snapshots
    ADD CONSTRAINT creator_snapshots_followers CHECK (followers BETWEEN 0 AND 1000000000000);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM parked_stats AS t
WHERE (t.views BETWEEN 0 AND 1000000000000
  AND t.likes BETWEEN 0 AND 1000000000000
  AND t.comments BETWEEN 0 AND 1000000000000
  AND t.shares BETWEEN 0 AND 1000000000000
  AND t.saves BETWEEN 0 AND 1000000000000) IS FALSE;

UPDATE parked_stats AS t SET
    views = CASE WHEN t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    likes = CASE WHEN t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    comments = CASE WHEN t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    shares = CASE WHEN t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    saves = CASE WHEN t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.tiktok_video_id = b.tiktok_video_id AND t.tiktok_handle = b.tiktok_handle
    AND t.captured_at = b.captured_at;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'parked_stats', left(quote_literal(b.tiktok_video_id), 100) || '/' || left(quote_literal(b.tiktok_handle),
    100) || '/' || b.captured_at::text, was.key, b.project_id, nullif(left(was.value::text, 1000), 'null'),
    nullif(now.value::text, 'null')
FROM bad AS b
JOIN parked_stats AS a ON a.project_id = b.project_id AND a.tiktok_video_id = b.tiktok_video_id
    AND a.tiktok_handle = b.tiktok_handle AND a.captured_at = b.captured_at
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE parked_stats
    ADD CONSTRAINT parked_stats_views CHECK (views BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_saves CHECK (saves BETWEEN 0 AND 1000000000000);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM goals AS t
WHERE (t.metric IN ('posts', 'views', 'engagement', 'followers')
  AND t.period IN ('daily', 'weekly', 'monthly')) IS FALSE;

UPDATE goals AS t SET
    metric = CASE WHEN t.metric IN ('posts', 'views', 'engagement', 'followers') THEN t.metric ELSE 'posts' END,
    period = CASE WHEN t.period IN ('daily', 'weekly', 'monthly') THEN t.period ELSE 'weekly' END,
    deleted_at = CASE WHEN t.deleted_at IS NULL AND NOT (t.metric IN ('posts', 'views', 'engagement', 'followers')
        AND t.period IN ('daily', 'weekly', 'monthly')) THEN t.created_at ELSE t.deleted_at END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.goal_id = b.goal_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goals', replace(b.goal_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN goals AS a ON a.project_id = b.project_id AND a.goal_id = b.goal_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE goals
    ADD CONSTRAINT goals_metric CHECK (metric IN ('posts', 'views', 'engagement', 'followers')),
    ADD CONSTRAINT goals_period CHECK (period IN ('daily', 'weekly', 'monthly'));

CREATE TEMPORARY TABLE bad AS
SELECT * FROM goal_versions AS t
WHERE (t.version >= 1
  AND t.target_value BETWEEN 1 AND 1000000000000
  AND t.start_date BETWEEN -719162 AND 2932896
  AND t.end_date BETWEEN -719162 AND 2932896
  AND t.end_date >= t.start_date) IS FALSE;

UPDATE goal_versions AS t SET
    target_value = CASE WHEN t.target_value BETWEEN 1 AND 1000000000000 THEN t.target_value
        ELSE CASE WHEN t.target_value > 1 THEN 1000000000000 ELSE 1 END END,
    start_date = CASE WHEN t.start_date BETWEEN -719162 AND 2932896 THEN t.start_date END,
    end_date = CASE WHEN t.end_date BETWEEN -719162 AND 2932896 AND (t.start_date
        IS NULL OR t.end_date >= t.start_date) THEN t.end_date END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.goal_id = b.goal_id AND t.version = b.version;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goal_versions', replace(b.goal_id::text, '-', '') || '/' || b.version::text, was.key, b.project_id,
    nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN goal_versions AS a ON a.project_id = b.project_id AND a.goal_id = b.goal_id AND a.version = b.version
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE goal_versions
    ADD CONSTRAINT goal_versions_version CHECK (version >= 1),
    ADD CONSTRAINT goal_versions_target_value CHECK (target_value BETWEEN 1 AND 1000000000000),
    ADD CONSTRAINT goal_versions_start_date CHECK (start_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT goal_versions_end_date CHECK (end_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT goal_versions_dates_in_order CHECK (end_date >= start_date);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM imports AS t
WHERE (t.state IN ('waiting', 'queued', 'running', 'done', 'failed')
  AND t.bytes_total >= 0
  AND t.bytes_done >= 0
  AND t.rows_read >= 0
  AND t.accepted >= 0
  AND t.duplicates >= 0
  AND t.parked >= 0
  AND t.rejected >= 0
  AND t.without_instant >= 0) IS FALSE;

UPDATE imports AS t SET
    state = CASE WHEN t.state IN ('waiting', 'queued', 'running', 'done', 'failed') THEN t.state ELSE 'failed' END,
    bytes_total = CASE WHEN t.bytes_total >= 0 THEN t.bytes_total ELSE 0 END,
    bytes_done = CASE WHEN t.bytes_done >= 0 THEN t.bytes_done ELSE 0 END,
    rows_read = CASE WHEN t.rows_read >= 0 THEN t.rows_read ELSE 0 END,
    accepted = CASE WHEN t.accepted >= 0 THEN t.accepted ELSE 0 END,
    duplicates = CASE WHEN t.duplicates >= 0 THEN t.duplicates ELSE 0 END,
    parked = CASE WHEN t.parked >= 0 THEN t.parked ELSE 0 END,
    rejected = CASE WHEN t.rejected >= 0 THEN t.rejected ELSE 0 END,
    without_instant = CASE WHEN t.without_instant >= 0 THEN t.without_instant ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.import_id = b.import_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'imports', replace(b.import_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN imports AS a ON a.project_id = b.project_id AND a.import_id = b.import_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE imports
    ADD CONSTRAINT imports_state CHECK (state IN ('waiting', 'queued', 'running', 'done', 'failed')),
    ADD CONSTRAINT imports_bytes_total CHECK (bytes_total >= 0),
    ADD CONSTRAINT imports_bytes_done CHECK (bytes_done >= 0),
    ADD CONSTRAINT imports_rows_read CHECK (rows_read >= 0),
    ADD CONSTRAINT imports_accepted CHECK (accepted >= 0),
    ADD CONSTRAINT imports_duplicates CHECK (duplicates >= 0),
    ADD CONSTRAINT imports_parked CHECK (parked >= 0),
    ADD CONSTRAINT imports_rejected CHECK (rejected >= 0),
    ADD CONSTRAINT imports_without_instant CHECK (without_instant >= 0);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM import_rejections AS t
WHERE (t.position >= 0
  AND t.line >= 0) IS FALSE;

UPDATE import_rejections AS t SET
    line = CASE WHEN t.line >= 0 THEN t.line ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.import_id = b.import_id AND t.position = b.position;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'import_rejections', replace(b.import_id::text, '-', '') || '/' || b.position::text, was.key, b.project_id,
    nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN import_rejections AS a ON a.project_id = b.project_id AND a.import_id = b.import_id AND a.position = b.position
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE import_rejections
    ADD CONSTRAINT import_rejections_position CHECK (position >= 0),
    ADD CONSTRAINT import_rejections_line CHECK (line >= 0);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM campaigns AS t
WHERE (t.name <> ''
  AND t.target_views BETWEEN 1 AND 1000000000000
  AND t.start_date BETWEEN -719162 AND 2932896
  AND t.target_date BETWEEN -719162 AND 2932896
  AND ((t.target_views IS NULL) = (t.start_date IS NULL) AND (t.start_date IS NULL) = (t.target_date IS NULL))
  AND t.target_date >= t.start_date) IS FALSE;

UPDATE campaigns AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed campaign' END,
    target_views = CASE WHEN t.target_views >= 1 AND t.start_date BETWEEN -719162 AND 2932896 AND t.start_date
        IS NOT NULL AND t.target_date BETWEEN -719162 AND 2932896 AND t.target_date IS NOT NULL
        AND t.target_date >= t.start_date THEN CASE WHEN t.target_views BETWEEN 1 AND 1000000000000
        THEN t.target_views ELSE 1000000000000 END END,
    start_date = CASE WHEN t.target_views >= 1 AND t.start_date BETWEEN -719162 AND 2932896 AND t.start_date
        IS NOT NULL AND t.target_date BETWEEN -719162 AND 2932896 AND t.target_date IS NOT NULL
        AND t.target_date >= t.start_date THEN t.start_date END,
    target_date = CASE WHEN t.target_views >= 1 AND t.start_date BETWEEN -719162 AND 2932896 AND t.start_date
        IS NOT NULL AND t.target_date BETWEEN -719162 AND 2932896 AND t.target_date IS NOT NULL
        AND t.target_date >= t.start_date THEN t.target_date END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.campaign_id = b.campaign_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaigns', replace(b.campaign_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN campaigns AS a ON a.project_id = b.project_id AND a.campaign_id = b.campaign_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE campaigns
    ADD CONSTRAINT campaigns_name CHECK (name <> ''),
    ADD CONSTRAINT campaigns_target_views CHECK (target_views BETWEEN 1 AND 1000000000000),
    ADD CONSTRAINT campaigns_start_date CHECK (start_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT campaigns_target_date CHECK (target_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT campaigns_target_whole CHECK ((target_views IS NULL) = (start_date IS NULL) AND (start_date
        IS NULL) = (target_date IS NULL)),
    ADD CONSTRAINT campaigns_dates_in_order CHECK (target_date >= start_date);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM campaign_items AS t
WHERE (t.kind IN ('creator', 'post', 'campaign')) IS FALSE;

DELETE FROM campaign_items AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.campaign_id = b.campaign_id AND t.item_id = b.item_id
  AND (b.kind IN ('creator', 'post', 'campaign')) IS FALSE;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaign_items', replace(b.campaign_id::text, '-', '') || '/' || replace(b.item_id::text, '-', ''), '',
    b.project_id, left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM campaign_items AS a WHERE a.project_id = b.project_id
    AND a.campaign_id = b.campaign_id AND a.item_id = b.item_id);

DROP TABLE bad;

ALTER TABLE campaign_items
    ADD CONSTRAINT campaign_items_kind CHECK (kind IN ('creator', 'post', 'campaign'));

CREATE TEMPORARY TABLE bad AS
SELECT * FROM creator_changes AS t
WHERE (t.kind IN ('renamed', 'removed', 'returned', 'tracking_mode', 'tracking_start')) IS FALSE;

DELETE FROM creator_changes AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id AND t.creator_change_id = b.creator_change_id
    AND t.kind = b.kind
  AND (b.kind IN ('renamed', 'removed', 'returned', 'tracking_mode', 'tracking_start')) IS FALSE;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_changes', replace(b.creator_id::text, '-', '') || '/' || replace(b.creator_change_id::text, '-',
    '') || '/' || left(quote_literal(b.kind), 100), '', b.project_id,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM creator_changes AS a WHERE a.project_id = b.project_id
    AND a.creator_id = b.creator_id AND a.creator_change_id = b.creator_change_id AND a.kind = b.kind);

DROP TABLE bad;

ALTER TABLE creator_changes
    ADD CONSTRAINT creator_changes_kind CHECK (kind IN ('renamed', 'removed', 'returned', 'tracking_mode',
        'tracking_start'));

CREATE TEMPORARY TABLE bad AS
SELECT * FROM saved_views AS t
WHERE (t.name <> '') IS FALSE;

UPDATE saved_views AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed view' END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.saved_view_id = b.saved_view_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'saved_views', replace(b.saved_view_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text,
    1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN saved_views AS a ON a.project_id = b.project_id AND a.saved_view_id = b.saved_view_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE saved_views
    ADD CONSTRAINT saved_views_name CHECK (name <> '');

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT t.project_id, t.creator_id FROM creator_days AS t
WHERE (t.day BETWEEN -719162 AND 2932896
  AND t.posts BETWEEN -4000000000000000000 AND 4000000000000000000
  AND t.views BETWEEN -4000000000000000000 AND 4000000000000000000
  AND t.engagement BETWEEN -4000000000000000000 AND 4000000000000000000
  AND t.followers BETWEEN -4000000000000000000 AND 4000000000000000000) IS FALSE
ON CONFLICT DO NOTHING;

-- All of their days are booked anew.
DELETE FROM creator_days AS t
USING creators_to_book AS m
WHERE m.project_id = t.project_id AND m.creator_id = t.creator_id;

ALTER TABLE creator_days
    ADD CONSTRAINT creator_days_day CHECK (day BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT creator_days_posts CHECK (posts BETWEEN -4000000000000000000 AND 4000000000000000000),
    ADD CONSTRAINT creator_days_views CHECK (views BETWEEN -4000000000000000000 AND 4000000000000000000),
    ADD CONSTRAINT creator_days_engagement CHECK (engagement BETWEEN -4000000000000000000 AND 4000000000000000000),
    ADD CONSTRAINT creator_days_followers CHECK (followers BETWEEN -4000000000000000000 AND 4000000000000000000);

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT o.organization_id, n.table_name, n.row_key, n.column_name, n.project_id, n.old_value, n.new_value
FROM noted AS n
CROSS JOIN (SELECT organization_id FROM organizations ORDER BY organization_id LIMIT 1) AS o
WHERE true
ON CONFLICT DO NOTHING;

DROP TABLE noted;
