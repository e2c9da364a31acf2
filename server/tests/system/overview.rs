//! Tests of the overview: its groups, its headline, and how its rows open.

use super::short::{goal, new_creator, post, views};
use super::support::{NOW, World, text};
use compliance::fact::{Fact, PostFact};
use compliance::overview::Group;
use compliance::tracking::TrackingStatus;

/// A world with one creator at risk, one on track, one who was collected three days ago, one who never was, and one without
/// goals. It is Wednesday noon.
async fn world_of_groups() -> World {
    let world = World::new().await;
    let facts = vec![
        post("1", "late", "2026-08-10T10:00:00Z"),
        views("1", "2026-08-19T11:00:00Z", 5),
        post("2", "quick", "2026-08-17T10:00:00Z"),
        post("3", "quick", "2026-08-18T10:00:00Z"),
        views("2", "2026-08-19T11:00:00Z", 5),
        post("4", "quiet", "2026-08-10T10:00:00Z"),
        views("4", "2026-08-16T09:00:00Z", 5),
    ];
    world.accept(facts).await;
    world.store.add_creators(world.id(), &[new_creator("unseen"), new_creator("idle")], NOW).await.unwrap();
    for creator in ["late", "quick", "quiet", "unseen"] {
        world.add_goal(creator, &goal("posts", "weekly", 3)).await;
    }
    world.add_goal("late", &goal("views", "weekly", 100)).await;
    world
}

async fn page(world: &World, query: &str) -> String {
    let html = text(world.get(&format!("/projects/{}{query}", world.id())).await).await;
    html.split_once("<main").unwrap().1.to_owned()
}

/// Returns the groups and the creators in the order of the page.
fn shown(page: &str) -> Vec<String> {
    let starts = page.match_indices("id=\"group-").chain(page.match_indices("title=\"@"));
    let mut starts: Vec<(usize, &str)> = starts.collect();
    starts.sort_unstable();
    let name = |(at, found): &(usize, &str)| page[at + found.len()..].split('"').next().unwrap().to_owned();
    starts.iter().map(name).collect()
}

#[tokio::test]
async fn creators_are_listed_in_groups_and_who_waits_for_data_is_not_shown_as_well() {
    let world = world_of_groups().await;
    let html = page(&world, "").await;
    let expected =
        ["at_risk", "late", "waiting", "quiet", "unseen", "on_track", "quick", "no_goals", "idle"].map(str::to_owned);
    assert_eq!(shown(&html), expected, "{html}");
    assert!(html.contains("1 creator needs attention"), "{html}");
    let waiting = html.split("id=\"group-waiting\"").nth(1).unwrap().split("id=\"group-on_track\"").next().unwrap();
    assert!(waiting.contains("Waiting for data") && waiting.contains("<b>2</b>"), "{waiting}");
    assert!(waiting.contains("Stale: 3 days") && waiting.contains("not collected for 3 days"), "{waiting}");
    assert!(waiting.contains("No data yet") && waiting.contains("never collected"), "{waiting}");
    assert!(!waiting.contains("On Track"), "{waiting}");
}

#[tokio::test]
async fn where_nobody_has_looked_the_headline_does_not_say_that_all_is_well() {
    let world = World::new().await;
    world.store.add_creators(world.id(), &[new_creator("one"), new_creator("two")], NOW).await.unwrap();
    for creator in ["one", "two"] {
        world.add_goal(creator, &goal("posts", "weekly", 3)).await;
    }
    let html = page(&world, "").await;
    assert!(html.contains("2 creators wait for data") && !html.contains("No one needs attention"), "{html}");
    assert!(page(&world, "?q=one").await.contains("1 matching creator waits for data"));
}

