//! What a goal's status would be today, computed in the browser while the target is being typed.

use crate::calendar::{DayNumber, DayTable, LocalDays};
use crate::evaluation::{Context, Evaluation, dates_needed, evaluate};
use crate::goal::{Goal, GoalVersion, NewGoal};
use crate::instant::Instant;
use crate::ledger::Gains;
use crate::period::{Cadence, Dates};
use crate::settings::ProjectSettings;
use serde::{Deserialize, Serialize};

/// What the browser needs to judge any goal of one creator that is about today: local days and what was gained on
/// each, a few months at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalPreview {
    as_of: Instant,
    last_collection: Option<Instant>,
    settings: ProjectSettings,
    days: DayTable,
    /// Day, then posts, views, engagement, followers; days without gains are left out.
    gains: Vec<(DayNumber, i64, i64, i64, i64)>,
}

impl GoalPreview {
    /// A preview over the local dates `first..=last`; `gains` in order of the day.
    pub fn new<Z: LocalDays>(context: &Context<'_, Z>, dates: Dates, gains: &[(DayNumber, Gains)]) -> GoalPreview {
        let gains = gains.iter().map(|(day, gain)| (*day, gain.posts, gain.views, gain.engagement, gain.followers));
        GoalPreview {
            as_of: context.as_of,
            last_collection: context.last_collection,
            settings: context.settings,
            days: DayTable::of(context.days, dates.first, dates.last()),
            gains: gains.collect(),
        }
    }

    /// The local dates worth previewing at `as_of`: the months around today, one before and one after.
    pub fn dates_around<Z: LocalDays>(context: &Context<'_, Z>) -> Dates {
        let month = Cadence::Monthly.period_of(context.days.date_of(context.as_of), context.settings.week_start);
        let (before, after) = (month.before(context.settings.week_start), month.after(context.settings.week_start));
        Dates { first: before.dates.first, end: after.dates.end }
    }

    /// The goal's evaluation as of the preview's instant; `None` if it speaks of days the preview does not hold.
    pub fn evaluate(&self, goal: &NewGoal) -> Option<Evaluation> {
        let goal = Goal::new(goal.metric, goal.cadence, GoalVersion { made_at: self.as_of, terms: goal.terms });
        let context = Context {
            days: &self.days,
            settings: self.settings,
            as_of: self.as_of,
            last_collection: self.last_collection,
        };
        let dates = dates_needed(&goal, &context)?;
        if !self.days.covers(dates.first, dates.last()) {
            return None;
        }
        let gains: Vec<_> = self.gains.iter().map(|row| (row.0, gains_of(row))).collect();
        evaluate(&goal, &context, &gains)
    }
}

fn gains_of(row: &(DayNumber, i64, i64, i64, i64)) -> Gains {
    Gains { posts: row.1, views: row.2, engagement: row.3, followers: row.4 }
}
