//! A project judged at the end of a past local day.

use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, GoalId, ProjectId};
use crate::judged::Judged;
use crate::standings::gains::{AsOfCorrection, PastDays, gains_as_of};
use crate::standings::standing::CreatorProgram;
use chrono::NaiveDate;
use compliance::calendar::{LocalDays as _, RememberedDays, day_number};
use compliance::evaluation::{dates_needed_on, evaluate_on, is_listed};
use compliance::{Evaluation, Looks};
use std::collections::HashMap;
use std::sync::Arc;

/// A creator, and the evaluations of their listed goals.
pub type CreatorEvaluations = (Arc<CreatorProgram>, Vec<(GoalId, Evaluation)>);

/// Evaluates every goal that was listed at the end of a past local day, with the facts known at that instant, including
/// those at the instant itself, as in any evaluation.
pub async fn judged_on(
    caller: &Caller,
    project_id: ProjectId,
    date: NaiveDate,
) -> Result<Vec<CreatorEvaluations>, AppError> {
    let Judged { program, .. } = Judged::now(caller, project_id).await?;
    let project = &program.project;
    let next = date.succ_opt().ok_or_else(|| AppError::Invalid("There is no day after this date.".to_owned()))?;
    let as_of = project.zone.start_of(next);
    // The local day that begins at that instant.
    let today = day_number(project.zone.date_of(as_of));
    let unseen = project.context(&project.zone, as_of, Looks::default());
    let needed = program.creators.iter().flat_map(|creator| &creator.goals);
    let needed = needed.filter_map(|record| dates_needed_on(&record.goal, date, &unseen));
    let first = needed.map(|dates| day_number(dates.first)).min().unwrap_or(day_number(date));
    let past = caller.store.days_before(project_id, first..today).await?;
    let corrections = caller.store.corrections_as_of(&program, as_of).await?;
    let corrections: HashMap<CreatorId, AsOfCorrection> =
        corrections.into_iter().map(|correction| (correction.creator_id, correction)).collect();
    let (nothing, days) = (PastDays::default(), RememberedDays::of(&project.zone));
    let mut judged = Vec::with_capacity(program.creators.len());
    for creator in &program.creators {
        let creator_id = creator.creator.creator_id;
        let known = past.get(&creator_id).unwrap_or(&nothing);
        let correction = corrections.get(&creator_id);
        let looks = correction.map_or(known.looks, |correction| correction.looks);
        let context = project.context(&days, as_of, looks);
        let gains = gains_as_of(&known.days, today, correction);
        let listed = creator.goals.iter().filter(|record| is_listed(&record.goal, &context));
        let evaluations =
            listed.filter_map(|record| Some((record.goal_id, evaluate_on(&record.goal, date, &context, &gains)?)));
        judged.push((Arc::clone(creator), evaluations.collect()));
    }
    Ok(judged)
}
