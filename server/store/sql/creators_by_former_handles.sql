-- Who had each of these handles, and until when; the last row of each handle is the creator who had it last.
SELECT h.from_value AS tiktok_handle, h.creator_id, h.changed_at
FROM {$2: tiktok_handle text} AS list
CROSS JOIN creator_changes AS h
WHERE h.project_id = $1 AND h.from_value = list.tiktok_handle AND h.kind = 'renamed'
ORDER BY h.from_value, h.changed_at, h.creator_change_id
