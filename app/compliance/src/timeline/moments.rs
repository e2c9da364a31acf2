//! Everything that happens to a creator, by instant.

use super::record::{GoalHistory, History};
use crate::booking::booked_at;
use crate::calendar::LocalDays;
use crate::evidence::PostWindow;
use crate::gains::Gains;
use crate::instant::Instant;
use crate::look::Scope;
use crate::period::Cadence;
use crate::settings::ProjectSettings;
use crate::tracking::Tracking;
use std::collections::BTreeMap;

/// Everything that happens at one instant.
#[derive(Debug, Default)]
pub(super) struct Moment {
    /// Posts, by index, and their bookings.
    pub booked: Vec<(usize, Gains)>,
    /// The amount by which follower readings differ from the ones before them.
    pub followers: Option<i64>,
    /// Posts and the states that they were given.
    pub reviewed: Vec<(usize, Tracking)>,
    /// What was looked at.
    pub look: Option<Scope>,
    /// Goals that were made or edited.
    pub edited: Vec<usize>,
}

/// Returns the bookings of one post from an instant on, in order of time.
pub(super) fn bookings(post: &PostWindow, from: Instant) -> Vec<(Instant, Gains)> {
    let mut track = post.track_from(from);
    let mut booked = vec![(post.published_at, Gains { posts: 1, ..Gains::default() })];
    let snapshots = post.snapshots.iter();
    booked.extend(snapshots.map(|(at, counters)| (booked_at(*at, post.published_at), track.book(counters).gains())));
    booked
}

/// Returns everything that happens to the creator, and every instant at which a window begins or ends, by instant.
pub(super) fn moments<Z: LocalDays>(
    history: &History,
    posts: &[Vec<(Instant, Gains)>],
    days: &Z,
    settings: ProjectSettings,
    span: std::ops::Range<Instant>,
) -> BTreeMap<Instant, Moment> {
    let mut moments: BTreeMap<Instant, Moment> = BTreeMap::new();
    let within = |at: &Instant| span.contains(at);
    for (post, booked) in posts.iter().enumerate() {
        for (at, gains) in booked.iter().filter(|(at, _)| within(at)) {
            moments.entry(*at).or_default().booked.push((post, *gains));
        }
        for decision in history.posts[post].decisions.iter().filter(|decision| within(&decision.at)) {
            moments.entry(decision.at).or_default().reviewed.push((post, decision.after));
        }
    }
    for pair in history.readings.windows(2) {
        let ((_, before), (at, after)) = (pair[0], pair[1]);
        if within(&at) {
            let moment = moments.entry(at).or_default();
            moment.followers = Some(moment.followers.unwrap_or(0) + after - before);
        }
    }
    let snapshots = history.posts.iter().flat_map(|post| &post.window.snapshots);
    let looks = snapshots.map(|(at, _)| (*at, Scope::Posts));
    let looks = looks.chain(history.readings.iter().map(|(at, _)| (*at, Scope::Followers)));
    for (at, scope) in looks.chain(history.collections.iter().copied()).filter(|(at, _)| within(at)) {
        let moment = moments.entry(at).or_default();
        moment.look = Some(moment.look.map_or(scope, |look| look.and(scope)));
    }
    for (goal, GoalHistory { goal: known, .. }) in history.goals.iter().enumerate() {
        for version in known.versions().filter(|version| within(&version.made_at)) {
            moments.entry(version.made_at).or_default().edited.push(goal);
        }
    }
    for cadence in Cadence::ALL {
        let has = history.goals.iter().any(|goal| goal.goal.cadence == cadence);
        let mut period = cadence.period_of(days.date_of(span.start), settings.week_start);
        while has && days.start_of(period.dates.first) < span.end {
            let start = days.start_of(period.dates.first);
            if within(&start) {
                moments.entry(start).or_default();
            }
            period = period.after(settings.week_start);
        }
    }
    // The windows of goals with start and end dates begin and end on other days.
    let dates = history.goals.iter().flat_map(|goal| goal.goal.versions()).flat_map(|version| {
        let end = version.terms.end_date.and_then(|last| last.succ_opt());
        [version.terms.start_date, end]
    });
    for at in dates.flatten().map(|date| days.start_of(date)).filter(within) {
        moments.entry(at).or_default();
    }
    moments
}
