-- The overview asks for the posts that wait for approval of the creators it shows. The index has every column that it asks for,
-- or SQLite would rather go through all posts of the project.
CREATE INDEX posts_pending_of_creators ON posts (project_id, creator_id, tracking_status, tracking_disabled_at)
WHERE tracking_status = 'pending_review';
