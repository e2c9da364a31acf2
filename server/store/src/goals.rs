//! Goals and their versions.

use super::accept::Batch;
use super::engine::{Engine, Tx, sql};
use super::rows::stored_date;
use crate::change::Change;
use crate::error::{DbError, DbResult};
use crate::retry::retried;
use crate::rows;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use compliance::assignment::{Assignment, assign as assign_to};
use compliance::goal::{Goal, GoalVersion};
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;
use program::error::StoreResult;
use program::goals::record::{AssignOutcome, GoalAssignment, GoalOutcome, GoalRecord, GoalsPart};
use program::goals::store::GoalStore;
use program::ids::{AssignmentId, CreatorId, GoalId, ProjectId};
use program::projects::record::Project;
use program::undo::Deleted;
use std::collections::{BTreeSet, HashMap};

#[async_trait]
impl GoalStore for SqlStore {
    async fn goal(&self, project_id: ProjectId, goal_id: GoalId) -> StoreResult<Option<GoalRecord>> {
        Ok(retried(|| find(&self.engine, project_id, goal_id)).await?)
    }

    async fn goals_after(&self, project_id: ProjectId, part: &GoalsPart) -> StoreResult<Vec<GoalRecord>> {
        Ok(retried(|| after(&self.engine, project_id, part)).await?)
    }

    async fn goals(&self, project_id: ProjectId, creator_id: CreatorId) -> StoreResult<Vec<GoalRecord>> {
        Ok(retried(|| of_creator(&self.engine, project_id, creator_id)).await?)
    }

    async fn create_goal(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        goal_id: GoalId,
        goal: &NewGoal,
        now: Instant,
    ) -> StoreResult<GoalOutcome> {
        self.change(project_id, |tx| create(tx, creator_id, goal_id, goal, now)).await
    }

    async fn edit_goal(
        &self,
        project_id: ProjectId,
        goal_id: GoalId,
        terms: &GoalTerms,
        now: Instant,
    ) -> StoreResult<GoalOutcome> {
        self.change(project_id, |tx| edit(tx, goal_id, terms, now)).await
    }

    async fn delete_goal(&self, project_id: ProjectId, goal_id: GoalId, now: Instant) -> StoreResult<()> {
        self.removal(project_id, |tx| delete(tx, goal_id, now)).await
    }

    async fn deleted_goals(
        &self,
        project_id: ProjectId,
        creator_id: CreatorId,
        since: Instant,
    ) -> StoreResult<Vec<Deleted<GoalRecord>>> {
        Ok(retried(|| deleted(&self.engine, project_id, creator_id, since)).await?)
    }

    async fn restore_goal(&self, project_id: ProjectId, goal_id: GoalId, since: Instant) -> StoreResult<GoalOutcome> {
        self.change(project_id, |tx| restore(tx, goal_id, since)).await
    }

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
        self.change(project_id, |tx| undo_assignment(tx, assignment_id, now)).await
    }
}

pub async fn of_creator(engine: &Engine, project_id: ProjectId, creator_id: CreatorId) -> DbResult<Vec<GoalRecord>> {
    list(&mut engine.read().await?, project_id, creator_id).await
}

pub async fn find(engine: &Engine, project_id: ProjectId, goal_id: GoalId) -> DbResult<Option<GoalRecord>> {
    let mut connection = engine.read_once().await?;
    let found = connection.query(sql!("goal")).bind(project_id).bind(goal_id).all().await?;
    Ok(rows::goals(&found)?.pop())
}

pub async fn after(engine: &Engine, project_id: ProjectId, part: &GoalsPart) -> DbResult<Vec<GoalRecord>> {
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("goals_after")).bind(project_id).bind(part.after).bind(part.creator_id);
    Ok(rows::goals(&query.bind(i64::from(part.limit)).all().await?)?)
}

async fn list(tx: &mut Tx, project_id: ProjectId, creator_id: CreatorId) -> DbResult<Vec<GoalRecord>> {
    let found = tx.query(sql!("goals_of_creator")).bind(project_id).bind(creator_id).all().await?;
    Ok(rows::goals(&found)?)
}

