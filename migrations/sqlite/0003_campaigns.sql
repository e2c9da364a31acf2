-- Groups of creators, posts and other campaigns.
CREATE TABLE campaigns (
    project_id BLOB NOT NULL,
    campaign_id BLOB NOT NULL,
    name TEXT NOT NULL,
    notes TEXT NOT NULL,
    -- Views to gain from start_date to target_date, both included; all three or none.
    target_views INTEGER,
    start_date INTEGER,
    target_date INTEGER,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (project_id, campaign_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) WITHOUT ROWID;

-- What stands directly inside a campaign.
CREATE TABLE campaign_items (
    project_id BLOB NOT NULL,
    campaign_id BLOB NOT NULL,
    -- creator, post, campaign
    kind TEXT NOT NULL,
    item_id BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (project_id, campaign_id, item_id),
    FOREIGN KEY (project_id, campaign_id) REFERENCES campaigns (project_id, campaign_id)
) WITHOUT ROWID;
