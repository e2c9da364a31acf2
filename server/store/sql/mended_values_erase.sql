DELETE FROM mended_values
WHERE organization_id IN ($1, $3) AND project_id = $2
  AND (organization_id, table_name, row_key, column_name) IN
      (SELECT organization_id, table_name, row_key, column_name
       FROM mended_values
       WHERE organization_id IN ($1, $3) AND project_id = $2
       LIMIT $4)
