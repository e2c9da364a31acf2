-- Looks have a scope: reading followers says nothing about posts. And stats that wait for their post know whose they are
-- and when their import looked.

ALTER TABLE collections ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('posts', 'followers', 'all'));

-- The latest look at posts and at followers. `last_collected_at`, the later of the two, stays: the release before this one
-- reads and writes it.
ALTER TABLE creators ADD COLUMN posts_collected_at INTEGER
    CHECK (posts_collected_at BETWEEN -62135510400000 AND 253402214399999);
ALTER TABLE creators ADD COLUMN followers_collected_at INTEGER
    CHECK (followers_collected_at BETWEEN -62135510400000 AND 253402214399999);
-- The same of each local day. The application fills them in before it does anything else: only it knows days.
ALTER TABLE creator_days ADD COLUMN posts_collected_at INTEGER
    CHECK (posts_collected_at BETWEEN -62135510400000 AND 253402214399999);
ALTER TABLE creator_days ADD COLUMN followers_collected_at INTEGER
    CHECK (followers_collected_at BETWEEN -62135510400000 AND 253402214399999);

INSERT INTO creators_to_book (project_id, creator_id) SELECT project_id, creator_id FROM creators WHERE true
ON CONFLICT DO NOTHING;

-- The creator, where one is known: handles change. `run_id` is the import that is bringing them; `looked_at` is when the
-- imports that brought them looked.
ALTER TABLE parked_stats ADD COLUMN creator_id BLOB;
ALTER TABLE parked_stats ADD COLUMN run_id BLOB;
ALTER TABLE parked_stats ADD COLUMN looked_at INTEGER
    CHECK (looked_at BETWEEN -62135510400000 AND 253402214399999);
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
