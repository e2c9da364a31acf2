//! Tests of closed periods of a goal that was edited.

use super::{compliance_at, judged};
use crate::program::Program;
use crate::short::{at, collection, date, goal, post};
use crate::support::{NOW, World};
use compliance::Instant;
use compliance::terms::GoalTerms;
use program::goals::record::GoalOutcome;
use program::ids::GoalId;
use serde_json::{Value, json};

async fn edit(world: &World, goal_id: GoalId, at: Instant, change: impl FnOnce(&mut GoalTerms)) {
    let mut terms = *world.store.goal(world.id(), goal_id).await.unwrap().unwrap().goal.terms();
    change(&mut terms);
    assert_eq!(world.store.edit_goal(world.id(), goal_id, &terms, at).await.unwrap(), GoalOutcome::Stored);
}

/// The first days and actuals of a goal's periods over the API.
async fn periods(world: &World, goal_id: GoalId) -> Vec<(String, i64)> {
    let program = Program::new(world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goals/{goal_id}/periods?from=2026-07-27&to=2026-08-19", world.id());
    let answer = program.get(&path).await;
    let of = |period: &Value| {
        let start = period["advisory"]["period_start"].as_str().unwrap()[..10].to_owned();
        (start, period["actual"].as_i64().unwrap())
    };
    answer["data"].as_array().unwrap().iter().map(of).collect()
}

#[tokio::test]
async fn a_start_date_moved_ahead_hides_no_closed_period() {
    let world = World::new().await;
    world
        .accept(vec![
            post("1", "mia", "2026-08-04T08:00:00Z"),
            post("2", "mia", "2026-08-12T08:00:00Z"),
            collection("mia", "2026-08-19T08:00:00Z"),
        ])
        .await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 1)).await;
    edit(&world, goal_id, NOW, |terms| terms.start_date = Some(date("2026-09-07"))).await;
    let weeks = [("2026-08-10", 1), ("2026-08-03", 1), ("2026-07-27", 0)].map(|(day, actual)| (day.to_owned(), actual));
    assert_eq!(periods(&world, goal_id).await, weeks);
    let program = Program::new(&world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goals/{goal_id}/evidence?period_start=2026-08-10", world.id());
    let evidence = program.get(&path).await;
    assert_eq!((&evidence["data"]["sum"], &evidence["data"]["evaluation"]["status"]), (&json!(1), &json!("completed")));
    let creator = world.creator("mia").await;
    let page =
        crate::support::text(world.get(&format!("/projects/{}/creators/{creator}/goals", world.id())).await).await;
    assert!(page.contains("on=2026-08-10"), "the strip shows the weeks before");
}

#[tokio::test]
async fn a_period_that_closed_while_the_goal_was_off_is_judged_nowhere() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-12T08:00:00Z"), collection("mia", "2026-08-19T08:00:00Z")]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 1)).await;
    edit(&world, goal_id, at("2026-08-11T08:00:00Z"), |terms| terms.is_active = false).await;
    edit(&world, goal_id, at("2026-08-18T08:00:00Z"), |terms| terms.is_active = true).await;
    let weeks = [("2026-08-17", 0), ("2026-08-03", 0), ("2026-07-27", 0)].map(|(day, actual)| (day.to_owned(), actual));
    assert_eq!(periods(&world, goal_id).await, weeks);
    assert_eq!(judged(&world, "mia", "posts", NOW).await.previous, None);
    assert_eq!(compliance_at(&world, NOW, "?reference_date=2026-08-13").await, json!([]));
    assert_eq!(compliance_at(&world, NOW, "?reference_date=2026-08-06").await.as_array().unwrap().len(), 1);
    let program = Program::new(&world, Some(world.id()), false).await;
    let path = format!("/projects/{}/goals/{goal_id}/evidence?period_start=2026-08-10", world.id());
    assert_eq!(program.refused("GET", &path, "").await.0, 400);
}
