//! Tests of campaigns in campaigns.

use super::short::{post, views};
use super::support::{NOW, World, text};
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::ids::CampaignId;

const HTML: &str = "text/html";

#[tokio::test]
async fn campaigns_nested_fifty_deep_count_everything_once() {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), views("1", "2026-08-18T12:00:00Z", 700)]).await;
    let mia = world.creator("mia").await;
    let mut campaigns = Vec::new();
    for depth in 0..50 {
        let terms = CampaignTerms { name: format!("Campaign {depth}"), notes: String::new(), target: None };
        let made = store.create_campaign(id, CampaignId::new(), &terms, NOW).await.unwrap().campaign_id;
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
