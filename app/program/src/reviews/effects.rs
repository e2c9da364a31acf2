//! What single posts do to the goals of their creators: what approving one would change, and what one counts for.

use crate::posts::record::PostGained;
use crate::standings::judged::Judged;
use crate::standings::standing::Standing;
use compliance::calendar::day_number;
use compliance::gains::DayGains;
use compliance::metric::Metric;
use compliance::{Cadence, Evaluation, Status};
use uuid::Uuid;

/// What a change of review states does to one goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Which goal.
    pub goal_id: Uuid,
    /// What it measures.
    pub metric: Metric,
    /// How often it starts anew.
    pub cadence: Cadence,
    /// Whether it is the period before the current one that would change.
    pub previous: bool,
    /// The period as it stands.
    pub before: Evaluation,
    /// The period as it would stand.
    pub after: Evaluation,
}

impl Effect {
    /// Whether the verdict would be another one.
    #[must_use]
    pub fn changes_status(&self) -> Option<(Status, Status)> {
        (self.before.status != self.after.status).then_some((self.before.status, self.after.status))
    }
}

/// What would change in a creator's goals, in their current periods and in those before them, if posts that do not count
/// did. Periods that stay as they are, and those whose verdict is final, are left out.
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
    // First what changes a verdict.
    effects.sort_by_key(|effect| effect.changes_status().is_none());
    effects
}

/// What a post adds to a goal's current window, were it to count.
#[must_use]
pub fn contribution(post: &PostGained, evaluation: &Evaluation) -> i64 {
    let dates = evaluation.window.dates;
    let days = day_number(dates.first)..day_number(dates.end);
    let within = post.days.iter().filter(|(day, _)| days.contains(day));
    within.map(|(_, gains)| gains.of(evaluation.metric)).fold(0, i64::saturating_add)
}
