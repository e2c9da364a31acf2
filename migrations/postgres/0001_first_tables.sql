-- The same tables as on SQLite, by the same rules; see migrations/sqlite/0001_first_tables.sql. Texts compare byte by byte
-- (COLLATE "C"), as they do there, so that both engines give the same order.

CREATE TABLE organizations (
    organization_id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE projects (
    project_id UUID NOT NULL PRIMARY KEY,
    organization_id UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    time_zone TEXT COLLATE "C" NOT NULL,
    week_start TEXT COLLATE "C" NOT NULL,
    early_grace_percent BIGINT NOT NULL,
    collection_interval_hours BIGINT NOT NULL,
    -- Grows by one with every change of the project's data; names a consistent state.
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE creators (
    project_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    tiktok_handle TEXT COLLATE "C" NOT NULL,
    display_name TEXT COLLATE "C",
    avatar_url TEXT COLLATE "C",
    tracking_mode TEXT COLLATE "C" NOT NULL,
    -- NULL: automatic, the local day of the earliest snapshot.
    tracking_start_date BIGINT,
    notes TEXT COLLATE "C" NOT NULL,
    removed_at BIGINT,
    created_at BIGINT NOT NULL,
    -- Earliest snapshot of any post; first and last follower readings that are not placeholders.
    first_post_snapshot_at BIGINT,
    first_reading_at BIGINT,
    last_reading_at BIGINT,
    followers BIGINT,
    -- Latest snapshot of the creator or a post, or collection.
    last_collected_at BIGINT,
    -- The project version at the last change of anything that belongs to this creator.
    changed_version BIGINT NOT NULL,
    PRIMARY KEY (project_id, creator_id),
    UNIQUE (project_id, tiktok_handle),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
);

CREATE INDEX creators_by_change ON creators (project_id, changed_version);

CREATE TABLE posts (
    project_id UUID NOT NULL,
    post_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    tiktok_video_id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C",
    description TEXT COLLATE "C",
    published_at BIGINT NOT NULL,
    tracking_status TEXT COLLATE "C" NOT NULL,
    tracking_disabled_at BIGINT,
    created_at BIGINT NOT NULL,
    -- The instant of the last snapshot and the last known value of each counter.
    last_captured_at BIGINT,
    views BIGINT,
    likes BIGINT,
    comments BIGINT,
    shares BIGINT,
    saves BIGINT,
    PRIMARY KEY (project_id, post_id),
    UNIQUE (project_id, tiktok_video_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
);

CREATE INDEX posts_by_creator ON posts (project_id, creator_id, published_at);

-- Every review decision: what changed, when, from and to. Shown with the post.
CREATE TABLE tracking_changes (
    project_id UUID NOT NULL,
    post_id UUID NOT NULL,
    tracking_change_id UUID NOT NULL,
    changed_at BIGINT NOT NULL,
    from_status TEXT COLLATE "C" NOT NULL,
    to_status TEXT COLLATE "C" NOT NULL,
    from_disabled BOOLEAN NOT NULL,
    to_disabled BOOLEAN NOT NULL,
    PRIMARY KEY (project_id, post_id, tracking_change_id),
    FOREIGN KEY (project_id, post_id) REFERENCES posts (project_id, post_id)
);

CREATE TABLE post_snapshots (
    project_id UUID NOT NULL,
    post_id UUID NOT NULL,
    captured_at BIGINT NOT NULL,
    views BIGINT,
    likes BIGINT,
    comments BIGINT,
    shares BIGINT,
    saves BIGINT,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (project_id, post_id, captured_at),
    FOREIGN KEY (project_id, post_id) REFERENCES posts (project_id, post_id)
);

CREATE TABLE creator_snapshots (
    project_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    captured_at BIGINT NOT NULL,
    followers BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (project_id, creator_id, captured_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
);

CREATE TABLE collections (
    project_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    collected_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, creator_id, collected_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
);

-- Stats of posts that are not known yet: kept aside, booked when the post arrives.
CREATE TABLE parked_stats (
    project_id UUID NOT NULL,
    tiktok_video_id TEXT COLLATE "C" NOT NULL,
    -- Empty where the source did not say whose post it is.
    tiktok_handle TEXT COLLATE "C" NOT NULL,
    captured_at BIGINT NOT NULL,
    views BIGINT,
    likes BIGINT,
    comments BIGINT,
    shares BIGINT,
    saves BIGINT,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (project_id, tiktok_video_id, tiktok_handle, captured_at),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
);

-- Day buckets: what each creator gained on each local day, by metric. Always equal to a recomputation from the facts.
CREATE TABLE creator_days (
    project_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    day BIGINT NOT NULL,
    posts BIGINT NOT NULL,
    views BIGINT NOT NULL,
    engagement BIGINT NOT NULL,
    followers BIGINT NOT NULL,
    -- Latest snapshot or collection of the day.
    last_collected_at BIGINT,
    -- No post of the day was published later than this.
    last_published_at BIGINT,
    PRIMARY KEY (project_id, creator_id, day),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
);

CREATE TABLE goals (
    project_id UUID NOT NULL,
    goal_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    period TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (project_id, goal_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
);

CREATE INDEX goals_by_creator ON goals (project_id, creator_id);

-- A goal as it stood from one edit to the next; number 1 is how it was made.
CREATE TABLE goal_versions (
    project_id UUID NOT NULL,
    goal_id UUID NOT NULL,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    target_value BIGINT NOT NULL,
    start_date BIGINT,
    end_date BIGINT,
    is_active BOOLEAN NOT NULL,
    PRIMARY KEY (project_id, goal_id, version),
    FOREIGN KEY (project_id, goal_id) REFERENCES goals (project_id, goal_id)
);

CREATE TABLE imports (
    project_id UUID NOT NULL,
    import_id UUID NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    -- waiting (for the columns to be mapped), running, done, failed
    state TEXT COLLATE "C" NOT NULL,
    -- What was chosen on the page, as JSON: creator, capture instant, column mapping.
    choices TEXT COLLATE "C" NOT NULL,
    bytes_total BIGINT NOT NULL,
    bytes_done BIGINT NOT NULL,
    rows_read BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    parked BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    -- Counters left out because nothing says when they were read.
    without_instant BIGINT NOT NULL,
    failure TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (project_id, import_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
);

-- The first 1,000 rows of an import that were refused.
CREATE TABLE import_rejections (
    project_id UUID NOT NULL,
    import_id UUID NOT NULL,
    position BIGINT NOT NULL,
    line BIGINT NOT NULL,
    field TEXT COLLATE "C",
    code TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (project_id, import_id, position),
    FOREIGN KEY (project_id, import_id) REFERENCES imports (project_id, import_id)
);
