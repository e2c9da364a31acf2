-- Every CHECK gets a name, so that an error names the rule. Safe for servers of the previous release.
--
-- What is stored does not change, and neither does what is accepted, so the definitions are written in place; rebuilding the
-- tables would take as much space again as the file. https://sqlite.org/lang_altertable.html#otheralter describes this way.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = 'CREATE TABLE mended_values (
    organization_id BLOB NOT NULL CONSTRAINT mended_values_organization_id CHECK (length(organization_id) = 16),
    table_name TEXT NOT NULL,
    -- The row''s primary key without organization and, unless others could have the same key, without project; its parts are
    -- divided by slashes.
    row_key TEXT NOT NULL,
    -- Empty: the row was removed; old_value has its values.
    column_name TEXT NOT NULL,
    -- NULL: no project''s.
    project_id BLOB CONSTRAINT mended_values_project_id CHECK (length(project_id) = 16),
    old_value TEXT,
    -- NULL: unknown.
    new_value TEXT,
    PRIMARY KEY (organization_id, table_name, row_key, column_name)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'mended_values';

UPDATE sqlite_schema SET sql = 'CREATE TABLE organizations (
    organization_id BLOB NOT NULL CONSTRAINT organizations_organization_id CHECK (length(organization_id) = 16),
    name TEXT NOT NULL CONSTRAINT organizations_name CHECK (name <> ''''),
    created_at INTEGER NOT NULL
        CONSTRAINT organizations_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id)
) STRICT'
WHERE type = 'table' AND name = 'organizations';

UPDATE sqlite_schema SET sql = 'CREATE TABLE idempotent_answers (
    organization_id BLOB NOT NULL CONSTRAINT idempotent_answers_organization_id CHECK (length(organization_id) = 16),
    api_key_id BLOB NOT NULL CONSTRAINT idempotent_answers_api_key_id CHECK (length(api_key_id) = 16),
    route TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    -- SHA-256 of the decoded body.
    body_hash BLOB NOT NULL CONSTRAINT idempotent_answers_body_hash CHECK (length(body_hash) = 32),
    -- NULL while the first request is being answered.
    status INTEGER CONSTRAINT idempotent_answers_status CHECK (status BETWEEN 100 AND 599),
    body TEXT,
    created_at INTEGER NOT NULL
        CONSTRAINT idempotent_answers_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id, api_key_id, route, idempotency_key),
    CONSTRAINT idempotent_answers_whole CHECK ((status IS NULL) = (body IS NULL)),
    FOREIGN KEY (organization_id, api_key_id) REFERENCES api_keys (organization_id, api_key_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'idempotent_answers';

UPDATE sqlite_schema SET sql = 'CREATE TABLE jobs (
    organization_id BLOB NOT NULL CONSTRAINT jobs_organization_id CHECK (length(organization_id) = 16),
    job TEXT NOT NULL,
    -- Not again before this instant.
    due_at INTEGER NOT NULL CONSTRAINT jobs_due_at CHECK (due_at BETWEEN -62135510400000 AND 253402214399999),
    -- The server that is doing it, and the instant from which it counts as lost; NULL: nobody.
    holder_id BLOB CONSTRAINT jobs_holder_id CHECK (length(holder_id) = 16),
    held_until INTEGER CONSTRAINT jobs_held_until CHECK (held_until BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id, job),
    CONSTRAINT jobs_held_whole CHECK ((holder_id IS NULL) = (held_until IS NULL)),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'jobs';

UPDATE sqlite_schema SET sql = 'CREATE TABLE creators (
    project_id BLOB NOT NULL CONSTRAINT creators_project_id CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT creators_creator_id CHECK (length(creator_id) = 16),
    tiktok_handle TEXT NOT NULL CONSTRAINT creators_tiktok_handle CHECK (length(tiktok_handle) BETWEEN 1 AND 64
        AND tiktok_handle NOT GLOB ''*[^a-z0-9._-]*''
        -- Both of these stop at a NUL.
        AND length(CAST(tiktok_handle AS BLOB)) = length(tiktok_handle)),
    display_name TEXT,
    avatar_url TEXT,
    tracking_mode TEXT NOT NULL CONSTRAINT creators_tracking_mode CHECK (tracking_mode IN (''auto'', ''selective'')),
    -- NULL: automatic, the local day of the earliest snapshot.
    tracking_start_date INTEGER
        CONSTRAINT creators_tracking_start_date CHECK (tracking_start_date BETWEEN -719162 AND 2932896),
    notes TEXT NOT NULL,
    removed_at INTEGER CONSTRAINT creators_removed_at CHECK (removed_at BETWEEN -62135510400000 AND 253402214399999),
    created_at INTEGER NOT NULL CONSTRAINT creators_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    -- Earliest snapshot of any post; first and last follower readings that are not placeholders.
    first_post_snapshot_at INTEGER
        CONSTRAINT creators_first_post_snapshot_at CHECK (first_post_snapshot_at BETWEEN -62135510400000 AND 253402214399999),
    first_reading_at INTEGER
        CONSTRAINT creators_first_reading_at CHECK (first_reading_at BETWEEN -62135510400000 AND 253402214399999),
    last_reading_at INTEGER
        CONSTRAINT creators_last_reading_at CHECK (last_reading_at BETWEEN -62135510400000 AND 253402214399999),
    followers INTEGER CONSTRAINT creators_followers CHECK (followers BETWEEN 0 AND 1000000000000),
    -- Latest snapshot of the creator or a post, or collection.
    last_collected_at INTEGER
        CONSTRAINT creators_last_collected_at CHECK (last_collected_at BETWEEN -62135510400000 AND 253402214399999),
    -- The project version at the last change of anything that belongs to this creator.
    changed_version INTEGER NOT NULL CONSTRAINT creators_changed_version CHECK (changed_version >= 0),
    posts_collected_at INTEGER
        CONSTRAINT creators_posts_collected_at CHECK (posts_collected_at BETWEEN -62135510400000 AND 253402214399999),
    followers_collected_at INTEGER
        CONSTRAINT creators_followers_collected_at CHECK (followers_collected_at BETWEEN -62135510400000 AND 253402214399999),
    followers_remembered TEXT NOT NULL DEFAULT '''',
    same_as BLOB,
    merge_id BLOB,
    apart_from BLOB,
    PRIMARY KEY (project_id, creator_id),
    UNIQUE (project_id, tiktok_handle),
    CONSTRAINT creators_readings_whole CHECK ((first_reading_at IS NULL) = (last_reading_at IS NULL)
        AND (last_reading_at IS NULL) = (followers IS NULL)),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'creators';

UPDATE sqlite_schema SET sql = 'CREATE TABLE posts (
    project_id BLOB NOT NULL CONSTRAINT posts_project_id CHECK (length(project_id) = 16),
    post_id BLOB NOT NULL CONSTRAINT posts_post_id CHECK (length(post_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT posts_creator_id CHECK (length(creator_id) = 16),
    tiktok_video_id TEXT NOT NULL CONSTRAINT posts_tiktok_video_id CHECK (length(tiktok_video_id) BETWEEN 1 AND 64
        AND tiktok_video_id NOT GLOB ''*[^A-Za-z0-9_-]*''
        -- Both of these stop at a NUL.
        AND length(CAST(tiktok_video_id AS BLOB)) = length(tiktok_video_id)),
    kind TEXT NOT NULL CONSTRAINT posts_kind CHECK (kind IN (''video'', ''photo_carousel'')),
    url TEXT,
    description TEXT,
    published_at INTEGER NOT NULL
        CONSTRAINT posts_published_at CHECK (published_at BETWEEN -62135510400000 AND 253402214399999),
    tracking_status TEXT NOT NULL
        CONSTRAINT posts_tracking_status CHECK (tracking_status IN (''auto_tracked'', ''pending_review'', ''included'',
        ''excluded'', ''direct_add'')),
    tracking_disabled_at INTEGER
        CONSTRAINT posts_tracking_disabled_at CHECK (tracking_disabled_at BETWEEN -62135510400000 AND 253402214399999),
    created_at INTEGER NOT NULL CONSTRAINT posts_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    -- The instant of the last snapshot and the last known value of each counter.
    last_captured_at INTEGER
        CONSTRAINT posts_last_captured_at CHECK (last_captured_at BETWEEN -62135510400000 AND 253402214399999),
    views INTEGER CONSTRAINT posts_views CHECK (views BETWEEN 0 AND 1000000000000),
    likes INTEGER CONSTRAINT posts_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    comments INTEGER CONSTRAINT posts_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    shares INTEGER CONSTRAINT posts_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    saves INTEGER CONSTRAINT posts_saves CHECK (saves BETWEEN 0 AND 1000000000000),
    views_remembered TEXT NOT NULL DEFAULT '''',
    merge_id BLOB,
    PRIMARY KEY (project_id, post_id),
    UNIQUE (project_id, tiktok_video_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'posts';

UPDATE sqlite_schema SET sql = 'CREATE TABLE tracking_changes (
    project_id BLOB NOT NULL CONSTRAINT tracking_changes_project_id CHECK (length(project_id) = 16),
    post_id BLOB NOT NULL CONSTRAINT tracking_changes_post_id CHECK (length(post_id) = 16),
    tracking_change_id BLOB NOT NULL CONSTRAINT tracking_changes_tracking_change_id CHECK (length(tracking_change_id) = 16),
    changed_at INTEGER NOT NULL
        CONSTRAINT tracking_changes_changed_at CHECK (changed_at BETWEEN -62135510400000 AND 253402214399999),
    from_status TEXT NOT NULL
        CONSTRAINT tracking_changes_from_status CHECK (from_status IN (''auto_tracked'', ''pending_review'', ''included'',
        ''excluded'', ''direct_add'')),
    to_status TEXT NOT NULL
        CONSTRAINT tracking_changes_to_status CHECK (to_status IN (''auto_tracked'', ''pending_review'', ''included'',
        ''excluded'', ''direct_add'')),
    from_disabled INTEGER NOT NULL CONSTRAINT tracking_changes_from_disabled CHECK (from_disabled IN (0, 1)),
    to_disabled INTEGER NOT NULL CONSTRAINT tracking_changes_to_disabled CHECK (to_disabled IN (0, 1)),
    -- The review in which it was made, of one post or many; NULL for those that facts brought.
    review_id BLOB CONSTRAINT tracking_changes_review_id CHECK (length(review_id) = 16),
    PRIMARY KEY (project_id, post_id, tracking_change_id),
    FOREIGN KEY (project_id, post_id) REFERENCES posts (project_id, post_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'tracking_changes';

UPDATE sqlite_schema SET sql = 'CREATE TABLE post_snapshots (
    project_id BLOB NOT NULL CONSTRAINT post_snapshots_project_id CHECK (length(project_id) = 16),
    post_id BLOB NOT NULL CONSTRAINT post_snapshots_post_id CHECK (length(post_id) = 16),
    captured_at INTEGER NOT NULL
        CONSTRAINT post_snapshots_captured_at CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999),
    views INTEGER CONSTRAINT post_snapshots_views CHECK (views BETWEEN 0 AND 1000000000000),
    likes INTEGER CONSTRAINT post_snapshots_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    comments INTEGER CONSTRAINT post_snapshots_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    shares INTEGER CONSTRAINT post_snapshots_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    saves INTEGER CONSTRAINT post_snapshots_saves CHECK (saves BETWEEN 0 AND 1000000000000),
    source TEXT NOT NULL,
    given_source TEXT NOT NULL DEFAULT '''',
    misreading TEXT
        CONSTRAINT post_snapshots_misreading CHECK (misreading IN (''zero'', ''dip'', ''spike'')),
    PRIMARY KEY (project_id, post_id, captured_at),
    FOREIGN KEY (project_id, post_id) REFERENCES posts (project_id, post_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'post_snapshots';

UPDATE sqlite_schema SET sql = 'CREATE TABLE collections (
    project_id BLOB NOT NULL CONSTRAINT collections_project_id CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT collections_creator_id CHECK (length(creator_id) = 16),
    collected_at INTEGER NOT NULL
        CONSTRAINT collections_collected_at CHECK (collected_at BETWEEN -62135510400000 AND 253402214399999),
    scope TEXT NOT NULL DEFAULT ''all'' CONSTRAINT collections_scope CHECK (scope IN (''posts'', ''followers'', ''all'')),
    merge_id BLOB,
    PRIMARY KEY (project_id, creator_id, collected_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'collections';

UPDATE sqlite_schema SET sql = 'CREATE TABLE creator_snapshots (
    project_id BLOB NOT NULL CONSTRAINT creator_snapshots_project_id CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT creator_snapshots_creator_id CHECK (length(creator_id) = 16),
    captured_at INTEGER NOT NULL
        CONSTRAINT creator_snapshots_captured_at CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999),
    followers INTEGER NOT NULL CONSTRAINT creator_snapshots_followers CHECK (followers BETWEEN 0 AND 1000000000000),
    source TEXT NOT NULL,
    given_source TEXT NOT NULL DEFAULT '''',
    misreading TEXT
        CONSTRAINT creator_snapshots_misreading CHECK (misreading IN (''zero'', ''dip'', ''spike'')),
    merge_id BLOB,
    PRIMARY KEY (project_id, creator_id, captured_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'creator_snapshots';

UPDATE sqlite_schema SET sql = 'CREATE TABLE parked_stats (
    project_id BLOB NOT NULL CONSTRAINT parked_stats_project_id CHECK (length(project_id) = 16),
    tiktok_video_id TEXT NOT NULL,
    -- Empty where the source did not say whose post it is.
    tiktok_handle TEXT NOT NULL,
    captured_at INTEGER NOT NULL
        CONSTRAINT parked_stats_captured_at CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999),
    views INTEGER CONSTRAINT parked_stats_views CHECK (views BETWEEN 0 AND 1000000000000),
    likes INTEGER CONSTRAINT parked_stats_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    comments INTEGER CONSTRAINT parked_stats_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    shares INTEGER CONSTRAINT parked_stats_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    saves INTEGER CONSTRAINT parked_stats_saves CHECK (saves BETWEEN 0 AND 1000000000000),
    source TEXT NOT NULL,
    creator_id BLOB,
    run_id BLOB,
    looked_at INTEGER CONSTRAINT parked_stats_looked_at CHECK (looked_at BETWEEN -62135510400000 AND 253402214399999),
    given_source TEXT NOT NULL DEFAULT '''',
    merge_id BLOB,
    PRIMARY KEY (project_id, tiktok_video_id, tiktok_handle, captured_at),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'parked_stats';

UPDATE sqlite_schema SET sql = 'CREATE TABLE goals (
    project_id BLOB NOT NULL CONSTRAINT goals_project_id CHECK (length(project_id) = 16),
    goal_id BLOB NOT NULL CONSTRAINT goals_goal_id CHECK (length(goal_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT goals_creator_id CHECK (length(creator_id) = 16),
    metric TEXT NOT NULL CONSTRAINT goals_metric CHECK (metric IN (''posts'', ''views'', ''engagement'', ''followers'')),
    period TEXT NOT NULL CONSTRAINT goals_period CHECK (period IN (''daily'', ''weekly'', ''monthly'')),
    created_at INTEGER NOT NULL CONSTRAINT goals_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    deleted_at INTEGER CONSTRAINT goals_deleted_at CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, goal_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'goals';

UPDATE sqlite_schema SET sql = 'CREATE TABLE goal_versions (
    project_id BLOB NOT NULL CONSTRAINT goal_versions_project_id CHECK (length(project_id) = 16),
    goal_id BLOB NOT NULL CONSTRAINT goal_versions_goal_id CHECK (length(goal_id) = 16),
    version INTEGER NOT NULL CONSTRAINT goal_versions_version CHECK (version BETWEEN 1 AND 1000000000000),
    made_at INTEGER NOT NULL CONSTRAINT goal_versions_made_at CHECK (made_at BETWEEN -62135510400000 AND 253402214399999),
    target_value INTEGER NOT NULL CONSTRAINT goal_versions_target_value CHECK (target_value BETWEEN 1 AND 1000000000000),
    start_date INTEGER CONSTRAINT goal_versions_start_date CHECK (start_date BETWEEN -719162 AND 2932896),
    end_date INTEGER CONSTRAINT goal_versions_end_date CHECK (end_date BETWEEN -719162 AND 2932896),
    is_active INTEGER NOT NULL CONSTRAINT goal_versions_is_active CHECK (is_active IN (0, 1)),
    -- The assignment that made the goal or changed it, for one creator or many; NULL where it was made by itself.
    assignment_id BLOB CONSTRAINT goal_versions_assignment_id CHECK (length(assignment_id) = 16),
    PRIMARY KEY (project_id, goal_id, version),
    CONSTRAINT goal_versions_dates_in_order CHECK (end_date >= start_date),
    FOREIGN KEY (project_id, goal_id) REFERENCES goals (project_id, goal_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'goal_versions';

UPDATE sqlite_schema SET sql = 'CREATE TABLE imports (
    project_id BLOB NOT NULL CONSTRAINT imports_project_id CHECK (length(project_id) = 16),
    import_id BLOB NOT NULL CONSTRAINT imports_import_id CHECK (length(import_id) = 16),
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT imports_state CHECK (state IN (''waiting'', ''queued'', ''running'', ''done'', ''failed'')),
    -- What was chosen on the page, as JSON: creator, capture instant, column mapping.
    choices TEXT NOT NULL,
    bytes_total INTEGER NOT NULL CONSTRAINT imports_bytes_total CHECK (bytes_total BETWEEN 0 AND 1000000000000000),
    bytes_done INTEGER NOT NULL CONSTRAINT imports_bytes_done CHECK (bytes_done BETWEEN 0 AND 1000000000000000),
    rows_read INTEGER NOT NULL CONSTRAINT imports_rows_read CHECK (rows_read BETWEEN 0 AND 1000000000000000),
    accepted INTEGER NOT NULL CONSTRAINT imports_accepted CHECK (accepted BETWEEN 0 AND 1000000000000000),
    duplicates INTEGER NOT NULL CONSTRAINT imports_duplicates CHECK (duplicates BETWEEN 0 AND 1000000000000000),
    parked INTEGER NOT NULL CONSTRAINT imports_parked CHECK (parked BETWEEN 0 AND 1000000000000000),
    rejected INTEGER NOT NULL CONSTRAINT imports_rejected CHECK (rejected BETWEEN 0 AND 1000000000000000),
    -- Counters left out because nothing says when they were read.
    without_instant INTEGER NOT NULL CONSTRAINT imports_without_instant CHECK (without_instant BETWEEN 0 AND 1000000000000000),
    failure TEXT,
    created_at INTEGER NOT NULL CONSTRAINT imports_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    finished_at INTEGER CONSTRAINT imports_finished_at CHECK (finished_at BETWEEN -62135510400000 AND 253402214399999),
    folder_id BLOB,
    removed_creators TEXT NOT NULL DEFAULT '''',
    details TEXT NOT NULL DEFAULT ''{}''
        CONSTRAINT imports_details CHECK (length(details) BETWEEN 2 AND 1000000),
    PRIMARY KEY (project_id, import_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'imports';

UPDATE sqlite_schema SET sql = 'CREATE TABLE import_rejections (
    project_id BLOB NOT NULL CONSTRAINT import_rejections_project_id CHECK (length(project_id) = 16),
    import_id BLOB NOT NULL CONSTRAINT import_rejections_import_id CHECK (length(import_id) = 16),
    position INTEGER NOT NULL CONSTRAINT import_rejections_position CHECK (position BETWEEN 0 AND 1000000000000000),
    line INTEGER NOT NULL CONSTRAINT import_rejections_line CHECK (line BETWEEN 0 AND 1000000000000000),
    field TEXT,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (project_id, import_id, position),
    FOREIGN KEY (project_id, import_id) REFERENCES imports (project_id, import_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'import_rejections';

UPDATE sqlite_schema SET sql = 'CREATE TABLE campaigns (
    project_id BLOB NOT NULL CONSTRAINT campaigns_project_id CHECK (length(project_id) = 16),
    campaign_id BLOB NOT NULL CONSTRAINT campaigns_campaign_id CHECK (length(campaign_id) = 16),
    name TEXT NOT NULL CONSTRAINT campaigns_name CHECK (name <> ''''),
    notes TEXT NOT NULL,
    -- Views to gain from start_date to target_date, both included; all three or none.
    target_views INTEGER CONSTRAINT campaigns_target_views CHECK (target_views BETWEEN 1 AND 1000000000000),
    start_date INTEGER CONSTRAINT campaigns_start_date CHECK (start_date BETWEEN -719162 AND 2932896),
    target_date INTEGER CONSTRAINT campaigns_target_date CHECK (target_date BETWEEN -719162 AND 2932896),
    created_at INTEGER NOT NULL CONSTRAINT campaigns_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    deleted_at INTEGER CONSTRAINT campaigns_deleted_at CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, campaign_id),
    CONSTRAINT campaigns_target_whole CHECK ((target_views IS NULL) = (start_date IS NULL) AND (start_date
        IS NULL) = (target_date IS NULL)),
    CONSTRAINT campaigns_dates_in_order CHECK (target_date >= start_date),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'campaigns';

UPDATE sqlite_schema SET sql = 'CREATE TABLE campaign_items (
    project_id BLOB NOT NULL CONSTRAINT campaign_items_project_id CHECK (length(project_id) = 16),
    campaign_id BLOB NOT NULL CONSTRAINT campaign_items_campaign_id CHECK (length(campaign_id) = 16),
    kind TEXT NOT NULL CONSTRAINT campaign_items_kind CHECK (kind IN (''creator'', ''post'', ''campaign'')),
    item_id BLOB NOT NULL CONSTRAINT campaign_items_item_id CHECK (length(item_id) = 16),
    added_at INTEGER NOT NULL CONSTRAINT campaign_items_added_at CHECK (added_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, campaign_id, item_id),
    FOREIGN KEY (project_id, campaign_id) REFERENCES campaigns (project_id, campaign_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'campaign_items';

UPDATE sqlite_schema SET sql = 'CREATE TABLE saved_views (
    project_id BLOB NOT NULL CONSTRAINT saved_views_project_id CHECK (length(project_id) = 16),
    saved_view_id BLOB NOT NULL CONSTRAINT saved_views_saved_view_id CHECK (length(saved_view_id) = 16),
    name TEXT NOT NULL CONSTRAINT saved_views_name CHECK (name <> ''''),
    -- As in the overview''s address, from ? on.
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL
        CONSTRAINT saved_views_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, saved_view_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'saved_views';

UPDATE sqlite_schema SET sql = 'CREATE TABLE creator_days (
    project_id BLOB NOT NULL CONSTRAINT creator_days_project_id CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT creator_days_creator_id CHECK (length(creator_id) = 16),
    day INTEGER NOT NULL CONSTRAINT creator_days_day CHECK (day BETWEEN -719162 AND 2932896),
    posts INTEGER NOT NULL CONSTRAINT creator_days_posts CHECK (posts BETWEEN -4000000000000000000 AND 4000000000000000000),
    views INTEGER NOT NULL CONSTRAINT creator_days_views CHECK (views BETWEEN -4000000000000000000 AND 4000000000000000000),
    engagement INTEGER NOT NULL
        CONSTRAINT creator_days_engagement CHECK (engagement BETWEEN -4000000000000000000 AND 4000000000000000000),
    followers INTEGER NOT NULL
        CONSTRAINT creator_days_followers CHECK (followers BETWEEN -4000000000000000000 AND 4000000000000000000),
    -- Latest snapshot or collection of the day.
    last_collected_at INTEGER
        CONSTRAINT creator_days_last_collected_at CHECK (last_collected_at BETWEEN -62135510400000 AND 253402214399999),
    -- No post of the day was published later than this.
    last_published_at INTEGER
        CONSTRAINT creator_days_last_published_at CHECK (last_published_at BETWEEN -62135510400000 AND 253402214399999),
    posts_collected_at INTEGER
        CONSTRAINT creator_days_posts_collected_at CHECK (posts_collected_at BETWEEN -62135510400000 AND 253402214399999),
    followers_collected_at INTEGER
        CONSTRAINT creator_days_followers_collected_at CHECK (followers_collected_at BETWEEN -62135510400000 AND 253402214399999),
    awaiting_views INTEGER NOT NULL DEFAULT 0
        CONSTRAINT creator_days_awaiting_views CHECK (awaiting_views BETWEEN -1000000000000 AND 1000000000000),
    awaiting_followers INTEGER NOT NULL DEFAULT 0
        CONSTRAINT creator_days_awaiting_followers CHECK (awaiting_followers BETWEEN -1000000000000 AND 1000000000000),
    PRIMARY KEY (project_id, creator_id, day),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'creator_days';

UPDATE sqlite_schema SET sql = 'CREATE TABLE creators_to_book (
    project_id BLOB NOT NULL CONSTRAINT creators_to_book_project_id CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT creators_to_book_creator_id CHECK (length(creator_id) = 16),
    PRIMARY KEY (project_id, creator_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'creators_to_book';

UPDATE sqlite_schema SET sql = 'CREATE TABLE pastes (
    project_id BLOB NOT NULL,
    paste_id BLOB NOT NULL,
    created_at INTEGER NOT NULL CONSTRAINT pastes_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    -- How many texts were pasted, and what became of them.
    texts INTEGER NOT NULL CONSTRAINT pastes_texts CHECK (texts >= 0),
    added INTEGER NOT NULL CONSTRAINT pastes_added CHECK (added >= 0),
    present INTEGER NOT NULL CONSTRAINT pastes_present CHECK (present >= 0),
    unreadable INTEGER NOT NULL CONSTRAINT pastes_unreadable CHECK (unreadable >= 0),
    PRIMARY KEY (project_id, paste_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'pastes';

UPDATE sqlite_schema SET sql = 'CREATE TABLE paste_texts (
    project_id BLOB NOT NULL,
    paste_id BLOB NOT NULL,
    position INTEGER NOT NULL CONSTRAINT paste_texts_position CHECK (position >= 0),
    line INTEGER NOT NULL CONSTRAINT paste_texts_line CHECK (line >= 0),
    text TEXT NOT NULL,
    outcome TEXT NOT NULL
        CONSTRAINT paste_texts_outcome CHECK (outcome IN (''added'', ''restored'', ''present'', ''repeated'', ''unreadable'')),
    PRIMARY KEY (project_id, paste_id, position),
    FOREIGN KEY (project_id, paste_id) REFERENCES pastes (project_id, paste_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'paste_texts';

UPDATE sqlite_schema SET sql = 'CREATE TABLE write_probes (
    organization_id BLOB NOT NULL PRIMARY KEY,
    probed_at INTEGER NOT NULL CONSTRAINT write_probes_probed_at CHECK (probed_at BETWEEN -62135510400000 AND 253402214399999),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
) STRICT, WITHOUT ROWID'
WHERE type = 'table' AND name = 'write_probes';

-- Reads the definitions again, and writes no more of them.
PRAGMA writable_schema = RESET;
-- Tells other connections to read them too: only a change of the schema does.
CREATE VIEW named_checks AS SELECT 1;
DROP VIEW named_checks;
