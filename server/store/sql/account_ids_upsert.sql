INSERT INTO account_ids (project_id, kind, account_id, creator_id, tiktok_handle, seen_at)
SELECT $1, list.kind, list.account_id, list.creator_id, list.tiktok_handle, list.seen_at
FROM {$2: kind text, account_id text, creator_id uuid, tiktok_handle text, seen_at bigint} AS list
WHERE true
ON CONFLICT (project_id, kind, account_id) DO UPDATE SET
    creator_id = excluded.creator_id,
    tiktok_handle = excluded.tiktok_handle,
    seen_at = excluded.seen_at
