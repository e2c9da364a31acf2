-- Parked stats that a merge gave to the creator who stayed, so that it can be undone.
ALTER TABLE parked_stats ADD COLUMN merge_id BLOB;

-- Of merges that were made before, as far as the handles tell.
UPDATE parked_stats SET merge_id =
    (SELECT m.merge_id FROM merges AS m
     WHERE m.project_id = parked_stats.project_id AND m.creator_id = parked_stats.creator_id
       AND m.merged_handle = parked_stats.tiktok_handle AND m.undone_at IS NULL
     ORDER BY m.merged_at DESC, m.merge_id DESC
     LIMIT 1)
WHERE creator_id IS NOT NULL;
