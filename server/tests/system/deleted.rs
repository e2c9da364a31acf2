//! Tests of what was deleted too long ago to be restored.

use super::short::{goal, is_not_found, post};
use super::support::{DAY, NOW, World};
use program::campaigns::record::CampaignTerms;
use program::ids::CampaignId;

#[tokio::test]
async fn what_was_deleted_long_ago_cannot_be_restored() {
    let world = World::new().await;
    let (store, id) = (&world.store, world.id());
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 2)).await;
    let terms = CampaignTerms { name: "Spring".to_owned(), notes: String::new(), target: None };
    let campaign = store.create_campaign(id, CampaignId::new(), &terms, NOW).await.unwrap().campaign_id;
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
