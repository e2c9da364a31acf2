//! The courses of goals through their windows, for their charts.
//!
//! They are computed from the day buckets that the verdicts add up. A daily goal is shown by the hour, from the posts or
//! readings of its day.

use crate::caller::Caller;
use crate::creators::view::CreatorView;
use crate::error::AppError;
use crate::facts::record::FollowerReading;
use crate::goals::card::GoalCard;
use crate::goals::evidence::Contributions;
use crate::standings::gains::{AsOfCorrection, DayRow, gains_as_of};
use compliance::calendar::{DayNumber, LocalDays as _, Zone, day_number};
use compliance::course::{Course, Seen};
use compliance::evaluation::Context;
use compliance::evidence::PostWindow;
use compliance::gains::Gains;
use compliance::metric::Metric;
use compliance::{Cadence, Evaluation, Instant, Looks};

/// What a creator gained and when they were looked at, day by day.
pub(crate) struct Days {
    pub(crate) gains: Vec<(DayNumber, Gains)>,
    looks: Vec<(DayNumber, Looks)>,
}

impl Days {
    /// Returns the days of these rows as they were known at the context's instant.
    pub(crate) fn of(rows: &[DayRow], context: &Context<'_, Zone>, correction: Option<&AsOfCorrection>) -> Days {
        let today = day_number(context.days.date_of(context.as_of));
        let gains = gains_as_of(rows, today, correction);
        let whole_days = rows.iter().filter(|row| row.day < today || (row.day == today && correction.is_none()));
        let mut looks: Vec<_> = whole_days.map(|row| (row.day, row.looks)).collect();
        if let Some(correction) = correction {
            let of_today = |at: &Instant| day_number(context.days.date_of(*at)) == today;
            let Looks { posts, followers } = correction.looks;
            looks.push((today, Looks { posts: posts.filter(of_today), followers: followers.filter(of_today) }));
        }
        Days { gains, looks }
    }

    /// Returns the course of a verdict by day or, if the gains of single instants are given and add up to its number, by
    /// hour. (They were read later than the verdict, and may know more.)
    pub(crate) fn course(
        &self,
        evaluation: &Evaluation,
        bookings: Option<Vec<(Instant, i64)>>,
        context: &Context<'_, Zone>,
    ) -> Course {
        let seen = Seen { gains: &self.gains, looks: &self.looks };
        let adds_up = |bookings: &Vec<(Instant, i64)>| {
            bookings.iter().fold(0, |sum: i64, (_, gain)| sum.saturating_add(*gain)) == evaluation.actual
        };
        match bookings.filter(adds_up) {
            Some(bookings) => Course::by_hour(evaluation, bookings, seen, context.settings, context.days),
            None => Course::by_day(evaluation, seen, context.settings, context.days),
        }
    }
}

/// Adds the courses to the cards. However many the goals are, the posts and the readings of today are each read once at
/// most, and only if a daily goal has gained something.
pub(crate) async fn add_courses(
    caller: &Caller,
    creator: &CreatorView,
    context: &Context<'_, Zone>,
    days: &Days,
    cards: &mut [GoalCard],
) -> Result<(), AppError> {
    let (project_id, creator_id) = (creator.project.project_id, creator.creator.creator_id);
    let by_hour = |evaluation: &&Evaluation| {
        evaluation.cadence == Cadence::Daily && !evaluation.has_ended() && evaluation.actual != 0
    };
    let of_today: Vec<&Evaluation> = cards.iter().filter_map(|card| card.evaluation.as_ref()).filter(by_hour).collect();
    let window = of_today.first().map(|evaluation| evaluation.window);
    let needs_readings = of_today.iter().any(|evaluation| evaluation.metric == Metric::Followers);
    let needs_posts = of_today.iter().any(|evaluation| evaluation.metric != Metric::Followers);
    let posts = match window.filter(|_| needs_posts) {
        Some(window) => caller.store.post_evidence(project_id, creator_id, &window, context.as_of).await?,
        None => Vec::new(),
    };
    let readings = match window.filter(|_| needs_readings) {
        Some(window) => caller.store.follower_evidence(project_id, creator_id, &window, context.as_of).await?.readings,
        None => Vec::new(),
    };
    for card in cards {
        let Some(evaluation) = &card.evaluation else { continue };
        let is_read = by_hour(&evaluation) && window == Some(evaluation.window);
        let bookings = is_read.then(|| match evaluation.metric {
            Metric::Followers => of_readings(&readings),
            _ => of_posts(posts.iter().map(|post| &post.window), evaluation),
        });
        card.course = Some(days.course(evaluation, bookings, context));
    }
    Ok(())
}

/// Returns the gains of which evidence consists, each at its instant, if its period is a day.
pub(crate) fn bookings(contributions: &Contributions, evaluation: &Evaluation) -> Option<Vec<(Instant, i64)>> {
    (evaluation.cadence == Cadence::Daily).then(|| match contributions {
        Contributions::Posts { of_period, .. } => of_posts(of_period.iter().map(|post| &post.post.window), evaluation),
        Contributions::Followers { baseline, readings, .. } => {
            of_readings(&baseline.iter().chain(readings).copied().collect::<Vec<_>>())
        }
    })
}

fn of_posts<'p>(posts: impl Iterator<Item = &'p PostWindow>, evaluation: &Evaluation) -> Vec<(Instant, i64)> {
    posts.flat_map(|post| post.gains(evaluation.metric, &evaluation.window, evaluation.as_of)).collect()
}

/// Returns what each reading gains over the one before it; the first is the baseline.
fn of_readings(readings: &[FollowerReading]) -> Vec<(Instant, i64)> {
    let gained = |pair: &[FollowerReading]| match pair {
        [before, next] => Some((next.captured_at, next.followers.saturating_sub(before.followers))),
        _ => None,
    };
    readings.windows(2).filter_map(gained).collect()
}
