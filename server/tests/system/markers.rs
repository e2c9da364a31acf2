//! Tests that the marker beside a status is the same wherever a goal is shown.

use super::short::{goal_between, post, views};
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
    let rows = text(world.get(&format!("{base}/overview.csv")).await).await;
    assert!(rows.contains(",\"missed\",1,5,") && rows.contains(",\"awaiting_data\",\"\"\r\n"), "{rows}");
}
