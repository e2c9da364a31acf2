SELECT DISTINCT w.project_id, w.creator_id
FROM waiting_facts AS w
JOIN creators AS c ON c.project_id = w.project_id AND c.creator_id = w.creator_id
WHERE c.merge_id IS NOT NULL
