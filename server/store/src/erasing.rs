//! Erases what was deleted long ago, in parts, so that transactions stay short. Progress is not recorded: each call looks
//! for what is left, so several servers may erase at once.

use super::engine::{Engine, Statement, sql};
use super::error::DbResult;
use super::project_row::next_version;
use super::rows;
use super::tables::tables;
use compliance::Instant;
use compliance::calendar::LocalDays as _;
use program::goals::record::GoalPlace;
use program::ids::{CampaignId, GoalId, OrganizationId, ProjectId};
use std::collections::HashMap;
use tokio::sync::OnceCell;

/// The most rows of a project or of a campaign that are erased in one transaction.
pub const PART: i64 = 2_000;

/// Erases some goals of one project, from a place on, that were deleted before an instant and judged no period to its
/// end. Returns where the next part begins, `None` if nothing is left.
pub async fn goals(engine: &Engine, before: Instant, after: Option<GoalPlace>) -> DbResult<Option<GoalPlace>> {
    let after = after.unwrap_or(GoalPlace { project_id: ProjectId::default(), goal_id: GoalId::default() });
    let mut connection = engine.read_once().await?;
    let query = connection.query(sql!("goals_to_erase")).bind(before.millis());
    let found = query.bind(after.project_id).bind(after.goal_id).all().await?;
    drop(connection);
    let Some(first) = found.first() else { return Ok(None) };
    let project_id: ProjectId = first.id("project_id")?;
    let mut ids = Vec::new();
    for row in &found {
        if row.id::<ProjectId>("project_id")? == project_id {
            ids.push(row.id("goal_id")?);
        }
    }
    erase_goals(engine, project_id, before, &ids).await?;
    Ok(ids.last().map(|goal_id| GoalPlace { project_id, goal_id: *goal_id }))
}

