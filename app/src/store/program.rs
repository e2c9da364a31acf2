//! A project in memory: everything evaluations need, and the evaluations themselves.

use super::{Creator, GoalRecord, Project};
use compliance::calendar::{DayNumber, LocalDays, RememberedDays, day_number};
use compliance::evaluation::{Actuals, Context, evaluate, is_listed};
use compliance::instant::DAY_MS;
use compliance::ledger::{DayGains, Gains};
use compliance::name::{folded, sort_name};
use compliance::overview::Urgency;
use compliance::period::Cadence;
use compliance::{Evaluation, Instant, Looks};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// What one creator gained on one local day, and until when we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRow {
    /// The local day.
    pub day: DayNumber,
    /// What was gained.
    pub gains: Gains,
    /// The latest looks of the day.
    pub looks: Looks,
    /// No post of the day was published later than this.
    pub last_published_at: Option<Instant>,
}

/// What was known of a creator at the end of a local day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastDays {
    /// Day buckets, in order of the day.
    pub days: Vec<DayRow>,
    /// The latest looks at the creator by then.
    pub looks: Looks,
}

/// What a creator had gained on the local day of an `as_of` by then, and when they had last been collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOfCorrection {
    /// Whose.
    pub creator_id: Uuid,
    /// Gains of the day up to `as_of`.
    pub gains: Gains,
    /// The latest looks at or before `as_of`.
    pub looks: Looks,
}

/// One creator with goals and recent gains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorProgram {
    /// The creator.
    pub creator: Creator,
    /// Their goals, ended ones included, oldest first.
    pub goals: Vec<GoalRecord>,
    /// Their gains since [`Program::first_day`], in order of the day.
    pub days: Vec<DayRow>,
}

/// One consistent state of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The project; its version names the state.
    pub project: Project,
    /// The first day whose gains are held.
    pub first_day: DayNumber,
    /// Every creator that was not removed, by id.
    pub creators: Vec<Arc<CreatorProgram>>,
}

/// A creator judged at one instant.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The creator.
    pub program: Arc<CreatorProgram>,
    /// The listed goals with their evaluations, the most urgent first.
    pub evaluations: Vec<(Uuid, Evaluation)>,
    /// How urgently the creator needs attention; `None` without goals.
    pub urgency: Option<Urgency>,
    /// The latest looks at the creator at or before the instant.
    pub looks: Looks,
    /// What was corrected to judge at the instant.
    pub correction: Option<AsOfCorrection>,
    /// The first day of the creator's gains that is held in memory.
    pub first_day: DayNumber,
}

impl Program {
    /// The first day whose gains are needed to judge any listed goal at `as_of`: a goal that ended in the last week
    /// still shows the month before its last one.
    #[must_use]
    pub fn first_day_for(project: &Project, as_of: Instant) -> DayNumber {
        let week_ago = project.zone.date_of(as_of.plus_millis(-8 * DAY_MS));
        let month = Cadence::Monthly.period_of(week_ago, project.settings.week_start);
        day_number(month.before(project.settings.week_start).dates.first)
    }

    /// The creators of whom facts later than `as_of` are known on its local day, or who were collected later: their
    /// gains must be corrected before they can be judged at `as_of`.
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
        let corrections: HashMap<Uuid, &AsOfCorrection> =
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
        let context = Context { days, settings: self.project.settings, as_of, looks };
        let mut evaluations: Vec<(Uuid, Evaluation)> = program
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

impl Standing {
    /// Brings standings into overview order.
    pub fn order_by_attention(standings: &mut [Standing]) {
        standings.sort_by_cached_key(|standing| {
            let place = (standing.urgency.is_none(), standing.urgency);
            (place, standing.sort_name(), standing.program.creator.creator_id)
        });
    }

    /// The name the creator is ordered by.
    #[must_use]
    pub fn sort_name(&self) -> String {
        sort_name(self.program.creator.display_name.as_deref(), self.program.creator.handle.as_str())
    }

    /// The creator's id.
    #[must_use]
    pub fn creator_id(&self) -> Uuid {
        self.program.creator.creator_id
    }

    /// Whether the handle or the name holds a text that is [`folded`].
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let creator = &self.program.creator;
        creator.handle.as_str().contains(text) || folded(creator.name()).contains(text)
    }

    /// Whether somebody should look at the creator today.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        self.urgency.is_some_and(|urgency| urgency.needs_attention())
    }

    /// Whether any evaluation is like this.
    #[must_use]
    pub fn any(&self, is_like: impl Fn(&Evaluation) -> bool) -> bool {
        self.evaluations.iter().any(|(_, evaluation)| is_like(evaluation))
    }

    /// Leaves only the goals whose evaluation is like this, and judges the urgency by them.
    pub fn keep_goals(&mut self, is_like: impl Fn(&Evaluation) -> bool) {
        self.evaluations.retain(|(_, evaluation)| is_like(evaluation));
        self.urgency = Urgency::worst(self.evaluations.iter().map(|(_, evaluation)| evaluation));
    }
}

/// The latest looks at a creator at or before `as_of`.
#[must_use]
pub fn looks_as_of(creator: &Creator, as_of: Instant, correction: Option<&AsOfCorrection>) -> Looks {
    match correction {
        Some(correction) => correction.looks,
        None => {
            let Looks { posts, followers } = creator.looks;
            Looks { posts: posts.filter(|at| *at <= as_of), followers: followers.filter(|at| *at <= as_of) }
        }
    }
}

/// Gains by day of facts at or before an instant of the day `today`.
#[must_use]
pub fn gains_as_of(rows: &[DayRow], today: DayNumber, correction: Option<&AsOfCorrection>) -> Vec<(DayNumber, Gains)> {
    let whole_days = rows.iter().filter(|row| row.day < today || (row.day == today && correction.is_none()));
    let mut gains: Vec<_> = whole_days.map(|row| (row.day, row.gains)).collect();
    gains.extend(correction.map(|correction| (today, correction.gains)));
    gains
}
