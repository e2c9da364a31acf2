-- The last known value of each counter of marked creators' posts, without misreadings. What was remembered may be wrong.
UPDATE posts SET
    last_captured_at = (
        SELECT MAX(s.captured_at) FROM post_snapshots AS s
        WHERE s.project_id = $1 AND s.post_id = posts.post_id),
    views = (
        SELECT s.views FROM post_snapshots AS s
        WHERE s.project_id = $1 AND s.post_id = posts.post_id AND s.views IS NOT NULL
          AND s.misreading IS NULL
        ORDER BY s.captured_at DESC LIMIT 1),
    likes = (
        SELECT s.likes FROM post_snapshots AS s
        WHERE s.project_id = $1 AND s.post_id = posts.post_id AND s.likes IS NOT NULL
          AND coalesce(s.misreading, '') <> 'zero'
        ORDER BY s.captured_at DESC LIMIT 1),
    comments = (
        SELECT s.comments FROM post_snapshots AS s
        WHERE s.project_id = $1 AND s.post_id = posts.post_id AND s.comments IS NOT NULL
          AND coalesce(s.misreading, '') <> 'zero'
        ORDER BY s.captured_at DESC LIMIT 1),
    shares = (
        SELECT s.shares FROM post_snapshots AS s
        WHERE s.project_id = $1 AND s.post_id = posts.post_id AND s.shares IS NOT NULL
          AND coalesce(s.misreading, '') <> 'zero'
        ORDER BY s.captured_at DESC LIMIT 1),
    saves = (
        SELECT s.saves FROM post_snapshots AS s
        WHERE s.project_id = $1 AND s.post_id = posts.post_id AND s.saves IS NOT NULL
          AND coalesce(s.misreading, '') <> 'zero'
        ORDER BY s.captured_at DESC LIMIT 1),
    views_remembered = ''
WHERE project_id = $1 AND creator_id IN (SELECT m.creator_id FROM creators_to_book AS m WHERE m.project_id = $1)
