//! Tests of goals and their versions in the store.

use super::short::{at, collection, goal, goal_between, is_not_found, profile};
use super::support::{NOW, World};
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;
use program::goals::record::GoalOutcome;
use program::ids::GoalId;

#[tokio::test]
async fn a_second_active_goal_over_the_same_dates_is_refused() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    world.accept(vec![profile("mia", "Mia"), profile("noa", "Noa")]).await;
    let (mia, noa) = (world.creator("mia").await, world.creator("noa").await);
    let first = goal_between("posts", "weekly", 10, "2026-08-02", "2026-08-31");
    let give = async |creator, goal| {
        let goal_id = GoalId::new();
        let made = store.create_goal(project_id, creator, goal_id, &goal, NOW).await.unwrap();
        (made == GoalOutcome::Stored).then_some(goal_id)
    };
    let made = give(mia, first).await.expect("the first goal");
    assert_eq!(give(mia, goal_between("posts", "weekly", 5, "2026-08-31", "")).await, None);
    assert_eq!(give(mia, goal_between("posts", "weekly", 5, "", "")).await, None);
    let later = give(mia, goal_between("posts", "weekly", 5, "2026-09-01", "")).await.expect("other dates");
    assert!(give(mia, goal_between("posts", "daily", 1, "", "")).await.is_some(), "another period");
    assert!(give(mia, goal_between("views", "weekly", 1, "", "")).await.is_some(), "another metric");
    assert!(give(noa, first).await.is_some(), "another creator");

    let terms = |goal: &NewGoal| goal.terms;
    let longer = terms(&goal_between("posts", "weekly", 10, "2026-08-02", "2026-09-01"));
    assert_eq!(
        store.edit_goal(project_id, made, &longer, NOW).await.unwrap(),
        GoalOutcome::Overlaps,
        "would overlap the later one"
    );
    let ended = GoalTerms { is_active: false, ..terms(&goal_between("posts", "weekly", 5, "2026-09-01", "")) };
    assert_eq!(store.edit_goal(project_id, later, &ended, NOW).await.unwrap(), GoalOutcome::Stored);
    assert_eq!(
        store.edit_goal(project_id, made, &longer, NOW).await.unwrap(),
        GoalOutcome::Stored,
        "an ended goal is in nobody's way"
    );
    let resumed = GoalTerms { is_active: true, ..ended };
    assert_eq!(store.edit_goal(project_id, later, &resumed, NOW).await.unwrap(), GoalOutcome::Overlaps);
    let goals = store.goals(project_id, mia).await.unwrap();
    let record = goals.iter().find(|record| record.goal_id == later).unwrap();
    assert!(!record.goal.terms().is_active, "a refused edit changes nothing");
}

#[tokio::test]
async fn an_edit_appends_a_version_and_closed_periods_keep_theirs() {
    let world = World::new().await;
    let (store, project_id) = (&world.store, world.id());
    world.accept(vec![profile("mia", "Mia"), collection("mia", "2026-08-19T12:00:00Z")]).await;
    let goal_id = world.add_goal("mia", &goal("posts", "weekly", 10)).await;
    let mia = world.creator("mia").await;
    let terms = GoalTerms { target_value: 20, ..goal("posts", "weekly", 10).terms };
    assert_eq!(store.edit_goal(project_id, goal_id, &terms, NOW).await.unwrap(), GoalOutcome::Stored);
    let version = world.now_project().await.version;
    assert_eq!(store.edit_goal(project_id, goal_id, &terms, NOW).await.unwrap(), GoalOutcome::Stored);
    assert_eq!(world.now_project().await.version, version, "an edit that changes nothing makes no version");

    let standings = world.standings(NOW).await;
    let (_, evaluation) = &standings[0].evaluations[0];
    assert_eq!(evaluation.target, 20);
    assert_eq!(evaluation.previous.as_ref().unwrap().target, 10);
    let goals = store.goals(project_id, mia).await.unwrap();
    assert_eq!(goals.len(), 1);
    assert_eq!(goals[0].goal.terms().target_value, 20);
    assert_eq!(goals[0].goal.made_at(), at("2026-07-02T00:00:00Z"));

    store.delete_goal(project_id, goal_id, NOW).await.unwrap();
    assert_eq!(store.goals(project_id, mia).await.unwrap(), []);
    assert!(world.standings(NOW).await[0].evaluations.is_empty());
    is_not_found(store.delete_goal(project_id, goal_id, NOW).await);
    is_not_found(store.edit_goal(project_id, goal_id, &terms, NOW).await);
}
