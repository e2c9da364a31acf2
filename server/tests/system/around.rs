//! Tests of reviews of many posts, goals for many, nested campaigns, the change log, and the number of statements a
//! page runs.

use super::short::{collection, followers, goal, handle, is_not_found, post, views};
use super::support::{DAY, HOUR, NOW, World, text};
use compliance::Status;
use compliance::assignment::ExistingGoals;
use compliance::calendar::{LocalDays as _, Zone};
use compliance::timeline::Cause;
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::changelog::{What, change_log};
use program::creators::record::{CreatorChange, CreatorEventKind, NewCreator, UpdateCreatorOutcome};
use program::goals::record::{AssignOutcome, GoalAssignment};
use program::posts::record::PostsQuery;
use program::reviews::inbox::inbox;
use program::reviews::record::{PendingQuery, Review, TrackingDecision};
use rstest::rstest;
use std::collections::BTreeSet;
use uuid::Uuid;

const HTML: &str = "text/html";
const APPROVE: TrackingDecision = TrackingDecision::Status(TrackingStatus::Included);
const EXCLUDE: TrackingDecision = TrackingDecision::Status(TrackingStatus::Excluded);
const PENDING: Tracking = Tracking { status: TrackingStatus::PendingReview, disabled: false };

fn new_creator(name: &str, mode: TrackingMode) -> NewCreator {
    NewCreator {
        handle: handle(name),
        display_name: None,
        avatar_url: None,
        tracking_mode: mode,
        tracking_start_date: Zone::UTC.date_of(NOW.plus_millis(-30 * DAY)),
    }
}

/// Creates Mia, a selective creator, with `count` posts pending review this week, one an hour.
async fn waiting(count: i64) -> (World, Uuid, Vec<Uuid>) {
    let world = World::new().await;
    world.store.add_creators(world.id(), &[new_creator("mia", TrackingMode::Selective)], NOW).await.unwrap();
    let facts = (0..count).map(|number| super::support::post(&format!("{number}"), NOW.plus_millis(-number * HOUR)));
    world.accept(facts.collect()).await;
    let mia = world.creator("mia").await;
    let page = world.store.pending_posts(world.id(), &PendingQuery::default()).await.unwrap();
    (world, mia, page.posts.into_iter().map(|(_, post)| post.post_id).collect())
}

fn seen(decision: TrackingDecision) -> Review {
    Review { review_id: Uuid::now_v7(), decision, seen: Some(PENDING) }
}

#[tokio::test]
async fn the_inbox_says_what_approving_would_do_and_does_it() {
    let (world, _, posts) = waiting(3).await;
    world.add_goal("mia", &goal("posts", "weekly", 1)).await;
    let found = inbox(&world.server(), world.id(), &PendingQuery::default()).await.unwrap();
    assert_eq!((found.total, found.posts.len(), found.selective), (3, 3, 1));
    let newest = &found.posts[0];
    assert_eq!(newest.post.tiktok_video_id, "0", "the newest first");
    let effect = &newest.effects[0];
    assert_eq!((effect.before.actual, effect.after.actual, effect.after.target), (0, 1, 1));
    let promised = effect.after.status;
    world.store.review_posts(world.id(), &[posts[0]], &seen(APPROVE), NOW).await.unwrap();
    let standing = &world.standings(NOW).await[0];
    assert_eq!((standing.evaluations[0].1.actual, standing.evaluations[0].1.status), (1, promised));
    let found = inbox(&world.server(), world.id(), &PendingQuery::default()).await.unwrap();
    assert_eq!(found.posts[0].effects[0].after.actual, 2, "counted from how it stands now");
}

#[tokio::test]
async fn who_decides_on_what_somebody_else_decided_on_is_told_and_changes_nothing() {
    let (world, _, posts) = waiting(3).await;
    let (store, id) = (&world.store, world.id());
    store.review_posts(id, &posts[..1], &seen(EXCLUDE), NOW).await.unwrap();
    let second = store.review_posts(id, &posts, &seen(APPROVE), NOW).await.unwrap();
    let excluded = Tracking { status: TrackingStatus::Excluded, disabled: false };
    assert_eq!(second.decided_before, [(posts[0], excluded)]);
    assert_eq!(second.changed.len(), 2);
    assert_eq!(store.pending_count(id).await.unwrap(), 0);
    let unknown = store.review_posts(id, &[posts[0], Uuid::now_v7()], &seen(APPROVE), NOW).await;
    is_not_found(unknown);
}

