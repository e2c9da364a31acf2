//! The effects of single posts on the goals of their creators: what approving a post would change, and what it counts
//! for.

use crate::ids::GoalId;
use crate::judged::Judged;
use crate::posts::record::PostGained;
use crate::standings::standing::Standing;
use compliance::calendar::day_number;
use compliance::gains::DayGains;
use compliance::metric::Metric;
use compliance::{Cadence, Evaluation, Status};

/// The effect of a review decision on one goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The goal.
    pub goal_id: GoalId,
    /// What it measures.
    pub metric: Metric,
    /// Its period: daily, weekly or monthly.
    pub cadence: Cadence,
    /// Whether the previous period would change, rather than the current one.
    pub previous: bool,
    /// The evaluation of the period now.
    pub before: Evaluation,
    /// The evaluation of the period after the decision.
    pub after: Evaluation,
}

impl Effect {
    /// Returns the change of status, if there is one.
    #[must_use]
    pub fn changes_status(&self) -> Option<(Status, Status)> {
        (self.before.status != self.after.status).then_some((self.before.status, self.after.status))
    }
}

/// Returns what would change in the current and previous periods of a creator's goals if these posts, which do not
/// count now, counted. Periods that would not change, and those whose verdict is final, are left out.
#[must_use]
pub fn effects(judged: &Judged, standing: &Standing, gained: &[&PostGained]) -> Vec<Effect> {
    let mut more = DayGains::default();
    for post in gained.iter().filter(|post| !post.tracking.counts()) {
        more.apply(&post.days);
    }
    let with = judged.program.standing_with(&standing.program, judged.as_of, standing.correction.as_ref(), &more);
    let mut effects = Vec::new();
    for (goal_id, before) in &standing.evaluations {
        let Some((_, after)) = with.evaluations.iter().find(|(id, _)| id == goal_id) else { continue };
        let ended = before.previous.as_deref().zip(after.previous.as_deref());
        let ended = ended.filter(|(before, _)| !before.is_final).map(|(before, after)| (true, before, after));
        for (previous, before, after) in std::iter::once((false, before, after)).chain(ended) {
            if before.actual != after.actual {
                effects.push(Effect {
                    goal_id: *goal_id,
                    metric: before.metric,
                    cadence: before.cadence,
                    previous,
                    before: before.clone(),
                    after: after.clone(),
                });
            }
        }
    }
    // Changes of a verdict come first.
    effects.sort_by_key(|effect| effect.changes_status().is_none());
    effects
}

/// Returns what a post would add to a goal's current window if it counted.
#[must_use]
pub fn contribution(post: &PostGained, evaluation: &Evaluation) -> i64 {
    let dates = evaluation.window.dates;
    let days = day_number(dates.first)..day_number(dates.end);
    let within = post.days.iter().filter(|(day, _)| days.contains(day));
    within.map(|(_, gains)| gains.of(evaluation.metric)).fold(0, i64::saturating_add)
}
