-- How many posts count on each local day, and how many creators of the program published them. A creator has at most a
-- million posts, so no sum overflows.
SELECT d.day, CAST(SUM(d.posts) AS BIGINT) AS posts, COUNT(*) AS creators
FROM creators AS c
CROSS JOIN creator_days AS d
WHERE c.project_id = $1 AND c.removed_at IS NULL
  AND d.project_id = $1 AND d.creator_id = c.creator_id AND d.day >= $2 AND d.day < $3 AND d.posts > 0
GROUP BY d.day
ORDER BY d.day