#[tokio::test]
async fn a_review_of_many_is_undone_but_for_what_was_decided_on_since() {
    let (world, _, posts) = waiting(3).await;
    let (store, id) = (&world.store, world.id());
    let review = seen(APPROVE);
    store.review_posts(id, &posts, &review, NOW).await.unwrap();
    // The same request again, as after a lost answer, has the same result.
    let again = store.review_posts(id, &posts, &review, NOW).await.unwrap();
    assert_eq!((again.changed.len(), again.decided_before.len()), (3, 0));
    store.review_posts(id, &posts[2..], &Review { seen: None, ..seen(EXCLUDE) }, NOW).await.unwrap();
    let undone = store.undo_review(id, review.review_id, NOW).await.unwrap();
    assert_eq!(undone.changed.len(), 2);
    assert_eq!(undone.decided_before.len(), 1);
    assert_eq!(store.pending_count(id).await.unwrap(), 2);
    assert_eq!(world.stale_days().await, 0);
    is_not_found(store.undo_review(id, Uuid::now_v7(), NOW).await);
}

#[tokio::test]
async fn three_hundred_creators_get_a_goal_with_as_many_statements_as_three_and_one_undo_takes_it_back() {
    let mut statements = Vec::new();
    for count in [3, 300] {
        let world = World::new().await;
        let new: Vec<_> = (0..count).map(|number| new_creator(&format!("c{number}"), TrackingMode::Auto)).collect();
        world.store.add_creators(world.id(), &new, NOW).await.unwrap();
        world.add_goal("c0", &goal("posts", "weekly", 5)).await;
        world.add_goal("c1", &goal("posts", "daily", 1)).await;
        let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
        let ids: Vec<Uuid> = program.creators.iter().map(|program| program.creator.creator_id).collect();
        let before = program.creators.iter().map(|program| program.goals.clone()).collect::<Vec<_>>();
        let assignment = GoalAssignment {
            assignment_id: Uuid::now_v7(),
            goal: goal("posts", "weekly", 7),
            existing: ExistingGoals::Change,
        };
        let ran = world.sql.statements_run();
        let outcomes = world.store.assign_goal(world.id(), &ids, &assignment, NOW).await.unwrap();
        statements.push(world.sql.statements_run() - ran);
        let changed = outcomes.iter().filter(|outcome| matches!(outcome, AssignOutcome::Changed(..))).count();
        let made = outcomes.iter().filter(|outcome| matches!(outcome, AssignOutcome::Made(_))).count();
        assert_eq!((changed, made), (1, count - 1));
        for standing in world.standings(NOW).await {
            let weekly = standing.evaluations.iter().filter(|(_, goal)| goal.target == 7);
            assert_eq!(weekly.count(), 1, "{}", standing.program.creator.handle);
        }
        let again = world.store.assign_goal(world.id(), &ids, &assignment, NOW).await.unwrap();
        assert_eq!(again, outcomes, "the same assignment sent again changes nothing and is told the same");
        let other = GoalAssignment { assignment_id: Uuid::now_v7(), ..assignment };
        let same = world.store.assign_goal(world.id(), &ids, &other, NOW).await.unwrap();
        assert!(same.iter().all(|outcome| matches!(outcome, AssignOutcome::Same(_))), "{same:?}");
        let back = world.store.undo_assignment(world.id(), assignment.assignment_id, NOW).await.unwrap();
        assert_eq!(back, count);
        let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
        for (creator, before) in program.creators.iter().zip(before) {
            let terms = |goals: &[program::goals::record::GoalRecord]| {
                goals.iter().map(|record| (record.goal_id, *record.goal.terms())).collect::<Vec<_>>()
            };
            assert_eq!(terms(&creator.goals), terms(&before));
        }
        let nothing = world.store.undo_assignment(world.id(), assignment.assignment_id, NOW).await.unwrap();
        assert_eq!(nothing, 0, "once is enough");
    }
    assert_eq!(statements[0], statements[1]);
}

