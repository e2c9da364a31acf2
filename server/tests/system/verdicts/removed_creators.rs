//! Tests of facts and goals of a creator who was removed.

use super::{bring_in, judged};
use crate::program::Program;
use crate::short::{at, goal, post, views};
use crate::support::{NOW, World};
use program::creators::record::Membership;
use serde_json::{Value, json};

#[tokio::test]
async fn facts_of_a_removed_creator_are_kept_and_the_answer_says_so() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z"), post("2", "ana", "2026-08-17T08:00:00Z")]).await;
    let mia = world.creator("mia").await;
    world.store.set_membership(world.id(), mia, Membership::Removed, NOW).await.unwrap();
    let program = Program::writing(&world).await;
    let count = |creator: Value, at: &str, views: i64| {
        let mut fact = json!({"type": "post_stats", "tiktok_video_id": "1", "captured_at": at, "view_count": views});
        fact.as_object_mut().unwrap().extend(creator.as_object().unwrap().clone());
        json!([fact]).to_string()
    };
    let by_handle = program.facts(count(json!({"tiktok_handle": "mia"}), "2026-08-18T09:00:00Z", 10)).await;
    assert_eq!((&by_handle["accepted"], &by_handle["removed_creators"]), (&json!(1), &json!(["mia"])));
    let by_id = program.facts(count(json!({"creator_id": mia}), "2026-08-19T09:00:00Z", 60)).await;
    assert_eq!((&by_id["accepted"], &by_id["removed_creators"]), (&json!(1), &json!(["mia"])));
    let ana =
        json!([{"type": "collection", "tiktok_handle": "ana", "collected_at": "2026-08-19T09:00:00Z"}]).to_string();
    assert_eq!(program.facts(ana).await["removed_creators"], json!([]));
    let run = bring_in(&world, "video_id,captured_at,views\n1,2026-08-19T10:00:00Z,70\n", None).await;
    assert_eq!(run.removed, ["mia"]);
    // The facts were kept while the creator was removed.
    world.store.set_membership(world.id(), mia, Membership::Member, NOW).await.unwrap();
    world.add_goal("mia", &goal("views", "weekly", 100)).await;
    assert_eq!(judged(&world, "mia", "views", NOW).await.actual, 60, "the first reading is the baseline");
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn goals_of_a_removed_creator_can_be_read_and_not_made_or_changed() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-17T08:00:00Z"), views("1", "2026-08-18T08:00:00Z", 5)]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 2)).await;
    let mia = world.creator("mia").await;
    world.store.set_membership(world.id(), mia, Membership::Removed, NOW).await.unwrap();
    let (program, id) = (Program::writing(&world).await, world.id());
    let new = json!({"creator_id": mia, "metric": "views", "period": "weekly", "target_value": 5}).to_string();
    for _ in 0..2 {
        let (status, code, _) = program.refused("POST", &format!("/projects/{id}/goals"), &new).await;
        assert_eq!((status, code.as_str()), (409, "conflict"), "and nothing was made");
    }
    let one = format!("/projects/{id}/goals/{goal_id}");
    assert_eq!(program.get(&one).await["data"]["target_value"], 2);
    let listed = program.get(&format!("/projects/{id}/goals?creator_id={mia}")).await;
    assert_eq!(listed["data"].as_array().unwrap().len(), 1);
    assert_eq!(program.get(&format!("{one}/periods")).await["data"][0]["actual"], 1);
    assert_eq!(program.get(&format!("{one}/evidence")).await["data"]["sum"], 1);
    assert_eq!(program.refused("PATCH", &one, r#"{"target_value":9}"#).await.0, 409);
    // The forms give the same answer.
    let form = [("project_id", id.to_string()), ("creator_id", mia.to_string()), ("metric", "views".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let form = [form, vec![("period", "weekly"), ("target_value", "5")]].concat();
    let response = world.post("/forms/create_goal", "application/json", &form).await;
    assert_eq!(response.status().as_u16(), 409);
    let deleted = world.store.delete_goal(world.id(), goal_id, NOW).await;
    assert!(deleted.is_ok(), "what is no longer wanted can go");
    let back = world.store.restore_goal(world.id(), goal_id, at("2026-08-01T00:00:00Z")).await;
    assert!(matches!(back, Err(program::error::StoreError::CreatorRemoved)), "{back:?}");
}
