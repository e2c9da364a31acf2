SELECT table_name, row_key, column_name, old_value, new_value
FROM mended_values
WHERE organization_id IN ($1, $3) AND (project_id = $2 OR project_id IS NULL)
ORDER BY table_name, row_key, column_name
LIMIT 1000