#[tokio::test]
async fn a_handle_is_renamed_unless_another_creator_has_it_and_what_comes_in_follows() {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), post("2", "theo", "2026-08-18T10:00:00Z")]).await;
    let (mia, theo) = (world.creator("mia").await, world.creator("theo").await);
    let change = |name: &str| CreatorChange {
        handle: handle(name),
        display_name: None,
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: None,
    };
    let taken = store.update_creator(id, mia, &change("theo"), NOW).await.unwrap();
    assert_eq!(taken, UpdateCreatorOutcome::HandleTaken(theo));
    store.set_creator_removed(id, theo, true, NOW).await.unwrap();
    let taken = store.update_creator(id, mia, &change("theo"), NOW).await.unwrap();
    assert_eq!(taken, UpdateCreatorOutcome::HandleTaken(theo), "also of one who was removed");
    assert_eq!(store.update_creator(id, mia, &change("mia.moves"), NOW).await.unwrap(), UpdateCreatorOutcome::Updated);
    world.accept(vec![post("3", "mia.moves", "2026-08-19T10:00:00Z")]).await;
    assert_eq!(store.posts(id, mia, &PostsQuery::default()).await.unwrap().total, 2);
    let events = store.creator_events(id, mia, NOW..NOW.plus_millis(1)).await.unwrap();
    assert_eq!(events.len(), 1);
    let told = (events[0].kind, events[0].from.as_str(), events[0].to.as_str());
    assert_eq!(told, (CreatorEventKind::Renamed, "mia", "mia.moves"));
}

#[tokio::test]
async fn campaigns_nested_fifty_deep_count_everything_once() {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), views("1", "2026-08-18T12:00:00Z", 700)]).await;
    let mia = world.creator("mia").await;
    let mut campaigns = Vec::new();
    for depth in 0..50 {
        let terms = CampaignTerms { name: format!("Campaign {depth}"), notes: String::new(), target: None };
        let made = store.create_campaign(id, Uuid::now_v7(), &terms, NOW).await.unwrap().campaign_id;
        let mut items = vec![CampaignItem::Creator(mia)];
        items.extend(campaigns.last().copied().map(CampaignItem::Campaign));
        store.add_campaign_items(id, made, &items, NOW).await.unwrap();
        campaigns.push(made);
    }
    let page = text(world.get(&format!("/projects/{id}/campaigns/{}", campaigns[49])).await).await;
    let views = page.split_once(r#"data-stat="Views""#).and_then(|(_, rest)| rest.split_once('>')).unwrap().1;
    assert!(views.starts_with("700<"), "{views:.40}");
    let closing = [
        ("project_id", id.to_string()),
        ("campaign_id", campaigns[0].to_string()),
        ("inner", campaigns[49].to_string()),
    ];
    let closing: Vec<(&str, &str)> = closing.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = text(world.post("/forms/add_to_campaign", HTML, &closing).await).await;
    assert!(page.contains("Campaign 49 → Campaign 48 →"), "the way is named: {page}");
}

/// Checks at any time that the last change in the log of each goal's current period matches what the pages show.
#[rstest]
#[case(0, &["compliance", "creator", "milestone", "review"])]
#[case(9, &["compliance", "milestone", "review"])]
#[case(31, &["compliance", "milestone", "review"])]
#[case(50, &["compliance", "milestone", "review"])]
#[case(77, &["compliance", "milestone", "review"])]
#[case(131, &["compliance", "milestone"])]
#[tokio::test]
async fn the_change_log_agrees_with_the_pages(#[case] hours_ago: i64, #[case] kinds: &[&str]) {
    let (world, mia, posts) = waiting(12).await;
    let (store, id) = (&world.store, world.id());
    let mut facts = Vec::new();
    for number in 0..12_i64 {
        for step in 0..20_i64 {
            let captured_at = NOW.plus_millis(-step * 7 * HOUR - number * 60_000);
            facts.push(super::support::views(&number.to_string(), captured_at, 400 - step * 19 + number));
        }
    }
    for day in 0..12_i64 {
        let at = NOW.plus_millis(-day * DAY - 3 * HOUR);
        facts.push(followers(
            "mia",
            &chrono::DateTime::from_timestamp_millis(at.millis()).unwrap().to_rfc3339(),
            1_500 - day * 60,
        ));
    }
    world.accept(facts).await;
    // The pages show decisions as they stand now, whatever the instant, so none is made after it.
    for (place, post) in posts.iter().enumerate() {
        let decision = if place % 3 == 0 { EXCLUDE } else { APPROVE };
        let hours = i64::try_from(place).unwrap() * 11;
        if hours < hours_ago {
            continue;
        }
        store
            .review_posts(id, &[*post], &Review { seen: None, ..seen(decision) }, NOW.plus_millis(-hours * HOUR))
            .await
            .unwrap();
    }
    for (metric, period, target) in [
        ("posts", "weekly", 6),
        ("posts", "daily", 2),
        ("views", "weekly", 900),
        ("followers", "weekly", 300),
        ("views", "daily", 200),
    ] {
        world.add_goal("mia", &goal(metric, period, target)).await;
    }
    let as_of = NOW.plus_millis(-hours_ago * HOUR);
    let server = world.server_at(as_of);
    let log = change_log(&server, id, mia, None).await.unwrap();
    assert!(log.entries.is_sorted_by_key(|entry| std::cmp::Reverse(entry.at)));
    assert!(log.entries.iter().all(|entry| entry.at <= as_of));
    let standings = program::standings::judged::Judged::now(&server, id).await.unwrap().standings();
    let mut compared = 0;
    for (goal_id, judged) in &standings[0].evaluations {
        let told = log.entries.iter().find_map(|entry| match &entry.what {
            What::Compliance { goal, change, .. }
                if goal.goal_id == *goal_id && change.window.start == judged.window.start =>
            {
                Some(change.to)
            }
            _ => None,
        });
        assert_eq!(told.unwrap_or(Status::OnTrack), judged.status, "{:?} {:?}", judged.metric, judged.cadence);
        compared += usize::from(told.is_some());
    }
    assert!(compared > 0, "some verdict changed");
    let told: BTreeSet<&str> = log.entries.iter().map(|entry| entry.what.kind().name()).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), kinds);
}