async fn create(
    mut tx: Change,
    creator_id: CreatorId,
    goal_id: GoalId,
    new: &NewGoal,
    now: Instant,
) -> DbResult<GoalOutcome> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    in_program(&mut tx, project_id, creator_id).await?;
    touch(&mut tx, creator_id).await?;
    let goal = Goal::new(new.metric, new.cadence, GoalVersion { made_at: now, terms: new.terms });
    let goals = list(&mut tx, project_id, creator_id).await?;
    if goals.iter().any(|record| record.goal_id == goal_id) {
        return Ok(GoalOutcome::Stored); // created by an earlier try that lost the answer, or by a form that was sent twice
    }
    if tx.query(sql!("goal_creator")).bind(project_id).bind(goal_id).optional().await?.is_some() {
        return Err(DbError::NotFound); // it was created, and deleted since
    }
    if overlaps(&goals, goal_id, &goal, &project) {
        return Ok(GoalOutcome::Overlaps);
    }
    tx.query(sql!("goal_insert"))
        .bind(project_id)
        .bind(goal_id)
        .bind(creator_id)
        .bind(new.metric.name())
        .bind(new.cadence.name())
        .bind(now.millis())
        .execute()
        .await?;
    add_versions(&mut tx, project_id, None, &[version_row(goal_id, &new.terms)], now).await?;
    tx.commit().await?;
    Ok(GoalOutcome::Stored)
}

async fn edit(mut tx: Change, goal_id: GoalId, terms: &GoalTerms, now: Instant) -> DbResult<GoalOutcome> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let creator_id = creator_of(&mut tx, project_id, goal_id).await?;
    in_program(&mut tx, project_id, creator_id).await?;
    touch(&mut tx, creator_id).await?;
    let goals = list(&mut tx, project_id, creator_id).await?;
    let record = goals.iter().find(|record| record.goal_id == goal_id).ok_or(DbError::NotFound)?;
    if record.goal.terms() == terms {
        return Ok(GoalOutcome::Stored);
    }
    let edited = record.goal.clone().edited(GoalVersion { made_at: now, terms: *terms });
    if terms.is_active && overlaps(&goals, goal_id, &edited, &project) {
        return Ok(GoalOutcome::Overlaps);
    }
    add_versions(&mut tx, project_id, None, &[version_row(goal_id, terms)], now).await?;
    tx.commit().await?;
    Ok(GoalOutcome::Stored)
}

async fn delete(mut tx: Change, goal_id: GoalId, now: Instant) -> DbResult<()> {
    let project_id = tx.project_id();
    let creator_id = creator_of(&mut tx, project_id, goal_id).await?;
    touch(&mut tx, creator_id).await?;
    tx.query(sql!("goal_delete")).bind(project_id).bind(goal_id).bind(now.millis()).execute().await?;
    tx.commit().await
}

pub async fn deleted(
    engine: &Engine,
    project_id: ProjectId,
    creator_id: CreatorId,
    since: Instant,
) -> DbResult<Vec<Deleted<GoalRecord>>> {
    deleted_in(&mut engine.read().await?, project_id, creator_id, since).await
}

async fn deleted_in(
    tx: &mut Tx,
    project_id: ProjectId,
    creator_id: CreatorId,
    since: Instant,
) -> DbResult<Vec<Deleted<GoalRecord>>> {
    let query = tx.query(sql!("goals_deleted_of_creator")).bind(project_id).bind(creator_id).bind(since.millis());
    let found = query.all().await?;
    let mut deleted_at: HashMap<GoalId, Instant> = HashMap::new();
    for row in &found {
        deleted_at.insert(row.id("goal_id")?, row.instant("deleted_at")?);
    }
    let goals = rows::goals(&found)?.into_iter();
    Ok(goals.filter_map(|what| Some(Deleted { deleted_at: *deleted_at.get(&what.goal_id)?, what })).collect())
}

