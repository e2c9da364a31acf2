SELECT {columns: post AS p}
FROM {$2: creator_id uuid, first bigint, until bigint} AS span
CROSS JOIN posts AS p
WHERE p.project_id = $1
  AND p.creator_id = span.creator_id
  AND p.published_at >= span.first
  AND p.published_at < span.until
