-- Misreadings. Stop every server before upgrading: one of the release before books readings by the rules of before.
--
-- Every creator's days are booked anew when the database is opened, and the readings that are misreadings are marked.
-- No row is rewritten here but readings and parked stats that name a source.

-- The source that a reading names; '' if it names none. The column `source` then says what brought it.
ALTER TABLE post_snapshots ADD COLUMN given_source TEXT NOT NULL DEFAULT '';
ALTER TABLE creator_snapshots ADD COLUMN given_source TEXT NOT NULL DEFAULT '';
ALTER TABLE parked_stats ADD COLUMN given_source TEXT NOT NULL DEFAULT '';
UPDATE post_snapshots SET given_source = source WHERE source NOT IN ('import', 'api', 'page', 'demo');
UPDATE creator_snapshots SET given_source = source WHERE source NOT IN ('import', 'api', 'page', 'demo');
UPDATE parked_stats SET given_source = source WHERE source NOT IN ('import', 'api', 'page', 'demo');

-- Why a reading does not count, by all facts that are known.
ALTER TABLE post_snapshots ADD COLUMN misreading TEXT
    CONSTRAINT post_snapshots_misreading CHECK (misreading IN ('zero', 'dip', 'spike'));
ALTER TABLE creator_snapshots ADD COLUMN misreading TEXT
    CONSTRAINT creator_snapshots_misreading CHECK (misreading IN ('zero', 'dip', 'spike'));

-- What is remembered of each source, as JSON, so that most new readings need no earlier ones; '' if nothing is.
ALTER TABLE posts ADD COLUMN views_remembered TEXT NOT NULL DEFAULT '';
ALTER TABLE creators ADD COLUMN followers_remembered TEXT NOT NULL DEFAULT '';

-- The number of readings of the day that await the next one of their source.
ALTER TABLE creator_days ADD COLUMN awaiting_views INTEGER NOT NULL DEFAULT 0
    CONSTRAINT creator_days_awaiting_views CHECK (awaiting_views BETWEEN -1000000000000 AND 1000000000000);
ALTER TABLE creator_days ADD COLUMN awaiting_followers INTEGER NOT NULL DEFAULT 0
    CONSTRAINT creator_days_awaiting_followers CHECK (awaiting_followers BETWEEN -1000000000000 AND 1000000000000);

INSERT INTO creators_to_book (project_id, creator_id) SELECT project_id, creator_id FROM creators WHERE true
ON CONFLICT DO NOTHING;
