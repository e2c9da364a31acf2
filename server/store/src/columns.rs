//! The columns of records that several statements read, listed once. A statement names a list as `{columns: post}`, or as
//! `{columns: post AS p}` for a table with an alias. Each list is what one function reads: mostly the function of the
//! same name in `rows.rs`.

/// The lists by name.
const LISTS: [(&str, &str); 15] = [
    (
        "project",
        "project_id, name, time_zone, week_start, early_grace_percent, collection_interval_hours, version, created_at",
    ),
    (
        "creator",
        "creator_id, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date, removed_at, \
         created_at, first_post_snapshot_at, first_reading_at, last_reading_at, followers, followers_remembered, \
         posts_collected_at, followers_collected_at, same_as, merge_id, apart_from",
    ),
    (
        "post",
        "post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status, \
         tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves, \
         views_remembered",
    ),
    (
        "day",
        "creator_id, day, posts, views, engagement, followers, awaiting_views, awaiting_followers, posts_collected_at, \
         followers_collected_at, last_published_at",
    ),
    ("snapshot", "post_id, captured_at, views, likes, comments, shares, saves, given_source, misreading"),
    ("reading", "creator_id, captured_at, followers, given_source, misreading"),
    // `rows::goals` reads both of these.
    ("goal", "goal_id, creator_id, metric, period"),
    ("goal_version", "made_at, target_value, start_date, end_date, is_active"),
    (
        "import",
        "import_id, file_name, state, choices, bytes_total, bytes_done, rows_read, accepted, duplicates, parked, \
         rejected, without_instant, failure, created_at, finished_at, folder_id, removed_creators, details",
    ),
    // `campaigns.rs` reads it.
    ("campaign", "campaign_id, name, notes, target_views, start_date, target_date, created_at"),
    // `reviews.rs` reads it.
    ("tracking_change", "post_id, changed_at, from_status, to_status, from_disabled, to_disabled"),
    // `keys.rs` reads it.
    ("api_key", "organization_id, api_key_id, project_id, name, hint, can_write, created_at, last_used_at, revoked_at"),
    // `merges/stored.rs` reads it.
    ("merge", "merge_id, creator_id, merged_creator_id, merged_at, handle, merged_handle, removed_at, undone_at"),
    // `rebook.rs` reads it: posts, each with its snapshots.
    (
        "rebooked_post",
        "p.creator_id, p.post_id, p.published_at, p.tracking_status, p.tracking_disabled_at, s.captured_at, s.views, \
         s.likes, s.comments, s.shares, s.saves, s.given_source, s.misreading",
    ),
    // `accept/parked.rs` reads it.
    (
        "parked_stats",
        "tiktok_video_id, tiktok_handle, captured_at, views, likes, comments, shares, saves, source, given_source, \
         creator_id, run_id, looked_at",
    ),
];

/// The list of this name, as a statement has it, with the alias of its table before each column.
pub fn listed(name: &str, alias: Option<&str>) -> String {
    let (_, list) = LISTS.iter().find(|(list, _)| *list == name).expect("a list of columns has a name that is known");
    match alias {
        None => (*list).to_owned(),
        Some(alias) => list.split(", ").map(|column| format!("{alias}.{column}")).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn no_statement_repeats_a_list_that_has_a_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql");
        let mut named = 0;
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            named += text.matches("{columns: ").count();
            // What is written is listed beside the values.
            if text.contains("INSERT INTO") {
                continue;
            }
            let words = text.split_whitespace().map(|word| word.rsplit('.').next().unwrap_or(word));
            let text = words.collect::<Vec<_>>().join(" ");
            for (name, list) in LISTS {
                assert!(!text.contains(list), "{}: write {{columns: {name}}}", path.display());
            }
        }
        assert!(named > 40, "{named} lists were found");
    }
}
