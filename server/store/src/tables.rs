//! The tables, column by column, for code that handles all of them alike. SQLite's catalogue does not distinguish ids
//! from bytes or booleans from numbers. `every_table_is_copied_as_the_schema_has_it` compares the list with the schema.

use super::engine::cell::Kind;

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns of the primary key. The first is the one that Citus distributes by: the project, or the
    /// organization.
    key: &'static str,
    /// The other columns.
    rest: &'static str,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
}

impl Table {
    const fn new(name: &'static str, key: &'static str, rest: &'static str) -> Table {
        Table { name, key, rest }
    }

    /// Whether its rows are those of projects; else they are those of the organization.
    pub fn is_of_projects(&self) -> bool {
        self.key.starts_with("project_id ")
    }

    /// Returns the columns of the primary key.
    pub fn key(&self) -> Vec<Column> {
        columns(self.key)
    }

    /// Returns every column, the primary key first.
    pub fn columns(&self) -> Vec<Column> {
        columns(self.key).into_iter().chain(columns(self.rest)).collect()
    }

    /// Returns every column as a table of arguments lists them in a statement.
    pub fn listed(&self) -> String {
        if self.rest.is_empty() { self.key.to_owned() } else { format!("{}, {}", self.key, self.rest) }
    }

    /// Returns the primary key in the same form.
    pub const fn listed_key(&self) -> &'static str {
        self.key
    }
}

fn columns(text: &'static str) -> Vec<Column> {
    let columns = text.split(", ").filter_map(|column| column.split_once(' '));
    columns.filter_map(|(name, kind)| Some(Column { name, kind: Kind::named(kind)? })).collect()
}

/// Every table. Each refers only to tables before it.
#[rustfmt::skip]
pub const TABLES: [Table; 32] = [
    Table::new("organizations", "organization_id uuid", "name text, created_at bigint"),
    Table::new("projects", "project_id uuid", "organization_id uuid, name text, time_zone text, week_start text, early_grace_percent bigint, collection_interval_hours bigint, version bigint, created_at bigint, deleted_at bigint"),
    Table::new("api_keys", "organization_id uuid, api_key_id uuid", "project_id uuid, name text, key_hash bytea, hint text, can_write boolean, created_at bigint, last_used_at bigint, revoked_at bigint"),
    Table::new("idempotent_answers", "organization_id uuid, api_key_id uuid, route text, idempotency_key text", "body_hash bytea, status bigint, body text, created_at bigint"),
    Table::new("jobs", "organization_id uuid, job text", "due_at bigint, holder_id uuid, held_until bigint"),
    Table::new("mended_values", "organization_id uuid, table_name text, row_key text, column_name text", "project_id uuid, old_value text, new_value text"),
    Table::new("write_probes", "organization_id uuid", "probed_at bigint"),
    Table::new("creators", "project_id uuid, creator_id uuid", "tiktok_handle text, display_name text, avatar_url text, tracking_mode text, tracking_start_date bigint, notes text, removed_at bigint, created_at bigint, first_post_snapshot_at bigint, first_reading_at bigint, last_reading_at bigint, followers bigint, followers_remembered text, last_collected_at bigint, posts_collected_at bigint, followers_collected_at bigint, changed_version bigint, same_as uuid, merge_id uuid, apart_from uuid"),
    Table::new("posts", "project_id uuid, post_id uuid", "creator_id uuid, tiktok_video_id text, kind text, url text, description text, published_at bigint, tracking_status text, tracking_disabled_at bigint, created_at bigint, last_captured_at bigint, views bigint, likes bigint, comments bigint, shares bigint, saves bigint, views_remembered text, merge_id uuid"),
    Table::new("tracking_changes", "project_id uuid, post_id uuid, tracking_change_id uuid", "changed_at bigint, from_status text, to_status text, from_disabled boolean, to_disabled boolean, review_id uuid"),
    Table::new("post_snapshots", "project_id uuid, post_id uuid, captured_at bigint", "views bigint, likes bigint, comments bigint, shares bigint, saves bigint, source text, given_source text, misreading text"),
    Table::new("creator_snapshots", "project_id uuid, creator_id uuid, captured_at bigint", "followers bigint, source text, given_source text, misreading text, merge_id uuid"),
    Table::new("collections", "project_id uuid, creator_id uuid, collected_at bigint", "scope text, merge_id uuid"),
    Table::new("parked_stats", "project_id uuid, tiktok_video_id text, tiktok_handle text, captured_at bigint", "views bigint, likes bigint, comments bigint, shares bigint, saves bigint, source text, given_source text, creator_id uuid, run_id uuid, looked_at bigint, merge_id uuid"),
    Table::new("creator_days", "project_id uuid, creator_id uuid, day bigint", "posts bigint, views bigint, engagement bigint, followers bigint, last_collected_at bigint, posts_collected_at bigint, followers_collected_at bigint, last_published_at bigint, awaiting_views bigint, awaiting_followers bigint"),
    Table::new("goals", "project_id uuid, goal_id uuid", "creator_id uuid, metric text, period text, created_at bigint, deleted_at bigint"),
    Table::new("goal_versions", "project_id uuid, goal_id uuid, version bigint", "made_at bigint, target_value bigint, start_date bigint, end_date bigint, is_active boolean, assignment_id uuid"),
    Table::new("imports", "project_id uuid, import_id uuid", "file_name text, state text, choices text, bytes_total bigint, bytes_done bigint, rows_read bigint, accepted bigint, duplicates bigint, parked bigint, rejected bigint, without_instant bigint, failure text, created_at bigint, finished_at bigint, folder_id uuid, removed_creators text, details text"),
    Table::new("import_rejections", "project_id uuid, import_id uuid, position bigint", "line bigint, field text, code text, reason text"),
    Table::new("pastes", "project_id uuid, paste_id uuid", "created_at bigint, texts bigint, added bigint, present bigint, unreadable bigint"),
    Table::new("paste_texts", "project_id uuid, paste_id uuid, position bigint", "line bigint, text text, outcome text"),
    Table::new("paste_creators", "project_id uuid, paste_id uuid, creator_id uuid", ""),
    Table::new("campaigns", "project_id uuid, campaign_id uuid", "name text, notes text, target_views bigint, start_date bigint, target_date bigint, created_at bigint, deleted_at bigint"),
    Table::new("creator_changes", "project_id uuid, creator_id uuid, creator_change_id uuid, kind text", "changed_at bigint, from_value text, to_value text"),
    Table::new("saved_views", "project_id uuid, saved_view_id uuid", "name text, query text, created_at bigint"),
    Table::new("campaign_items", "project_id uuid, campaign_id uuid, item_id uuid", "kind text, added_at bigint"),
    Table::new("creators_to_book", "project_id uuid, creator_id uuid", ""),
    Table::new("run_looks", "project_id uuid, run_id uuid, creator_id uuid", ""),
    Table::new("account_ids", "project_id uuid, kind text, account_id text", "creator_id uuid, tiktok_handle text, seen_at bigint, merge_id uuid"),
    Table::new("merges", "project_id uuid, merge_id uuid", "creator_id uuid, merged_creator_id uuid, merged_at bigint, handle text, merged_handle text, removed_at bigint, undone_at bigint"),
    Table::new("merged_campaigns", "project_id uuid, merge_id uuid, campaign_id uuid", ""),
    Table::new("waiting_facts", "project_id uuid, creator_id uuid, fact_key text", "fact text, kept_at bigint"),
];
