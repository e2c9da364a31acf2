INSERT INTO merges (project_id, merge_id, creator_id, merged_creator_id, merged_at, handle, merged_handle, removed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
