//! Assigning a goal to many creators, and undoing it.

use crate::accept::Batch;
use crate::change::Change;
use crate::engine::{Tx, sql};
use crate::error::DbResult;
use crate::goals::{add_versions, of_creators, overlaps, touch_some, version_row};
use crate::rows;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use compliance::assignment::{Assignment, assign as assign_to};
use compliance::goal::GoalVersion;
use program::assignments::store::AssignmentStore;
use program::error::StoreResult;
use program::goals::record::{AssignOutcome, GoalAssignment};
use program::ids::{AssignmentId, CreatorId, GoalId, ProjectId};
use std::collections::{BTreeSet, HashMap};

#[async_trait]
impl AssignmentStore for SqlStore {
    async fn assign_goal(
        &self,
        project_id: ProjectId,
        creators: &[CreatorId],
        assignment: &GoalAssignment,
        now: Instant,
    ) -> StoreResult<Vec<AssignOutcome>> {
        let ids: Vec<GoalId> = creators.iter().map(|_| GoalId::new()).collect();
        self.change(project_id, |tx| assign(tx, creators, assignment, &ids, now)).await
    }

    async fn undo_assignment(
        &self,
        project_id: ProjectId,
        assignment_id: AssignmentId,
        now: Instant,
    ) -> StoreResult<usize> {
        self.change(project_id, |tx| undo(tx, assignment_id, now)).await
    }
}

/// Assigns a goal to creators; `ids` are those of the goals to create, one for each creator.
async fn assign(
    mut tx: Change,
    creators: &[CreatorId],
    assignment: &GoalAssignment,
    ids: &[GoalId],
    now: Instant,
) -> DbResult<Vec<AssignOutcome>> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let (zone, week_start) = (project.zone, project.settings.week_start);
    let mut batch = Batch::new(project, now, "");
    batch.load_creators(&mut tx, creators.iter().copied()).await?;
    let goals = of_creators(&mut tx, project_id, creators).await?;
    let GoalAssignment { goal, existing, .. } = assignment;
    let given = given_before(&mut tx, project_id, assignment.assignment_id).await?;
    let (mut made, mut versions, mut touched) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut outcomes = Vec::with_capacity(creators.len());
    for (creator_id, goal_id) in creators.iter().zip(ids) {
        let known = batch.creators.get(creator_id).is_some_and(|state| state.row.creator.removed_at.is_none());
        let theirs = goals.get(creator_id).map(Vec::as_slice).unwrap_or_default();
        let plan = assign_to(theirs.iter().map(|record| &record.goal), goal, *existing, now, &zone, week_start);
        outcomes.push(match plan {
            _ if !given.is_empty() => {
                let theirs = theirs.first().map(|record| record.goal_id);
                given.get(creator_id).copied().or(theirs.map(AssignOutcome::Kept)).unwrap_or(AssignOutcome::Unknown)
            }
            _ if !known || touched.contains(creator_id) => AssignOutcome::Unknown,
            Assignment::Make => {
                made.push((*goal_id, *creator_id));
                versions.push(version_row(*goal_id, &goal.terms));
                touched.insert(*creator_id);
                AssignOutcome::Made(*goal_id)
            }
            Assignment::Change(place, terms) => {
                let record = &theirs[place];
                versions.push(version_row(record.goal_id, &terms));
                touched.insert(*creator_id);
                AssignOutcome::Changed(record.goal_id, *record.goal.terms())
            }
            // Created by an earlier try that lost the answer.
            Assignment::Same(place) if theirs[place].goal_id == *goal_id => AssignOutcome::Made(*goal_id),
            Assignment::Same(place) => AssignOutcome::Same(theirs[place].goal_id),
            Assignment::Keep(place) => AssignOutcome::Kept(theirs[place].goal_id),
            Assignment::Several => AssignOutcome::Several,
        });
    }
    if touched.is_empty() {
        return Ok(outcomes);
    }
    touch_some(&mut tx, touched).await?;
    if !made.is_empty() {
        tx.query(sql!("goals_insert"))
            .bind(project_id)
            .bind(goal.metric.name())
            .bind(goal.cadence.name())
            .bind(now.millis())
            .rows(&made)
            .execute()
            .await?;
    }
    add_versions(&mut tx, project_id, Some(assignment.assignment_id), &versions, now).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// Returns the earlier results of an assignment, by creator, if it was made before: a form may be sent twice.