async fn erase_goals(engine: &Engine, project_id: ProjectId, before: Instant, ids: &[GoalId]) -> DbResult<()> {
    let mut tx = engine.write().await?;
    // Includes deleted projects.
    let Some(row) = tx.query(sql!("project_to_book")).bind(project_id).optional().await? else { return Ok(()) };
    let Ok(project) = rows::project(&row) else {
        tracing::error!(%project_id, "the project's time zone is unknown, so its deleted goals are not erased");
        return Ok(());
    };
    let query = tx.query(sql!("goals_deleted_by_ids")).bind(project_id).bind(before.millis());
    let found = query.list(ids.iter().copied()).all().await?;
    let mut deleted_at: HashMap<GoalId, Instant> = HashMap::new();
    for row in &found {
        deleted_at.insert(row.id("goal_id")?, row.instant("deleted_at")?);
    }
    let week_start = project.settings.week_start;
    let judged_nothing = rows::goals(&found)?.into_iter().filter(|record| {
        let made_on = project.zone.date_of(record.goal.made_at());
        let deleted_on = deleted_at.get(&record.goal_id).map(|at| project.zone.date_of(*at));
        deleted_on.is_some_and(|date| !record.goal.may_have_closed_by(date, made_on, week_start))
    });
    let ids: Vec<GoalId> = judged_nothing.map(|record| record.goal_id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    tx.query(sql!("goal_versions_erase")).bind(project_id).list(ids.iter().copied()).execute().await?;
    tx.query(sql!("goals_erase")).bind(project_id).list(ids.iter().copied()).execute().await?;
    // The change log of their creators gets shorter.
    next_version(&mut tx, project_id).await?;
    Ok(tx.commit().await?)
}

/// Erases part of a campaign that was deleted before an instant. Returns the number of rows, 0 if nothing is left.
pub async fn campaigns(engine: &Engine, before: Instant) -> DbResult<u64> {
    let found = engine.read_once().await?.query(sql!("campaigns_to_erase")).bind(before.millis()).optional().await?;
    let Some(found) = found else { return Ok(0) };
    let (project_id, campaign_id): (ProjectId, CampaignId) = (found.id("project_id")?, found.id("campaign_id")?);
    let mut tx = engine.write().await?;
    tx.query(sql!("project_to_book")).bind(project_id).optional().await?;
    let query = tx.query(sql!("campaign_erasable")).bind(project_id).bind(campaign_id).bind(before.millis());
    if query.optional().await?.is_none() {
        // Another server erased it first; there may be other campaigns.
        return Ok(1);
    }
    let query = tx.query(sql!("campaign_items_erase")).bind(project_id).bind(campaign_id).bind(PART);
    let mut erased = query.execute().await?;
    if erased < PART.unsigned_abs() {
        erased += tx.query(sql!("campaign_places_erase")).bind(project_id).bind(campaign_id).execute().await?;
        erased += tx.query(sql!("campaign_erase")).bind(project_id).bind(campaign_id).execute().await?;
    }
    tx.commit().await?;
    Ok(erased)
}

/// Erases part of a project that was deleted before an instant. Returns the number of rows, 0 if nothing is left.
pub async fn projects(engine: &Engine, before: Instant) -> DbResult<u64> {
    let found = engine.read_once().await?.query(sql!("projects_to_erase")).bind(before.millis()).optional().await?;
    let Some(found) = found else { return Ok(0) };
    // Even if another server erased it first, there may be other projects.
    Ok(part_of_project(engine, found.id("project_id")?, before).await?.max(1))
}

/// Erases part of one project, its keys first and its own row last, if it was deleted before an instant. Returns the
/// number of rows.
pub async fn part_of_project(engine: &Engine, project_id: ProjectId, before: Instant) -> sqlx::Result<u64> {
    let of_tables = of_tables().await?;
    let mut tx = engine.write().await?;
    let query = tx.query(sql!("project_erasable")).bind(project_id).bind(before.millis());
    let Some(row) = query.optional().await? else { return Ok(0) };
    let organization_id: OrganizationId = row.id("organization_id")?;
    let mut left = PART;
    for statement in [sql!("idempotent_answers_erase"), sql!("api_keys_erase")] {
        let query = tx.query(statement).bind(organization_id).bind(project_id).bind(left);
        left -= query.execute().await?.cast_signed();
    }
    // Values that were changed while there was no organization are stored under an id of zeros.
    let query = tx.query(sql!("mended_values_erase")).bind(organization_id).bind(project_id).bind(ProjectId::default());
    left -= query.bind(left).execute().await?.cast_signed();
    for statement in of_tables {
        if left == 0 {
            break;
        }
        left -= tx.query(statement).bind(project_id).bind(left).execute().await?.cast_signed();
    }
    if left > 0 {
        left -= tx.query(sql!("project_erase")).bind(project_id).execute().await?.cast_signed();
        tracing::info!(%project_id, "erased a project that was deleted long ago");
    }
    tx.commit().await?;
    Ok((PART - left).unsigned_abs())
}

/// Returns the statements that erase rows of each table of projects, a table before those it refers to.
async fn of_tables() -> sqlx::Result<&'static [&'static Statement]> {
    static STATEMENTS: OnceCell<Vec<&'static Statement>> = OnceCell::const_new();
    let assembled = || async {
        let texts = erasing_statements().await?.into_iter();
        Ok(texts.map(|(_, text)| Statement::assembled(text)).collect())
    };
    STATEMENTS.get_or_try_init(assembled).await.map(Vec::as_slice)
}

/// Returns the texts of these statements with the names of their tables. They are generated, so that no table is
/// forgotten.
pub async fn erasing_statements() -> sqlx::Result<Vec<(&'static str, String)>> {
    // The first of them is the table of projects itself.
    let tables = tables().await?.iter().filter(|table| table.is_of_projects() && table.key().len() > 1);
    let texts = tables.rev().map(|table| {
        let (name, key) = (table.name, table.key());
        let key = key[1..].iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        let some = format!("SELECT {key} FROM {name} WHERE project_id = $1 ORDER BY {key} LIMIT $2");
        (name, format!("DELETE FROM {name} WHERE project_id = $1 AND ({key}) IN ({some})"))
    });
    Ok(texts.collect())
}