#[tokio::test]
async fn a_milestone_is_told_when_it_is_reached_and_not_when_it_is_reached_again() {
    let world = World::new().await;
    let read = |day: &str, count| followers("mia", &format!("{day}T10:00:00Z"), count);
    world.accept(vec![read("2026-01-10", 900), read("2026-01-20", 12_000), read("2026-02-01", 9_500)]).await;
    world.accept(vec![read("2026-08-10", 9_900), read("2026-08-15", 10_400), read("2026-08-18", 20_100)]).await;
    let (server, mia) = (world.server(), world.creator("mia").await);
    let told = async |last: Option<&str>| {
        let last = last.map(|day| day.parse().unwrap());
        let log = change_log(&server, world.id(), mia, last).await.unwrap();
        let reached = log.entries.iter().filter_map(|entry| match entry.what {
            What::Milestone(count) => Some(count),
            _ => None,
        });
        reached.collect::<Vec<_>>()
    };
    assert_eq!(told(None).await, [20_000], "10,000 were reached in January");
    assert_eq!(told(Some("2026-01-31")).await, [10_000]);
}

#[tokio::test]
async fn a_decision_is_told_as_the_cause_of_what_it_changed() {
    let (world, mia, posts) = waiting(2).await;
    let (store, id) = (&world.store, world.id());
    world.add_goal("mia", &goal("posts", "weekly", 2)).await;
    world.accept(vec![collection("mia", "2026-08-19T11:00:00Z")]).await;
    store.review_posts(id, &posts, &seen(APPROVE), NOW.plus_millis(-HOUR / 2)).await.unwrap();
    let log = change_log(&world.server(), id, mia, None).await.unwrap();
    let told = log.entries.iter().find_map(|entry| match &entry.what {
        What::Compliance { change, post, .. } => Some((entry.at, change.cause.clone(), change.to, post.is_some())),
        _ => None,
    });
    let (at, cause, to, names_a_post) = told.expect("a verdict changed");
    assert!(matches!(cause, Cause::Reviewed(_)), "{cause:?}");
    assert_eq!((at, to, names_a_post), (NOW.plus_millis(-HOUR / 2), Status::OnTrack, true));
}

#[tokio::test]
async fn what_was_deleted_long_ago_does_not_come_back() {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 2)).await;
    let terms = CampaignTerms { name: "Spring".to_owned(), notes: String::new(), target: None };
    let campaign = store.create_campaign(id, Uuid::now_v7(), &terms, NOW).await.unwrap().campaign_id;
    let long_ago = NOW.plus_millis(-31 * DAY);
    store.delete_goal(id, goal_id, long_ago).await.unwrap();
    store.delete_campaign(id, campaign, long_ago).await.unwrap();
    let since = NOW.plus_millis(-30 * DAY);
    is_not_found(store.restore_goal(id, goal_id, since).await);
    is_not_found(store.restore_campaign(id, campaign, since).await);
    store.delete_project(id, long_ago).await.unwrap();
    is_not_found(store.restore_project(id, since).await);
    assert_eq!(store.project(id).await.unwrap(), None);
    assert_eq!(store.projects().await.unwrap(), []);
    is_not_found(store.delete_project(id, NOW).await);
}

