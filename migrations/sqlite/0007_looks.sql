-- Looks have a scope: reading followers says nothing about posts. And stats that wait for their post know whose they are
-- and when their import looked.

ALTER TABLE collections ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('posts', 'followers', 'all'));

-- The latest look at posts and at followers. `last_collected_at`, the later of the two, stays: the release before this one
-- reads and writes it.
ALTER TABLE creators ADD COLUMN posts_collected_at INTEGER;
ALTER TABLE creators ADD COLUMN followers_collected_at INTEGER;
UPDATE creators SET
    posts_collected_at = (
        SELECT MAX(looks.at)
        FROM (SELECT MAX(p.last_captured_at) AS at FROM posts AS p
              WHERE p.project_id = creators.project_id AND p.creator_id = creators.creator_id
              UNION ALL
              SELECT MAX(c.collected_at) FROM collections AS c
              WHERE c.project_id = creators.project_id AND c.creator_id = creators.creator_id) AS looks),
    followers_collected_at = (
        SELECT MAX(looks.at)
        FROM (SELECT MAX(s.captured_at) AS at FROM creator_snapshots AS s
              WHERE s.project_id = creators.project_id AND s.creator_id = creators.creator_id
              UNION ALL
              SELECT MAX(c.collected_at) FROM collections AS c
              WHERE c.project_id = creators.project_id AND c.creator_id = creators.creator_id) AS looks);

-- Of each local day; booked anew, since only the application knows days.
ALTER TABLE creator_days ADD COLUMN posts_collected_at INTEGER;
ALTER TABLE creator_days ADD COLUMN followers_collected_at INTEGER;

-- The creator, where one is known: handles change. `run_id` is the import that is bringing them; `looked_at` is when the
-- imports that brought them looked.
ALTER TABLE parked_stats ADD COLUMN creator_id BLOB;
ALTER TABLE parked_stats ADD COLUMN run_id BLOB;
ALTER TABLE parked_stats ADD COLUMN looked_at INTEGER;
UPDATE parked_stats SET creator_id = (
    SELECT c.creator_id FROM creators AS c
    WHERE c.project_id = parked_stats.project_id AND c.tiktok_handle = parked_stats.tiktok_handle)
WHERE tiktok_handle <> '';
-- Creators who were renamed while their stats waited.
UPDATE parked_stats SET creator_id = (
    SELECT r.creator_id FROM creator_changes AS r
    WHERE r.project_id = parked_stats.project_id AND r.kind = 'renamed' AND r.from_value = parked_stats.tiktok_handle
    ORDER BY r.changed_at DESC LIMIT 1)
WHERE tiktok_handle <> '' AND creator_id IS NULL;
CREATE INDEX parked_stats_by_run ON parked_stats (project_id, run_id) WHERE run_id IS NOT NULL;
