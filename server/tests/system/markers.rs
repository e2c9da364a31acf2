//! Tests that the marker beside a status is the same wherever a goal is shown.

use super::short::{goal, goal_between, post, views};
use super::support::{World, location, text};

#[tokio::test]
async fn a_goal_past_its_last_day_that_nobody_looked_at_since_awaits_data_wherever_it_is_shown() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-10T10:00:00Z"), views("1", "2026-08-12T10:00:00Z", 5)]).await;
    let goal = goal_between("posts", "weekly", 5, "2026-08-03", "2026-08-16");
    world.add_goal("mia", &goal).await;
    let (base, creator) = (format!("/projects/{}", world.id()), world.creator("mia").await);
    let campaign = [("project_id", world.id().to_string()), ("name", "Launch".to_owned())];
    let campaign: Vec<(&str, &str)> = campaign.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = location(&world.post("/forms/create_campaign", "text/html", &campaign).await);
    let campaign_id = made.split(['/', '?']).nth(4).unwrap().to_owned();
    let creator_id = creator.to_string();
    let item =
        [("project_id", world.id().to_string()), ("campaign_id", campaign_id.clone()), ("creator[]", creator_id)];
    let item: Vec<(&str, &str)> = item.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.post("/forms/add_to_campaign", "text/html", &item).await;
    for page in [
        base.clone(),
        format!("{base}?view=columns"),
        format!("{base}?view=campaigns"),
        format!("{base}/creators"),
        format!("{base}/creators?view=table"),
        format!("{base}/campaigns/{campaign_id}"),
        format!("{base}/creators/{creator}"),
        format!("{base}/creators/{creator}/goals"),
    ] {
        let html = text(world.get(&page).await).await;
        let (_, main) = html.split_once("<main").unwrap();
        assert!(main.contains("Awaiting data"), "{page}: {main}");
    }
    let card = text(world.get(&format!("{base}/creators/{creator}/goals")).await).await;
    assert!(card.contains("Nothing was collected since it ended.") && !card.contains("short of the target"), "{card}");
    let rows = text(world.get(&format!("{base}/overview.csv")).await).await;
    assert!(rows.contains(",\"missed\",1,5,") && rows.contains(",\"awaiting_data\",\"\"\r\n"), "{rows}");
}

#[tokio::test]
async fn what_a_goal_needs_comes_whole_and_one_is_singular() {
    // It is Wednesday noon: four and a half days of the week are left.
    for (published_at, target, of, sentence) in [
        (
            "2026-08-18T10:00:00Z",
            12,
            "of 12 posts<",
            "At Risk: 1 post; 4.28 expected by now, under 70 %. 11 more by Sunday.",
        ),
        (
            "2026-08-18T10:00:00Z",
            3,
            "of 3 posts<",
            "Behind Pace: 1 post; 1.07 expected by now, under 100 %. 2 more by Sunday.",
        ),
        (
            "2026-08-14T10:00:00Z",
            1,
            "of 1 post<",
            "At Risk: 0 posts; 0.35 expected by now, under 70 %. 1 more by Sunday.",
        ),
    ] {
        let world = World::new().await;
        world.accept(vec![post("1", "mia", published_at), views("1", "2026-08-19T12:00:00Z", 1)]).await;
        world.add_goal("mia", &goal("posts", "weekly", target)).await;
        let page = format!("/projects/{}/creators/{}/goals", world.id(), world.creator("mia").await);
        let card = text(world.get(&page).await).await;
        assert!(card.contains(of), "{of}: {card}");
        assert!(card.contains(sentence), "{sentence}: {card}");
    }
}

#[tokio::test]
async fn a_goal_has_a_chart_with_a_table_and_says_once_what_is_in_progress() {
    let world = World::new().await;
    let readings = [("2026-08-18T11:00:00Z", 100), ("2026-08-19T08:30:00Z", 300), ("2026-08-19T10:00:00Z", 800)];
    let readings = readings.map(|(at, count)| views("1", at, count));
    world.accept([post("1", "mia", "2026-08-18T10:00:00Z")].into_iter().chain(readings).collect()).await;
    world.add_goal("mia", &goal("posts", "weekly", 12)).await;
    world.add_goal("mia", &goal("views", "daily", 1_000)).await;
    let page =
        text(world.get(&format!("/projects/{}/creators/{}/goals", world.id(), world.creator("mia").await)).await).await;
    assert_eq!(page.matches("class=\"pace-chart\"").count(), 2, "{page}");
    assert_eq!(page.matches("until a period ends").count(), 1, "{page}");
    assert!(!page.contains("still in progress"), "{page}");
    assert_eq!(page.matches("id=\"pace-hatch\"").count(), 1, "{page}");
    for value in [
        // Of twelve posts, 35 of 168 hours are 2.5, and 58 are 4.14; of a thousand views, 8.5 of 24 are 355, and 10 are 417.
        "18 Aug: 1 post, 2.5 expected",
        "19 Aug, 10:00: 1 post, 4.14 expected",
        "19 Aug, 08:30: 200 views, 355 expected",
        "19 Aug, 10:00: 700 views, 417 expected",
        "Not looked at: 19 Aug, 10:00 to 19 Aug, 12:00.",
    ] {
        assert!(page.contains(value), "{value}: {page}");
    }
}
