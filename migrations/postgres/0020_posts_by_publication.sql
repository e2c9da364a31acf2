-- The calendar lists the posts of a day, and counts those that do not count. Servers of the previous release may keep
-- running.
CREATE INDEX posts_by_publication ON posts (project_id, published_at, creator_id);
CREATE INDEX posts_uncounted ON posts (project_id, published_at, creator_id, tracking_status, tracking_disabled_at)
    WHERE tracking_status IN ('pending_review', 'excluded') OR tracking_disabled_at IS NOT NULL;
