-- Answers to requests with a project's keys.
DELETE FROM idempotent_answers
WHERE organization_id = $1
  AND (api_key_id, route, idempotency_key) IN
      (SELECT a.api_key_id, a.route, a.idempotency_key
       FROM api_keys AS k
       JOIN idempotent_answers AS a ON a.organization_id = $1 AND a.api_key_id = k.api_key_id
       WHERE k.organization_id = $1 AND k.project_id = $2
       LIMIT $3)
