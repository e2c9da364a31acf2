SELECT COUNT(*) AS total
FROM mended_values
WHERE organization_id IN ($1, $3) AND (project_id = $2 OR project_id IS NULL)
