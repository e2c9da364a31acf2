INSERT INTO paste_texts (project_id, paste_id, position, line, text, outcome)
SELECT $1, $2, list.position, list.line, list.text, list.outcome
FROM {$3: position bigint, line bigint, text text, outcome text} AS list
WHERE true
