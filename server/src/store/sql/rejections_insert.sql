INSERT INTO import_rejections (project_id, import_id, position, line, field, code, reason)
SELECT $1, $2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
FROM json_each($3)
WHERE true
ON CONFLICT DO NOTHING
