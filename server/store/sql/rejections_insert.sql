INSERT INTO import_rejections (project_id, import_id, position, line, field, code, reason)
SELECT $1, $2, list.position, list.line, list.field, list.code, list.reason
FROM {$3: position bigint, line bigint, field text, code text, reason text} AS list
WHERE true
ON CONFLICT DO NOTHING
