-- Parked stats follow their creator's new handle, and the merges of creators.
CREATE INDEX parked_stats_by_creator ON parked_stats (project_id, creator_id) WHERE creator_id IS NOT NULL;
