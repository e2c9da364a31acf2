//! Tests of goals for many creators at once.

use super::short::goal;
use super::support::{NOW, World};
use super::waiting_posts::tracked_for_a_month;
use compliance::assignment::ExistingGoals;
use compliance::tracking::TrackingMode;
use program::goals::record::{AssignOutcome, GoalAssignment};
use program::ids::{AssignmentId, CreatorId};

#[tokio::test]
async fn three_hundred_creators_get_a_goal_with_as_many_statements_as_three_and_one_undo_takes_it_back() {
    let mut statements = Vec::new();
    for count in [3, 300] {
        let world = World::new().await;
        let new: Vec<_> =
            (0..count).map(|number| tracked_for_a_month(&format!("c{number}"), TrackingMode::Auto)).collect();
        world.store.add_creators(world.id(), &new, NOW).await.unwrap();
        world.add_goal("c0", &goal("posts", "weekly", 5)).await;
        world.add_goal("c1", &goal("posts", "daily", 1)).await;
        let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
        let ids: Vec<CreatorId> = program.creators.iter().map(|program| program.creator.creator_id).collect();
        let before = program.creators.iter().map(|program| program.goals.clone()).collect::<Vec<_>>();
        let assignment = GoalAssignment {
            assignment_id: AssignmentId::new(),
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
        let other = GoalAssignment { assignment_id: AssignmentId::new(), ..assignment };
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
