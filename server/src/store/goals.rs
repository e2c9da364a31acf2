//! Goals and their versions.

use super::engine::{Engine, Tx};
use super::projects::{find_in, next_version};
use super::rows::{self, Columns as _, stored_date};
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
    let found = sqlx::query(include_str!("sql/goals_of_creator.sql"))
        .bind(project_id)
        .bind(creator_id)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows::goals(&found)?)
}

pub async fn create(
    engine: &Engine,
    project_id: Uuid,
    creator_id: Uuid,
    new: &NewGoal,
    now: Instant,
) -> DbResult<Option<Uuid>> {
    let mut tx = engine.write().await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
    touch(&mut tx, project_id, creator_id).await?;
    let goal_id = Uuid::now_v7();
    let goal = Goal::new(new.metric, new.cadence, GoalVersion { made_at: now, terms: new.terms });
    if overlaps(&list(&mut tx, project_id, creator_id).await?, goal_id, &goal, &project) {
        return Ok(None);
    }
    sqlx::query(include_str!("sql/goal_insert.sql"))
        .bind(project_id)
        .bind(goal_id)
        .bind(creator_id)
        .bind(new.metric.name())
        .bind(new.cadence.name())
        .bind(now.millis())
        .execute(&mut *tx)
        .await?;
    add_version(&mut tx, project_id, goal_id, &new.terms, now).await?;
    tx.commit().await?;
    Ok(Some(goal_id))
}

pub async fn edit(engine: &Engine, project_id: Uuid, goal_id: Uuid, terms: &GoalTerms, now: Instant) -> DbResult<bool> {
    let mut tx = engine.write().await?;
    let project = find_in(&mut tx, project_id).await?.ok_or(DbError::NotFound)?;
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
    let creator_id = creator_of(&mut tx, project_id, goal_id).await?;
    touch(&mut tx, project_id, creator_id).await?;
    sqlx::query(include_str!("sql/goal_delete.sql"))
        .bind(project_id)
        .bind(goal_id)
        .bind(now.millis())
        .execute(&mut *tx)
        .await?;
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
    sqlx::query(include_str!("sql/goal_version_insert.sql"))
        .bind(project_id)
        .bind(goal_id)
        .bind(now.millis())
        .bind(terms.target_value)
        .bind(stored_date(terms.start_date))
        .bind(stored_date(terms.end_date))
        .bind(terms.is_active)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn creator_of(tx: &mut Tx, project_id: Uuid, goal_id: Uuid) -> DbResult<Uuid> {
    let row = sqlx::query(include_str!("sql/goal_creator.sql"))
        .bind(project_id)
        .bind(goal_id)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.ok_or(DbError::NotFound)?.id("creator_id")?)
}

/// Marks the creator as changed under the project's next version.
async fn touch(tx: &mut Tx, project_id: Uuid, creator_id: Uuid) -> DbResult<()> {
    let version = next_version(tx, project_id).await?;
    let done = sqlx::query(include_str!("sql/creator_touch.sql"))
        .bind(project_id)
        .bind(creator_id)
        .bind(version)
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() == 0 { Err(DbError::NotFound) } else { Ok(()) }
}
