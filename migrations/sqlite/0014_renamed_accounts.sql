-- Renamed accounts: TikTok's ids of accounts, former handles, probable renamings and merges. Stop every server before
-- upgrading: one of the release before takes facts for a creator that was merged into another.

-- TikTok's ids of an account, which stay when its handle changes.
CREATE TABLE account_ids (
    project_id BLOB NOT NULL,
    kind TEXT NOT NULL CONSTRAINT account_ids_kind CHECK (kind IN ('user_id', 'sec_uid')),
    account_id TEXT NOT NULL CONSTRAINT account_ids_account_id CHECK (length(account_id) BETWEEN 1 AND 200),
    creator_id BLOB NOT NULL,
    -- The handle that it was seen with.
    tiktok_handle TEXT NOT NULL,
    -- The latest instant at which the account had the creator's handle; NULL if no source says one.
    seen_at INTEGER CONSTRAINT account_ids_seen_at CHECK (seen_at BETWEEN -62135510400000 AND 253402214399999),
    -- The merge that gave it to this creator.
    merge_id BLOB,
    PRIMARY KEY (project_id, kind, account_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

-- With `seen_at`, so that it holds everything that is read and SQLite chooses it.
CREATE INDEX account_ids_by_creator ON account_ids (project_id, creator_id, seen_at);

-- Merges are changes of a creator, too. No table refers to this one, so it can be replaced by a new one.
CREATE TABLE new_creator_changes (
    project_id BLOB NOT NULL CONSTRAINT creator_changes_project_id CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CONSTRAINT creator_changes_creator_id CHECK (length(creator_id) = 16),
    creator_change_id BLOB NOT NULL CONSTRAINT creator_changes_creator_change_id CHECK (length(creator_change_id) = 16),
    kind TEXT NOT NULL CONSTRAINT creator_changes_kind CHECK (kind IN ('renamed', 'removed', 'returned', 'tracking_mode',
        'tracking_start', 'merged', 'merge_undone')),
    changed_at INTEGER NOT NULL
        CONSTRAINT creator_changes_changed_at CHECK (changed_at BETWEEN -62135510400000 AND 253402214399999),
    from_value TEXT NOT NULL,
    to_value TEXT NOT NULL,
    PRIMARY KEY (project_id, creator_id, creator_change_id, kind),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_creator_changes (project_id, creator_id, creator_change_id, kind, changed_at, from_value, to_value)
SELECT project_id, creator_id, creator_change_id, kind, changed_at, from_value, to_value FROM creator_changes;

DROP TABLE creator_changes;
ALTER TABLE new_creator_changes RENAME TO creator_changes;

-- A handle leads to the creator who has it, else to the one who had it last.
CREATE INDEX creator_changes_by_former_handle ON creator_changes (project_id, from_value, changed_at)
WHERE kind = 'renamed';

-- The creator of whom this one is the same account under a new handle: probably, until a person decides, or, with a
-- merge, for certain.
ALTER TABLE creators ADD COLUMN same_as BLOB;
ALTER TABLE creators ADD COLUMN merge_id BLOB;
-- The creator of whom somebody decided that they are another account.
ALTER TABLE creators ADD COLUMN apart_from BLOB;
CREATE INDEX creators_by_same_as ON creators (project_id, same_as) WHERE same_as IS NOT NULL;

-- What a merge moved or copied, so that it can be undone.
ALTER TABLE posts ADD COLUMN merge_id BLOB;
ALTER TABLE creator_snapshots ADD COLUMN merge_id BLOB;
ALTER TABLE collections ADD COLUMN merge_id BLOB;

CREATE TABLE merges (
    project_id BLOB NOT NULL,
    merge_id BLOB NOT NULL,
    -- The creator who stays, and the one who was merged into them.
    creator_id BLOB NOT NULL,
    merged_creator_id BLOB NOT NULL,
    merged_at INTEGER NOT NULL CONSTRAINT merges_merged_at CHECK (merged_at BETWEEN -62135510400000 AND 253402214399999),
    -- The handles of both before.
    handle TEXT NOT NULL,
    merged_handle TEXT NOT NULL,
    -- When the merged creator had been removed from the program, if they had.
    removed_at INTEGER CONSTRAINT merges_removed_at CHECK (removed_at BETWEEN -62135510400000 AND 253402214399999),
    undone_at INTEGER CONSTRAINT merges_undone_at CHECK (undone_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, merge_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id),
    FOREIGN KEY (project_id, merged_creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX merges_by_creator ON merges (project_id, creator_id);

-- The campaigns that a creator joined by a merge.
CREATE TABLE merged_campaigns (
    project_id BLOB NOT NULL,
    merge_id BLOB NOT NULL,
    campaign_id BLOB NOT NULL,
    PRIMARY KEY (project_id, merge_id, campaign_id),
    FOREIGN KEY (project_id, merge_id) REFERENCES merges (project_id, merge_id)
) STRICT, WITHOUT ROWID;

-- Facts of files about posts of one creator under the handle of another: they wait until a person has decided whether both
-- are the same account.
CREATE TABLE waiting_facts (
    project_id BLOB NOT NULL,
    -- The creator who has the handle in the file.
    creator_id BLOB NOT NULL,
    -- The post and, for a reading, its instant.
    fact_key TEXT NOT NULL CONSTRAINT waiting_facts_fact_key CHECK (length(fact_key) BETWEEN 1 AND 100),
    -- The fact, as JSON.
    fact TEXT NOT NULL CONSTRAINT waiting_facts_fact CHECK (length(fact) BETWEEN 2 AND 20000),
    kept_at INTEGER NOT NULL CONSTRAINT waiting_facts_kept_at CHECK (kept_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, creator_id, fact_key),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX waiting_facts_by_age ON waiting_facts (project_id, kept_at);