async fn given_before(
    tx: &mut Tx,
    project_id: ProjectId,
    assignment_id: AssignmentId,
) -> DbResult<HashMap<CreatorId, AssignOutcome>> {
    let found = tx.query(sql!("goals_of_assignment")).bind(project_id).bind(assignment_id).all().await?;
    let (mut given, mut changed) = (HashMap::new(), HashMap::new());
    for row in &found {
        let (goal_id, creator_id, version) =
            (row.id("goal_id")?, row.id("creator_id")?, row.try_get::<i64>("version")?);
        if version == 1 {
            given.insert(creator_id, AssignOutcome::Made(goal_id));
        } else {
            changed.insert(goal_id, (creator_id, version));
        }
    }
    if !changed.is_empty() {
        let rows: Vec<(GoalId, i64)> = changed.iter().map(|(goal_id, (_, version))| (*goal_id, *version)).collect();
        for row in &tx.query(sql!("goal_versions_before")).bind(project_id).rows(&rows).all().await? {
            let goal_id = row.id("goal_id")?;
            if let Some((creator_id, _)) = changed.get(&goal_id) {
                given.insert(*creator_id, AssignOutcome::Changed(goal_id, rows::terms(row)?));
            }
        }
    }
    Ok(given)
}

/// Undoes an assignment, except for goals that were edited since, and returns the number of goals it reverted.
async fn undo(mut tx: Change, assignment_id: AssignmentId, now: Instant) -> DbResult<usize> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let found = tx.query(sql!("goals_of_assignment")).bind(project_id).bind(assignment_id).all().await?;
    let (mut made, mut changed, mut touched) = (Vec::new(), HashMap::new(), BTreeSet::new());
    for row in &found {
        let (goal_id, creator_id) = (row.id("goal_id")?, row.id("creator_id")?);
        let (version, last): (i64, i64) = (row.try_get("version")?, row.try_get("last_version")?);
        match version {
            _ if version != last => {} // edited since
            1 => {
                made.push(goal_id);
                touched.insert(creator_id);
            }
            _ => drop(changed.insert(goal_id, (creator_id, version))),
        }
    }
    let mut versions = Vec::new();
    if !changed.is_empty() {
        let owners: Vec<CreatorId> = changed.values().map(|(creator_id, _)| *creator_id).collect();
        let goals = of_creators(&mut tx, project_id, &owners).await?;
        let rows: Vec<(GoalId, i64)> = changed.iter().map(|(goal_id, (_, version))| (*goal_id, *version)).collect();
        for row in &tx.query(sql!("goal_versions_before")).bind(project_id).rows(&rows).all().await? {
            let (goal_id, terms) = (row.id("goal_id")?, rows::terms(row)?);
            let Some((creator_id, _)) = changed.get(&goal_id) else { continue };
            let theirs = goals.get(creator_id).map(Vec::as_slice).unwrap_or_default();
            let Some(record) = theirs.iter().find(|record| record.goal_id == goal_id) else { continue };
            let back = record.goal.clone().edited(GoalVersion { made_at: now, terms });
            if !(terms.is_active && overlaps(theirs, goal_id, &back, &project)) {
                versions.push(version_row(goal_id, &terms));
                touched.insert(*creator_id);
            }
        }
    }
    if touched.is_empty() {
        return Ok(0);
    }
    touch_some(&mut tx, touched).await?;
    if !made.is_empty() {
        tx.query(sql!("goals_delete")).bind(project_id).bind(now.millis()).list(made.iter().copied()).execute().await?;
    }
    add_versions(&mut tx, project_id, None, &versions, now).await?;
    tx.commit().await?;
    Ok(made.len() + versions.len())
}
