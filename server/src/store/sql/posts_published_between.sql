SELECT p.post_id, p.creator_id, p.tiktok_video_id, p.kind, p.url, p.description, p.published_at, p.tracking_status, p.tracking_disabled_at, p.created_at, p.last_captured_at, p.views, p.likes, p.comments, p.shares, p.saves
FROM json_each($2) AS span
CROSS JOIN posts AS p
WHERE p.project_id = $1
  AND p.creator_id = unhex(span.value ->> 0)
  AND p.published_at >= span.value ->> 1
  AND p.published_at < span.value ->> 2
