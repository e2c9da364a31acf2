//! Goals and their versions.

use super::engine::{Engine, Tx, sql};
use super::rows::stored_date;
use crate::change::Change;
use crate::error::{DbError, DbResult};
use crate::retry::retried;
use crate::rows;
use crate::sql_store::SqlStore;
use async_trait::async_trait;
use compliance::Instant;
use compliance::goal::{Goal, GoalVersion};
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;
use program::error::StoreResult;
use program::goals::record::{GoalOutcome, GoalRecord, GoalsPart};
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

/// Returns the goals of some creators.
pub async fn of_creators(
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
pub fn overlaps(goals: &[GoalRecord], goal_id: GoalId, goal: &Goal, project: &Project) -> bool {
    let others = goals.iter().filter(|other| other.goal_id != goal_id && other.goal.terms().is_active);
    others.into_iter().any(|other| other.goal.overlaps(goal, &project.zone, project.settings.week_start))
}

/// A goal's id and its terms, as a row of arguments.
pub type VersionRow = (GoalId, i64, Option<i32>, Option<i32>, bool);

pub fn version_row(goal_id: GoalId, terms: &GoalTerms) -> VersionRow {
    let GoalTerms { target_value, start_date, end_date, is_active } = *terms;
    (goal_id, target_value, stored_date(start_date), stored_date(end_date), is_active)
}

pub async fn add_versions(
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
pub async fn touch_some(tx: &mut Change, creators: BTreeSet<CreatorId>) -> DbResult<()> {
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
