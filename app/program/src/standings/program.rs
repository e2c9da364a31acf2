//! A project in memory: the data for evaluations, and the evaluations themselves.

use crate::ids::{CreatorId, GoalId};
use crate::projects::record::Project;
use crate::standings::gains::{AsOfCorrection, gains_as_of, looks_as_of};
use crate::standings::standing::{CreatorProgram, Standing};
use compliance::calendar::{DayNumber, LocalDays, RememberedDays, day_number};
use compliance::evaluation::{Actuals, evaluate, is_listed};
use compliance::gains::DayGains;
use compliance::instant::DAY_MS;
use compliance::overview::Urgency;
use compliance::period::Cadence;
use compliance::{Evaluation, Instant};
use std::collections::HashMap;
use std::sync::Arc;

/// One consistent state of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The project; its version identifies the state.
    pub project: Project,
    /// The first day whose gains are in memory.
    pub first_day: DayNumber,
    /// Every creator who was not removed, by id.
    pub creators: Vec<Arc<CreatorProgram>>,
}

impl Program {
    /// Returns the first day whose gains are needed to judge any listed goal at `as_of`: a goal that ended in the last
    /// week still shows the month before its last one.
    #[must_use]
    pub fn first_day_for(project: &Project, as_of: Instant) -> DayNumber {
        let week_ago = project.zone.date_of(as_of.plus_millis(-8 * DAY_MS));
        let month = Cadence::Monthly.period_of(week_ago, project.settings.week_start);
        day_number(month.before(project.settings.week_start).dates.first)
    }

    /// Returns whether any creator has facts or collections later than `as_of` on its local day: then gains have to be
    /// corrected before creators can be judged at `as_of`.
    #[must_use]
    pub fn know_more_than(&self, as_of: Instant) -> bool {
        let today = day_number(self.project.zone.date_of(as_of));
        self.creators.iter().any(|creator| {
            let day = creator.days.iter().rev().find(|row| row.day == today);
            creator.creator.looks.latest().is_some_and(|at| at > as_of)
                || day.is_some_and(|row| row.last_published_at.is_some_and(|at| at > as_of))
        })
    }

    /// Judges every listed goal at `as_of`, in overview order. `corrections` as from `Store::corrections_as_of`.
    #[must_use]
    pub fn standings(&self, as_of: Instant, corrections: &[AsOfCorrection]) -> Vec<Standing> {
        let corrections: HashMap<CreatorId, &AsOfCorrection> =
            corrections.iter().map(|correction| (correction.creator_id, correction)).collect();
        let days = RememberedDays::of(&self.project.zone);
        let mut standings: Vec<Standing> = self
            .creators
            .iter()
            .map(|program| {
                let correction = corrections.get(&program.creator.creator_id).copied();
                self.judge(program, as_of, correction, &days)
            })
            .collect();
        Standing::order_by_attention(&mut standings);
        standings
    }

    /// Judges one creator's listed goals at `as_of`.
    #[must_use]
    pub fn standing(
        &self,
        program: &Arc<CreatorProgram>,
        as_of: Instant,
        correction: Option<&AsOfCorrection>,
    ) -> Standing {
        self.judge(program, as_of, correction, &self.project.zone)
    }

    /// Judges one creator's listed goals at `as_of` as if they had gained this much more.
    #[must_use]
    pub fn standing_with(
        &self,
        program: &Arc<CreatorProgram>,
        as_of: Instant,
        correction: Option<&AsOfCorrection>,
        more: &DayGains,
    ) -> Standing {
        let mut gains = DayGains::default();
        for (day, known) in gains_as_of(&program.days, day_number(self.project.zone.date_of(as_of)), correction) {
            gains.add(day, known);
        }
        gains.apply(more);
        let gains: Vec<_> = gains.iter().collect();
        self.judge_by(program, as_of, correction, &self.project.zone, &gains)
    }

    fn judge(
        &self,
        program: &Arc<CreatorProgram>,
        as_of: Instant,
        correction: Option<&AsOfCorrection>,
        days: &impl LocalDays,
    ) -> Standing {
        let gains = gains_as_of(&program.days, day_number(days.date_of(as_of)), correction);
        self.judge_by(program, as_of, correction, days, &gains)
    }

    fn judge_by(
        &self,
        program: &Arc<CreatorProgram>,
        as_of: Instant,
        correction: Option<&AsOfCorrection>,
        days: &impl LocalDays,
        gains: &impl Actuals,
    ) -> Standing {
        let looks = looks_as_of(&program.creator, as_of, correction);
        let context = self.project.context(days, as_of, looks);
        let mut evaluations: Vec<(GoalId, Evaluation)> = program
            .goals
            .iter()
            .filter(|record| is_listed(&record.goal, &context))
            .filter_map(|record| Some((record.goal_id, evaluate(&record.goal, &context, gains)?)))
            .collect();
        evaluations
            .sort_by_cached_key(|(_, evaluation)| (Urgency::of(evaluation), evaluation.metric, evaluation.cadence));
        let urgency = Urgency::worst(evaluations.iter().map(|(_, evaluation)| evaluation));
        Standing {
            program: Arc::clone(program),
            evaluations,
            urgency,
            looks,
            correction: correction.copied(),
            first_day: self.first_day,
        }
    }
}