#[tokio::test]
async fn a_table_for_spreadsheets_holds_what_the_overview_shows_and_no_formula() {
    let world = World::new().await;
    world
        .accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), super::short::profile("mia", "=HYPERLINK(\"x\")")])
        .await;
    world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    let table = |query: &str| format!("/projects/{}/overview.csv{query}", world.id());
    let answer = world.get(&table("")).await;
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let rows = text(answer).await;
    assert_eq!(rows.lines().count(), 2);
    assert!(
        rows.contains(
            "\"'=HYPERLINK(\"\"x\"\")\",\"'@mia\",\"posts\",\"weekly\",\"2026-08-17\",\"2026-08-23\",\"on_track\",1,5,20,0,,,0.9,\"\",,,\"\",\"no_data_yet\",\"\"\r\n"
        ),
        "{rows}"
    );
    assert_eq!(text(world.get(&table("?status=completed")).await).await.lines().count(), 1);
    assert_eq!(world.get(&format!("/projects/{}/overview.csv", Uuid::now_v7())).await.status(), 404);
}

/// Creates a project with this many of everything.
async fn of_size(many: i64) -> (World, Vec<String>) {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    let new: Vec<_> = (0..many)
        .map(|number| {
            let mode = if number % 2 == 0 { TrackingMode::Selective } else { TrackingMode::Auto };
            new_creator(&format!("c{number}"), mode)
        })
        .collect();
    store.add_creators(id, &new, NOW).await.unwrap();
    let mut facts = Vec::new();
    for number in 0..many {
        let name = format!("c{number}");
        for place in 0..3 {
            let video = format!("{number}-{place}");
            facts.push(post(&video, &name, "2026-08-18T10:00:00Z"));
            facts.push(views(&video, "2026-08-18T12:00:00Z", 100));
        }
        facts.push(followers(&name, "2026-08-18T12:00:00Z", 1_000));
    }
    world.accept(facts).await;
    let mut campaign = None;
    for number in 0..many {
        let name = format!("c{number}");
        world.add_goal(&name, &goal("posts", "weekly", 2)).await;
        world.add_goal(&name, &goal("views", "monthly", 500)).await;
        let target = compliance::campaign::CampaignTarget {
            views: 1_000 + number,
            start_date: Zone::UTC.date_of(NOW.plus_millis(-number * DAY)),
            target_date: Zone::UTC.date_of(NOW.plus_millis(9 * DAY)),
        };
        let terms = CampaignTerms { name: format!("Campaign {number}"), notes: "_x_".to_owned(), target: Some(target) };
        let made = store.create_campaign(id, Uuid::now_v7(), &terms, NOW).await.unwrap().campaign_id;
        let creator = world.creator(&name).await;
        let mut items = vec![CampaignItem::Creator(creator)];
        items.extend(campaign.map(CampaignItem::Campaign));
        let other = world.creator(&format!("c{}", (number + 1) % many)).await;
        let posts = store.posts(id, other, &PostsQuery::default()).await.unwrap().posts;
        items.extend(posts.iter().map(|post| CampaignItem::Post(post.post_id)));
        store.add_campaign_items(id, made, &items, NOW).await.unwrap();
        campaign = Some(made);
    }
    let base = format!("/projects/{id}");
    let creator = format!("{base}/creators/{}", world.creator("c0").await);
    let pages = vec![
        base.clone(),
        format!("{base}?view=columns"),
        format!("{base}?view=campaigns"),
        format!("{base}/overview.csv"),
        format!("{base}/creators"),
        format!("{base}/creators?view=table"),
        format!("{base}/inbox"),
        format!("{base}/campaigns"),
        format!("{base}/campaigns/{}", campaign.unwrap()),
        format!("{base}/goals/assign?from=creators&metric=posts&period=weekly&target_value=4&preview=1"),
        creator.clone(),
        format!("{creator}/posts"),
        format!("{creator}/goals"),
        format!("{creator}/log"),
        format!("{creator}/settings"),
        format!("{base}/import"),
        format!("{base}/settings"),
        "/projects".to_owned(),
    ];
    (world, pages)
}

#[tokio::test]
async fn a_page_runs_as_many_statements_for_many_as_for_few() {
    let counted = async |many: i64| {
        let (world, pages) = of_size(many).await;
        let mut counts = Vec::new();
        for page in &pages {
            // Loaded once before, because the first page fills the memory.
            assert_eq!(world.get(page).await.status(), 200, "{page}");
            let before = world.sql.statements_run();
            text(world.get(page).await).await;
            let (_, name) = page.split_at(page.len().min(46));
            counts.push((name.to_owned(), world.sql.statements_run() - before));
        }
        counts
    };
    let (few, many) = (counted(2).await, counted(14).await);
    let numbers = |counts: &[(String, u64)]| counts.iter().map(|(_, count)| *count).collect::<Vec<_>>();
    assert_eq!(numbers(&few), numbers(&many), "{few:?} {many:?}");
    assert!(few.iter().all(|(_, count)| *count > 0 && *count <= 25), "{few:?}");
}
