//! Goals and their versions.

use super::engine::{Engine, Tx, sql};
use super::projects::{lock, next_version};
use super::rows::{self, stored_date};
use super::{DbError, DbResult};
use app::store::{GoalRecord, Project};
use compliance::Instant;
use compliance::calendar::LocalDays as _;
use compliance::goal::{Goal, GoalTerms, GoalVersion, NewGoal};
use uuid::Uuid;

pub async fn of_creator(engine: &Engine, project_id: Uuid, creator_id: Uuid) -> DbResult<Vec<GoalRecord>> {
    list(&mut engine.read().await?, project_id, creator_id).await
}

async fn list(tx: &mut Tx, project_id: Uuid, creator_id: Uuid) -> DbResult<Vec<GoalRecord>> {
    let found = tx.query(sql!("goals_of_creator")).bind(project_id).bind(creator_id).all().await?;
    Ok(rows::goals(&found)?)
}

pub async fn create(
    engine: &Engine,
    project_id: Uuid,
    creator_id: Uuid,
    goal_id: Uuid,
    new: &NewGoal,
    now: Instant,
) -> DbResult<Option<Uuid>> {
    let mut tx = engine.write().await?;
    let project = lock(&mut tx, project_id).await?;
    touch(&mut tx, project_id, creator_id).await?;
    let goal = Goal::new(new.metric, new.cadence, GoalVersion { made_at: now, terms: new.terms });
    let goals = list(&mut tx, project_id, creator_id).await?;
    if goals.iter().any(|record| record.goal_id == goal_id) {
        return Ok(Some(goal_id)); // made by a try whose success was never heard of
    }
    if overlaps(&goals, goal_id, &goal, &project) {
        return Ok(None);
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
    add_version(&mut tx, project_id, goal_id, &new.terms, now).await?;
    tx.commit().await?;
    Ok(Some(goal_id))
}

pub async fn edit(engine: &Engine, project_id: Uuid, goal_id: Uuid, terms: &GoalTerms, now: Instant) -> DbResult<bool> {
    let mut tx = engine.write().await?;
    let project = lock(&mut tx, project_id).await?;
    let creator_id = creator_of(&mut tx, project_id, goal_id).await?;
    touch(&mut tx, project_id, creator_id).await?;
    let goals = list(&mut tx, project_id, creator_id).await?;
    let record = goals.iter().find(|record| record.goal_id == goal_id).ok_or(DbError::NotFound)?;
    if record.goal.terms() == terms {
        return Ok(true);
    }
    let edited = record.goal.clone().edited(GoalVersion { made_at: now, terms: *terms });
    if terms.is_active && overlaps(&goals, goal_id, &edited, &project) {
        return Ok(false);
    }
    add_version(&mut tx, project_id, goal_id, terms, now).await?;
    tx.commit().await?;
    Ok(true)
}

pub async fn delete(engine: &Engine, project_id: Uuid, goal_id: Uuid, now: Instant) -> DbResult<()> {
    let mut tx = engine.write().await?;
    lock(&mut tx, project_id).await?;
    let creator_id = creator_of(&mut tx, project_id, goal_id).await?;
    touch(&mut tx, project_id, creator_id).await?;
    tx.query(sql!("goal_delete")).bind(project_id).bind(goal_id).bind(now.millis()).execute().await?;
    tx.commit().await?;
    Ok(())
}

/// Whether another active goal of the same metric and period covers some of the same dates.
fn overlaps(goals: &[GoalRecord], goal_id: Uuid, goal: &Goal, project: &Project) -> bool {
    let week_start = project.settings.week_start;
    let coverage = |goal: &Goal| goal.coverage(project.zone.date_of(goal.made_at()), week_start);
    let dates = coverage(goal);
    goals
        .iter()
        .filter(|other| other.goal_id != goal_id && other.goal.terms().is_active)
        .filter(|other| other.goal.metric == goal.metric && other.goal.cadence == goal.cadence)
        .map(|other| coverage(&other.goal))
        .any(|other| other.first < dates.end && dates.first < other.end)
}

async fn add_version(tx: &mut Tx, project_id: Uuid, goal_id: Uuid, terms: &GoalTerms, now: Instant) -> DbResult<()> {
    tx.query(sql!("goal_version_insert"))
        .bind(project_id)
        .bind(goal_id)
        .bind(now.millis())
        .bind(terms.target_value)
        .bind(stored_date(terms.start_date))
        .bind(stored_date(terms.end_date))
        .bind(terms.is_active)
        .execute()
        .await?;
    Ok(())
}

async fn creator_of(tx: &mut Tx, project_id: Uuid, goal_id: Uuid) -> DbResult<Uuid> {
    let row = tx.query(sql!("goal_creator")).bind(project_id).bind(goal_id).optional().await?;
    Ok(row.ok_or(DbError::NotFound)?.id("creator_id")?)
}

/// Marks the creator as changed under the project's next version.
async fn touch(tx: &mut Tx, project_id: Uuid, creator_id: Uuid) -> DbResult<()> {
    let version = next_version(tx, project_id).await?;
    let done = tx.query(sql!("creator_touch")).bind(project_id).bind(creator_id).bind(version).execute().await?;
    if done == 0 { Err(DbError::NotFound) } else { Ok(()) }
}
