-- Groups of creators, posts and other campaigns.
CREATE TABLE campaigns (
    project_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    notes TEXT COLLATE "C" NOT NULL,
    -- Views to gain from start_date to target_date, both included; all three or none.
    target_views BIGINT,
    start_date BIGINT,
    target_date BIGINT,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (project_id, campaign_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
);

-- What stands directly inside a campaign.
CREATE TABLE campaign_items (
    project_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    -- creator, post, campaign
    kind TEXT COLLATE "C" NOT NULL,
    item_id UUID NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, campaign_id, item_id),
    FOREIGN KEY (project_id, campaign_id) REFERENCES campaigns (project_id, campaign_id)
);
