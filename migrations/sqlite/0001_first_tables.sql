-- Rules for every table, so that the same schema can be distributed by project_id later: primary, unique and foreign
-- keys start with project_id (organization-level tables: organization_id), ids are UUIDv7 made by the application,
-- instants are epoch milliseconds, local dates are days since 1970-01-01, no defaults that read a clock.

CREATE TABLE organizations (
    organization_id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE projects (
    project_id BLOB NOT NULL PRIMARY KEY,
    organization_id BLOB NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    week_start TEXT NOT NULL,
    early_grace_percent INTEGER NOT NULL,
    collection_interval_hours INTEGER NOT NULL,
    -- Grows by one with every change of the project's data; names a consistent state.
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE creators (
    project_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    tiktok_handle TEXT NOT NULL,
    display_name TEXT,
    avatar_url TEXT,
    tracking_mode TEXT NOT NULL,
    -- NULL: automatic, the local day of the earliest snapshot.
    tracking_start_date INTEGER,
    notes TEXT NOT NULL,
    removed_at INTEGER,
    created_at INTEGER NOT NULL,
    -- Earliest snapshot of any post; first and last follower readings that are not placeholders.
    first_post_snapshot_at INTEGER,
    first_reading_at INTEGER,
    last_reading_at INTEGER,
    followers INTEGER,
    -- Latest snapshot of the creator or a post, or collection.
    last_collected_at INTEGER,
    -- The project version at the last change of anything that belongs to this creator.
    changed_version INTEGER NOT NULL,
    PRIMARY KEY (project_id, creator_id),
    UNIQUE (project_id, tiktok_handle),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) WITHOUT ROWID;

CREATE INDEX creators_by_change ON creators (project_id, changed_version);

CREATE TABLE posts (
    project_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    tiktok_video_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT,
    description TEXT,
    published_at INTEGER NOT NULL,
    tracking_status TEXT NOT NULL,
    tracking_disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    -- The instant of the last snapshot and the last known value of each counter.
    last_captured_at INTEGER,
    views INTEGER,
    likes INTEGER,
    comments INTEGER,
    shares INTEGER,
    saves INTEGER,
    PRIMARY KEY (project_id, post_id),
    UNIQUE (project_id, tiktok_video_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) WITHOUT ROWID;

CREATE INDEX posts_by_creator ON posts (project_id, creator_id, published_at);

-- Every review decision: what changed, when, from and to. Shown with the post.
CREATE TABLE tracking_changes (
    project_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    tracking_change_id BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    from_disabled INTEGER NOT NULL,
    to_disabled INTEGER NOT NULL,
    PRIMARY KEY (project_id, post_id, tracking_change_id),
    FOREIGN KEY (project_id, post_id) REFERENCES posts (project_id, post_id)
) WITHOUT ROWID;

CREATE TABLE post_snapshots (
    project_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    captured_at INTEGER NOT NULL,
    views INTEGER,
    likes INTEGER,
    comments INTEGER,
    shares INTEGER,
    saves INTEGER,
    source TEXT NOT NULL,
    PRIMARY KEY (project_id, post_id, captured_at),
    FOREIGN KEY (project_id, post_id) REFERENCES posts (project_id, post_id)
) WITHOUT ROWID;

CREATE TABLE creator_snapshots (
    project_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    captured_at INTEGER NOT NULL,
    followers INTEGER NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (project_id, creator_id, captured_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) WITHOUT ROWID;

CREATE TABLE collections (
    project_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    collected_at INTEGER NOT NULL,
    PRIMARY KEY (project_id, creator_id, collected_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) WITHOUT ROWID;

-- Stats of posts that are not known yet: kept aside, booked when the post arrives.
CREATE TABLE parked_stats (
    project_id BLOB NOT NULL,
    tiktok_video_id TEXT NOT NULL,
    -- Empty where the source did not say whose post it is.
    tiktok_handle TEXT NOT NULL,
    captured_at INTEGER NOT NULL,
    views INTEGER,
    likes INTEGER,
    comments INTEGER,
    shares INTEGER,
    saves INTEGER,
    source TEXT NOT NULL,
    PRIMARY KEY (project_id, tiktok_video_id, tiktok_handle, captured_at),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) WITHOUT ROWID;

-- Day buckets: what each creator gained on each local day, by metric. Always equal to a recomputation from the facts.
CREATE TABLE creator_days (
    project_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    views INTEGER NOT NULL,
    engagement INTEGER NOT NULL,
    followers INTEGER NOT NULL,
    -- Latest snapshot or collection of the day.
    last_collected_at INTEGER,
    -- No post of the day was published later than this.
    last_published_at INTEGER,
    PRIMARY KEY (project_id, creator_id, day),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) WITHOUT ROWID;

CREATE TABLE goals (
    project_id BLOB NOT NULL,
    goal_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    metric TEXT NOT NULL,
    period TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (project_id, goal_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) WITHOUT ROWID;

CREATE INDEX goals_by_creator ON goals (project_id, creator_id);

-- A goal as it stood from one edit to the next; number 1 is how it was made.
CREATE TABLE goal_versions (
    project_id BLOB NOT NULL,
    goal_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    target_value INTEGER NOT NULL,
    start_date INTEGER,
    end_date INTEGER,
    is_active INTEGER NOT NULL,
    PRIMARY KEY (project_id, goal_id, version),
    FOREIGN KEY (project_id, goal_id) REFERENCES goals (project_id, goal_id)
) WITHOUT ROWID;

CREATE TABLE imports (
    project_id BLOB NOT NULL,
    import_id BLOB NOT NULL,
    file_name TEXT NOT NULL,
    -- waiting (for the columns to be mapped), running, done, failed
    state TEXT NOT NULL,
    -- What was chosen on the page, as JSON: creator, capture instant, column mapping.
    choices TEXT NOT NULL,
    bytes_total INTEGER NOT NULL,
    bytes_done INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    -- Counters left out because nothing says when they were read.
    without_instant INTEGER NOT NULL,
    failure TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    PRIMARY KEY (project_id, import_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) WITHOUT ROWID;

-- The first 1,000 rows of an import that were refused.
CREATE TABLE import_rejections (
    project_id BLOB NOT NULL,
    import_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    field TEXT,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (project_id, import_id, position),
    FOREIGN KEY (project_id, import_id) REFERENCES imports (project_id, import_id)
) WITHOUT ROWID;
