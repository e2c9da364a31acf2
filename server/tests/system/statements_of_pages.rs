//! Tests of the number of statements that a page runs.

use super::short::{followers, goal, post, views};
use super::support::{DAY, NOW, World, text};
use super::waiting_posts::tracked_for_a_month;
use compliance::calendar::{LocalDays as _, Zone};
use compliance::tracking::TrackingMode;
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::ids::CampaignId;
use program::posts::record::PostsQuery;

/// Creates a project with this many of everything.
async fn of_size(many: i64) -> (World, Vec<String>) {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    let new: Vec<_> = (0..many)
        .map(|number| {
            let mode = if number % 2 == 0 { TrackingMode::Selective } else { TrackingMode::Auto };
            tracked_for_a_month(&format!("c{number}"), mode)
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
        world.add_goal(&name, &goal("posts", "daily", 1)).await;
        let target = compliance::campaign::CampaignTarget {
            views: 1_000 + number,
            start_date: Zone::UTC.date_of(NOW.plus_millis(-number * DAY)),
            target_date: Zone::UTC.date_of(NOW.plus_millis(9 * DAY)),
        };
        let terms = CampaignTerms { name: format!("Campaign {number}"), notes: "_x_".to_owned(), target: Some(target) };
        let made = store.create_campaign(id, CampaignId::new(), &terms, NOW).await.unwrap().campaign_id;
        let creator = world.creator(&name).await;
        let mut items = vec![CampaignItem::Creator(creator)];
        items.extend(campaign.map(CampaignItem::Campaign));
        let other = world.creator(&format!("c{}", (number + 1) % many)).await;
        let posts = store.posts(id, other, &PostsQuery::default()).await.unwrap().posts;
        items.extend(posts.iter().map(|post| CampaignItem::Post(post.post_id)));
        store.add_campaign_items(id, made, &items, NOW).await.unwrap();
        campaign = Some(made);
    }
    let mut ticked = vec![("project_id", id.to_string())];
    for number in 0..many {
        ticked.push(("creator[]", world.creator(&format!("c{number}")).await.to_string()));
    }
    let ticked: Vec<(&str, &str)> = ticked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let message = world.post("/forms/plan_message", "text/html", &ticked).await;
    let message = message.headers()[axum::http::header::LOCATION].to_str().unwrap().to_owned();
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
        format!("{base}/calendar?month=2026-08&day=2026-08-18"),
        format!("{base}/calendar?month=2026-03"),
        format!("{base}/campaigns"),
        format!("{base}/campaigns/{}", campaign.unwrap()),
        format!("{base}/goals/assign?from=creators&metric=posts&period=weekly&target_value=4&preview=1"),
        creator.clone(),
        format!("{creator}/posts"),
        format!("{creator}/goals"),
        format!("{creator}/calendar?month=2026-08&day=2026-08-18"),
        format!("{creator}/log"),
        format!("{creator}/settings"),
        format!("{base}/import"),
        format!("{base}/settings"),
        format!("{base}/search?q=c"),
        message,
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
