SELECT p.post_id, p.creator_id, p.tiktok_video_id, p.kind, p.url, p.description, p.published_at, p.tracking_status, p.tracking_disabled_at, p.created_at, p.last_captured_at, p.views, p.likes, p.comments, p.shares, p.saves
FROM {$2: creator_id uuid, first bigint, until bigint} AS span
CROSS JOIN posts AS p
WHERE p.project_id = $1
  AND p.creator_id = span.creator_id
  AND p.published_at >= span.first
  AND p.published_at < span.until