#[tokio::test]
async fn a_folded_group_keeps_its_heading_and_its_number_and_a_cause_lists_its_creators_alone() {
    let world = world_of_groups().await;
    let html = page(&world, "?fold=waiting").await;
    assert_eq!(shown(&html), ["at_risk", "late", "waiting", "on_track", "quick", "no_goals", "idle"]);
    assert!(html.contains("href=\"?#fold-waiting\" aria-expanded=\"false\""), "{html}");
    let all_folded = Group::ALL.map(Group::name).join(".");
    let html = page(&world, &format!("?fold={all_folded}")).await;
    assert_eq!(shown(&html), ["at_risk", "waiting", "on_track", "no_goals"], "{html}");
    // In another order there are no groups that could be folded.
    assert_eq!(shown(&page(&world, "?fold=waiting&sort=name").await), ["idle", "late", "quick", "quiet", "unseen"]);
    let html = page(&world, "?group=waiting").await;
    assert_eq!(shown(&html), ["waiting", "quiet", "unseen"], "{html}");
    assert!(html.contains("remove this filter") && html.contains("1 creator needs attention"), "{html}");
    assert!(html.contains("2 creators shown"), "{html}");
    assert!(page(&world, "?q=nobody").await.contains("No creator matches"));
    let rows =
        text(world.get(&format!("/projects/{}/overview.csv?group=waiting&fold=waiting", world.id())).await).await;
    assert_eq!(rows.lines().count(), 3, "{rows}");
}

#[tokio::test]
async fn an_opened_creator_has_a_line_for_each_goal() {
    let world = world_of_groups().await;
    let html = page(&world, "").await;
    assert_eq!(html.matches("class=\"goal-line\"").count(), 0, "{html}");
    let link = html.split("aria-label=\"The 2 goals of late\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let (query, place) = link.split('"').next().unwrap().split_once('#').unwrap();
    let opened = page(&world, query).await;
    assert_eq!(opened.matches("class=\"goal-line\"").count(), 2, "{opened}");
    assert!(opened.contains(&format!("id=\"{place}\"")), "{opened}");
    // It is closed by the same link.
    assert!(opened.contains(&format!("href=\"?#{place}\"")), "{opened}");
}

/// Returns the row of a creator.
fn row<'p>(page: &'p str, creator: &str) -> &'p str {
    let start = page.find(&format!("title=\"@{creator}\"")).unwrap_or_else(|| panic!("{creator} is not on {page}"));
    page[start..].split("</li>").next().unwrap()
}

#[tokio::test]
async fn a_row_says_why_a_creator_is_behind_and_what_helps() {
    let world = world_of_groups().await;
    let html = page(&world, "").await;
    let late = row(&html, "late");
    assert!(late.contains("3 more by Sun") && late.contains("nothing since 10 Aug"), "{late}");
    for waiting in ["quiet", "unseen"] {
        let waiting = row(&html, waiting);
        assert!(waiting.contains("/import\">Import</a>"), "{waiting}");
    }
    assert!(!row(&html, "quick").contains("ov-remedy"), "{html}");

    let pending = ["2026-08-17T10:00:00Z", "2026-08-18T10:00:00Z"].map(|at| {
        let Fact::Post(fact) = post(&format!("1{}", &at[8..10]), "late", at) else { panic!("no post") };
        Fact::Post(PostFact { tracking_status: Some(TrackingStatus::PendingReview), ..fact })
    });
    world.accept(pending[..1].to_vec()).await;
    let html = page(&world, "").await;
    let inbox = format!("/inbox?creator={}\">Review</a>", world.creator("late").await);
    // One of three would still be behind: 1.08 are expected by Wednesday noon.
    let late = row(&html, "late");
    assert!(late.contains("1 post waits → Behind Pace") && late.contains(&inbox), "{late}");
    assert!(late.contains("1 post waits for approval. With it, Posts weekly would be Behind Pace"), "{late}");
    world.accept(pending[1..].to_vec()).await;
    let html = page(&world, "").await;
    assert!(row(&html, "late").contains("2 posts wait → On Track"), "{html}");
}

#[tokio::test]
async fn a_look_by_hand_gives_a_verdict() {
    let world = world_of_groups().await;
    let creator = world.creator("unseen").await.to_string();
    let posts = format!("/projects/{}/creators/{creator}/posts", world.id());
    assert!(text(world.get(&posts).await).await.contains("I looked at this creator now"));
    let fields = [("project_id", world.id().to_string()), ("creator_id", creator)];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = world.post("/forms/look_at_creator", "text/html", &fields).await;
    assert_eq!(answer.headers()["location"], format!("{posts}?done=looked"));
    let html = page(&world, "").await;
    assert_eq!(shown(&html)[..3], ["at_risk", "late", "unseen"], "{html}");
    assert!(!text(world.get(&posts).await).await.contains("I looked at this creator now"));
    // After a post was added by hand, a look is offered although the goals are judged.
    assert!(text(world.get(&format!("{posts}?done=post_added")).await).await.contains("I looked at this creator now"));
}
