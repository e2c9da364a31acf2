//! The programs that are held in memory.

use crate::engine::{Engine, Tx, sql};
use crate::error::DbResult;
use crate::project_row::find_in;
use crate::rows;
use compliance::Instant;
use compliance::calendar::DayNumber;
use program::goals::record::GoalRecord;
use program::ids::{CreatorId, ProjectId};
use program::projects::record::Project;
use program::standings::gains::DayRow;
use program::standings::program::Program;
use program::standings::standing::CreatorProgram;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The latest loaded state of each project.
#[derive(Debug, Default)]
pub struct ProgramCache {
    programs: Mutex<HashMap<ProjectId, Arc<Program>>>,
}

impl ProgramCache {
    /// Returns the project's current state; `None` if the project does not exist.
    pub async fn get(&self, engine: &Engine, project_id: ProjectId, as_of: Instant) -> DbResult<Option<Arc<Program>>> {
        let mut tx = engine.read().await?;
        let Some(project) = find_in(&mut tx, project_id).await? else { return Ok(None) };
        let first_day = Program::first_day_for(&project, as_of);
        let held =
            self.held(project_id).filter(|held| held.first_day <= first_day && held.project.zone == project.zone);
        if let Some(held) = &held
            && held.project == project
        {
            return Ok(Some(Arc::clone(held)));
        }
        let program = Arc::new(load(&mut tx, project, first_day, held.as_deref()).await?);
        self.hold(&program);
        Ok(Some(program))
    }

    fn held(&self, project_id: ProjectId) -> Option<Arc<Program>> {
        self.programs.lock().unwrap_or_else(PoisonError::into_inner).get(&project_id).cloned()
    }

    fn hold(&self, program: &Arc<Program>) {
        let mut programs = self.programs.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = programs.entry(program.project.project_id).or_insert_with(|| Arc::clone(program));
        if newest.project.version <= program.project.version {
            *newest = Arc::clone(program);
        }
    }
}

/// Loads what changed since `held`, or everything without it, in a constant number of statements.
async fn load(tx: &mut Tx, project: Project, first_day: DayNumber, held: Option<&Program>) -> DbResult<Program> {
    let (project_id, since) = (project.project_id, held.map_or(-1, |held| held.project.version));
    let first_day = held.map_or(first_day, |held| held.first_day);
    let creators = tx.query(sql!("creators_changed_since")).bind(project_id).bind(since).all().await?;
    let goals = tx.query(sql!("goals_changed_since")).bind(project_id).bind(since).all().await?;
    let days = tx.query(sql!("creator_days_changed_since")).bind(project_id).bind(since).bind(first_day).all().await?;

    let mut goals_of: HashMap<CreatorId, Vec<GoalRecord>> = HashMap::new();
    for record in rows::goals(&goals)? {
        goals_of.entry(record.creator_id).or_default().push(record);
    }
    let mut days_of: HashMap<CreatorId, Vec<DayRow>> = HashMap::new();
    for row in &days {
        let (creator_id, day) = rows::day(row)?;
        days_of.entry(creator_id).or_default().push(day);
    }
    let mut changed = HashSet::new();
    let mut programs = Vec::new();
    for row in &creators {
        let creator = rows::creator(row)?.creator;
        let creator_id = creator.creator_id;
        changed.insert(creator_id);
        if creator.removed_at.is_none() {
            programs.push(Arc::new(CreatorProgram {
                creator,
                goals: goals_of.remove(&creator_id).unwrap_or_default(),
                days: days_of.remove(&creator_id).unwrap_or_default(),
            }));
        }
    }
    let unchanged = held.into_iter().flat_map(|held| &held.creators);
    programs.extend(unchanged.filter(|program| !changed.contains(&program.creator.creator_id)).cloned());
    programs.sort_unstable_by_key(|program| program.creator.creator_id);
    Ok(Program { project, first_day, creators: programs })
}
