-- Parked stats that a merge gave to the creator who stayed, so that it can be undone.
ALTER TABLE parked_stats ADD COLUMN merge_id BLOB;
