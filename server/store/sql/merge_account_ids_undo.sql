-- The ids that the merge gave to the creator who stayed, and those that have come in since with the merged creator's
-- handle.
UPDATE account_ids SET creator_id = $3, merge_id = NULL
WHERE project_id = $1 AND creator_id = $2 AND (merge_id = $4 OR tiktok_handle = $5)