async fn restore(mut tx: Change, goal_id: GoalId, since: Instant) -> DbResult<GoalOutcome> {
    let project_id = tx.project_id();
    let project = tx.project().clone();
    let creator_id = tx.query(sql!("goal_creator")).bind(project_id).bind(goal_id).optional().await?;
    let creator_id = creator_id.ok_or(DbError::NotFound)?.id("creator_id")?;
    in_program(&mut tx, project_id, creator_id).await?;
    let goals = list(&mut tx, project_id, creator_id).await?;
    if goals.iter().any(|record| record.goal_id == goal_id) {
        return Ok(GoalOutcome::Stored); // restored by an earlier try that lost the answer, or by somebody else
    }
    let deleted = deleted_in(&mut tx, project_id, creator_id, since).await?;
    let goal = deleted.into_iter().find(|deleted| deleted.what.goal_id == goal_id).ok_or(DbError::NotFound)?.what.goal;
    if goal.terms().is_active && overlaps(&goals, goal_id, &goal, &project) {
        return Ok(GoalOutcome::Overlaps);
    }
    touch(&mut tx, creator_id).await?;
    tx.query(sql!("goal_restore")).bind(project_id).bind(goal_id).execute().await?;
    tx.commit().await?;
    Ok(GoalOutcome::Stored)
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

async fn undo_assignment(mut tx: Change, assignment_id: AssignmentId, now: Instant) -> DbResult<usize> {
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

async fn of_creators(
    tx: &mut Tx,
    project_id: ProjectId,
    creators: &[CreatorId],
) -> DbResult<HashMap<CreatorId, Vec<GoalRecord>>> {
    let found = tx.query(sql!("goals_of_creators")).bind(project_id).list(creators.iter().copied()).all().await?;
    let mut goals: HashMap<CreatorId, Vec<GoalRecord>> = HashMap::new();
    for record in rows::goals(&found)? {
        goals.entry(record.creator_id).or_default().push(record);
    }
    Ok(goals)
}

/// Returns whether another active goal of the same creator covers some of the same dates.
fn overlaps(goals: &[GoalRecord], goal_id: GoalId, goal: &Goal, project: &Project) -> bool {
    let others = goals.iter().filter(|other| other.goal_id != goal_id && other.goal.terms().is_active);
    others.into_iter().any(|other| other.goal.overlaps(goal, &project.zone, project.settings.week_start))
}

/// A goal's id and its terms, as a row of arguments.
type VersionRow = (GoalId, i64, Option<i32>, Option<i32>, bool);

fn version_row(goal_id: GoalId, terms: &GoalTerms) -> VersionRow {
    let GoalTerms { target_value, start_date, end_date, is_active } = *terms;
    (goal_id, target_value, stored_date(start_date), stored_date(end_date), is_active)
}

async fn add_versions(
    tx: &mut Tx,
    project_id: ProjectId,
    assignment_id: Option<AssignmentId>,
    versions: &[VersionRow],
    now: Instant,
) -> DbResult<()> {
    if !versions.is_empty() {
        let insert = tx.query(sql!("goal_versions_insert")).bind(project_id).bind(now.millis()).bind(assignment_id);
        insert.rows(versions).execute().await?;
    }
    Ok(())
}

/// Marks creators as changed under the project's next version.
async fn touch_some(tx: &mut Change, creators: BTreeSet<CreatorId>) -> DbResult<()> {
    let (project_id, version) = (tx.project_id(), tx.version().await?);
    tx.query(sql!("creators_touch_some")).bind(project_id).bind(version).list(creators).execute().await?;
    Ok(())
}

/// Refuses a creator who was removed.
async fn in_program(tx: &mut Tx, project_id: ProjectId, creator_id: CreatorId) -> DbResult<()> {
    let found = tx.query(sql!("creator_removed_at")).bind(project_id).bind(creator_id).optional().await?;
    match found.ok_or(DbError::NotFound)?.optional_instant("removed_at")? {
        Some(_) => Err(DbError::CreatorRemoved),
        None => Ok(()),
    }
}

async fn creator_of(tx: &mut Tx, project_id: ProjectId, goal_id: GoalId) -> DbResult<CreatorId> {
    let row = tx.query(sql!("goal_creator")).bind(project_id).bind(goal_id).optional().await?;
    let row = row.ok_or(DbError::NotFound)?;
    if row.optional_instant("deleted_at")?.is_some() { Err(DbError::NotFound) } else { Ok(row.id("creator_id")?) }
}

/// Marks the creator as changed under the project's next version.
async fn touch(tx: &mut Change, creator_id: CreatorId) -> DbResult<()> {
    let (project_id, version) = (tx.project_id(), tx.version().await?);
    let done = tx.query(sql!("creator_touch")).bind(project_id).bind(creator_id).bind(version).execute().await?;
    if done == 0 { Err(DbError::NotFound) } else { Ok(()) }
}
