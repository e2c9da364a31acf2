-- Around the goals: what was done to a creator, decisions and goals that were made together, views that were saved, and
-- projects that can be brought back.

-- What was done to a creator, beside what their posts and goals tell.
CREATE TABLE creator_changes (
    project_id BLOB NOT NULL,
    creator_id BLOB NOT NULL,
    creator_change_id BLOB NOT NULL,
    -- renamed, removed, returned, tracking_mode, tracking_start
    kind TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    from_value TEXT NOT NULL,
    to_value TEXT NOT NULL,
    PRIMARY KEY (project_id, creator_id, creator_change_id, kind),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) WITHOUT ROWID;

-- The review in which a decision was made, on one post or on many; NULL for those that facts brought.
ALTER TABLE tracking_changes ADD COLUMN review_id BLOB;
CREATE INDEX tracking_changes_by_review ON tracking_changes (project_id, review_id);

-- The assignment that made a goal or changed it, for one creator or many; NULL where a goal was made by itself.
ALTER TABLE goal_versions ADD COLUMN assignment_id BLOB;
CREATE INDEX goal_versions_by_assignment ON goal_versions (project_id, assignment_id);

-- Deleted projects can be brought back for a while.
ALTER TABLE projects ADD COLUMN deleted_at INTEGER;

CREATE INDEX creators_removed ON creators (project_id, removed_at) WHERE removed_at IS NOT NULL;

CREATE INDEX posts_pending ON posts (project_id, published_at) WHERE tracking_status = 'pending_review';

-- Names for what the overview can be asked.
CREATE TABLE saved_views (
    project_id BLOB NOT NULL,
    saved_view_id BLOB NOT NULL,
    name TEXT NOT NULL,
    -- As in the overview's address, from ? on.
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (project_id, saved_view_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) WITHOUT ROWID;
