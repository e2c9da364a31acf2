INSERT INTO creator_days
    (project_id, creator_id, day, posts, views, engagement, followers, awaiting_views, awaiting_followers,
     last_collected_at, posts_collected_at, followers_collected_at, last_published_at)
SELECT $1, list.creator_id, list.day, list.posts, list.views, list.engagement, list.followers, list.awaiting_views,
       list.awaiting_followers, list.last_collected_at, list.posts_collected_at, list.followers_collected_at, list.last_published_at
FROM {$2: creator_id uuid, day bigint, posts bigint, views bigint, engagement bigint, followers bigint,
      awaiting_views bigint, awaiting_followers bigint, last_collected_at bigint, posts_collected_at bigint, followers_collected_at bigint, last_published_at bigint} AS list
WHERE true
ON CONFLICT (project_id, creator_id, day) DO UPDATE SET
    posts = creator_days.posts + excluded.posts,
    views = creator_days.views + excluded.views,
    engagement = creator_days.engagement + excluded.engagement,
    followers = creator_days.followers + excluded.followers,
    awaiting_views = creator_days.awaiting_views + excluded.awaiting_views,
    awaiting_followers = creator_days.awaiting_followers + excluded.awaiting_followers,
    last_collected_at = CASE
        WHEN excluded.last_collected_at IS NULL THEN creator_days.last_collected_at
        WHEN creator_days.last_collected_at > excluded.last_collected_at THEN creator_days.last_collected_at
        ELSE excluded.last_collected_at END,
    posts_collected_at = CASE
        WHEN excluded.posts_collected_at IS NULL THEN creator_days.posts_collected_at
        WHEN creator_days.posts_collected_at > excluded.posts_collected_at THEN creator_days.posts_collected_at
        ELSE excluded.posts_collected_at END,
    followers_collected_at = CASE
        WHEN excluded.followers_collected_at IS NULL THEN creator_days.followers_collected_at
        WHEN creator_days.followers_collected_at > excluded.followers_collected_at THEN creator_days.followers_collected_at
        ELSE excluded.followers_collected_at END,
    last_published_at = CASE
        WHEN excluded.last_published_at IS NULL THEN creator_days.last_published_at
        WHEN creator_days.last_published_at > excluded.last_published_at THEN creator_days.last_published_at
        ELSE excluded.last_published_at END
