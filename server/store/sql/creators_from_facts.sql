-- The values in marked creators' rows that come from snapshots, readings and collections. Readings of 0 are placeholders or
-- misreadings. The posts' rows have their latest snapshot. What was remembered may be wrong.
UPDATE creators SET
    first_post_snapshot_at = (
        SELECT MIN(s.captured_at) FROM posts AS p CROSS JOIN post_snapshots AS s
        WHERE p.project_id = $1 AND p.creator_id = creators.creator_id AND s.project_id = $1 AND s.post_id = p.post_id),
    first_reading_at = (
        SELECT MIN(r.captured_at) FROM creator_snapshots AS r
        WHERE r.project_id = $1 AND r.creator_id = creators.creator_id AND r.followers > 0),
    last_reading_at = (
        SELECT MAX(r.captured_at) FROM creator_snapshots AS r
        WHERE r.project_id = $1 AND r.creator_id = creators.creator_id AND EXISTS (
            SELECT 1 FROM creator_snapshots AS f
            WHERE f.project_id = $1 AND f.creator_id = r.creator_id AND f.followers > 0 AND f.captured_at <= r.captured_at)),
    followers = (
        SELECT r.followers FROM creator_snapshots AS r
        WHERE r.project_id = $1 AND r.creator_id = creators.creator_id AND r.followers > 0 AND r.misreading IS NULL
        ORDER BY r.captured_at DESC LIMIT 1),
    followers_remembered = '',
    posts_collected_at = (
        SELECT MAX(looks.at)
        FROM (SELECT MAX(p.last_captured_at) AS at FROM posts AS p
              WHERE p.project_id = $1 AND p.creator_id = creators.creator_id
              UNION ALL
              SELECT MAX(c.collected_at) FROM collections AS c
              WHERE c.project_id = $1 AND c.creator_id = creators.creator_id AND c.scope <> 'followers') AS looks),
    followers_collected_at = (
        SELECT MAX(looks.at)
        FROM (SELECT MAX(r.captured_at) AS at FROM creator_snapshots AS r
              WHERE r.project_id = $1 AND r.creator_id = creators.creator_id
              UNION ALL
              SELECT MAX(c.collected_at) FROM collections AS c
              WHERE c.project_id = $1 AND c.creator_id = creators.creator_id AND c.scope <> 'posts') AS looks)
WHERE project_id = $1 AND creator_id IN (SELECT m.creator_id FROM creators_to_book AS m WHERE m.project_id = $1)
