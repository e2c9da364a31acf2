//! How verdicts changed in the past, and why: replays the history of one creator's goals from the facts and decisions,
//! each at its own instant. docs/rules.md, "Change log".
//!
//! Nothing is recorded when a verdict changes. The verdict of a goal at an instant is what [`evaluate`] returns for the
//! facts dated at or before it, the review states at that time and the goal's version at that time. So the log agrees
//! with the pages, also for the time before an import.

mod milestones;
mod moments;
mod record;

pub use milestones::{milestone, milestones};
pub use record::{Cause, Change, GoalHistory, History, PostDecision, PostHistory};

use crate::calendar::{DayNumber, LocalDays, day_number};
use crate::evaluation::{Context, Evaluation, evaluate, is_listed};
use crate::gains::{DayGains, Gains};
use crate::instant::Instant;
use crate::look::Looks;
use crate::metric::Metric;
use crate::period::Cadence;
use crate::settings::ProjectSettings;
use crate::status::Status;
use crate::tracking::Tracking;
use moments::{Moment, bookings, moments};
use std::collections::BTreeMap;

/// The instants of a replay.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// Where the history begins, early enough to hold every window that is judged at `since`.
    pub from: Instant,
    /// Changes from here on are returned.
    pub since: Instant,
    /// The end, exclusive.
    pub until: Instant,
}

/// Returns how the verdicts of a creator's goals changed from `since` to `until`, in order of time. `looked_before` are
/// the last looks at the creator before the history begins.
pub fn changes<Z: LocalDays>(
    history: &History,
    days: &Z,
    settings: ProjectSettings,
    span: Span,
    looked_before: Looks,
) -> Vec<Change> {
    let posts: Vec<Vec<(Instant, Gains)>> =
        history.posts.iter().map(|post| bookings(&post.window, span.from)).collect();
    let moments = moments(history, &posts, days, settings, span.from..span.until);
    let mut replay = Replay::new(history, posts, days, settings, span.from, looked_before);
    for (at, moment) in &moments {
        replay.apply(*at, moment);
        if *at >= span.since {
            replay.judge(*at, moment);
        }
    }
    replay.changes
}

/// A creator at one instant of the replay.
struct Replay<'a, Z> {
    history: &'a History,
    days: &'a Z,
    settings: ProjectSettings,
    from: Instant,
    /// The bookings of each post, in order of time.
    posts: Vec<Vec<(Instant, Gains)>>,
    /// The state of each post.
    states: Vec<Tracking>,
    gains: DayGains,
    looks: Looks,
    /// For each goal the last verdict of each window, by the window's start.
    verdicts: Vec<BTreeMap<Instant, Status>>,
    changes: Vec<Change>,
}

impl<'a, Z: LocalDays> Replay<'a, Z> {
    /// Creates the replay, with the creator as they stood at `from`.
    fn new(
        history: &'a History,
        posts: Vec<Vec<(Instant, Gains)>>,
        days: &'a Z,
        settings: ProjectSettings,
        from: Instant,
        looks: Looks,
    ) -> Self {
        let state = |post: &PostHistory| {
            let decided = post.decisions.iter().rfind(|decision| decision.at < from).map(|decision| decision.after);
            let first = post.decisions.first().map(|decision| decision.before);
            decided.or(first).unwrap_or(post.window.tracking)
        };
        Replay {
            history,
            days,
            settings,
            from,
            posts,
            states: history.posts.iter().map(state).collect(),
            gains: DayGains::default(),
            looks,
            verdicts: vec![BTreeMap::new(); history.goals.len()],
            changes: Vec::new(),
        }
    }

    /// Updates the state with what happens at an instant.
    fn apply(&mut self, at: Instant, moment: &Moment) {
        for (post, gains) in &moment.booked {
            if self.states[*post].counts() {
                self.gains.add_at(at, *gains, self.days);
            }
        }
        if let Some(followers) = moment.followers {
            self.gains.add_at(at, Gains { followers, ..Gains::default() }, self.days);
        }
        for (post, state) in &moment.reviewed {
            self.review(at, *post, *state);
        }
        if let Some(scope) = moment.look {
            self.looks.add(Looks::at(at, scope));
        }
    }

    /// Sets the review state of a post, and adds or removes its bookings so far if it now counts or no longer counts.
    fn review(&mut self, at: Instant, post: usize, state: Tracking) {
        let (counted, counts) = (self.states[post].counts(), state.counts());
        self.states[post] = state;
        if counted == counts {
            return;
        }
        for (booked_at, gains) in &self.posts[post] {
            if self.from <= *booked_at && *booked_at <= at {
                let gains = if counts { *gains } else { -*gains };
                self.gains.add_at(*booked_at, gains, self.days);
            }
        }
    }

    /// Judges every goal that exists at an instant, and records the verdicts that changed.
    fn judge(&mut self, at: Instant, moment: &Moment) {
        let context = Context { days: self.days, settings: self.settings, as_of: at, looks: self.looks };
        for (place, GoalHistory { goal, deleted_at }) in self.history.goals.iter().enumerate() {
            if at < goal.made_at() || deleted_at.is_some_and(|deleted| deleted <= at) {
                continue;
            }
            let goal = goal.as_of(at);
            if !is_listed(&goal, &context) {
                continue;
            }
            let Some(evaluation) = evaluate(&goal, &context, &self.gains) else { continue };
            let before = evaluation.previous.as_deref();
            for judged in before.into_iter().chain([&evaluation]).filter(|judged| !judged.advisory.not_yet_started) {
                let verdict = self.verdicts[place].insert(judged.window.start, judged.status);
                if let Some(from) = verdict.filter(|from| *from != judged.status) {
                    self.changes.push(Change {
                        at,
                        goal: place,
                        window: judged.window,
                        from,
                        to: judged.status,
                        actual: judged.actual,
                        target: judged.target,
                        cause: cause(judged, from, moment, place, at),
                    });
                }
            }
        }
    }
}

/// Returns what changed a verdict at an instant.
fn cause(judged: &Evaluation, from: Status, moment: &Moment, goal: usize, at: Instant) -> Cause {
    if at == judged.window.end {
        return Cause::PeriodEnded;
    }
    if moment.edited.contains(&goal) {
        return Cause::Edited;
    }
    if let Some((post, _)) = moment.reviewed.first().filter(|_| judged.metric != Metric::Followers) {
        return Cause::Reviewed(*post);
    }
    // A better verdict is caused by gains; a worse one by losses or, if there were none, by time.
    let better = judged.status.rank() > from.rank();
    let owed = |gain: &i64| if better { *gain > 0 } else { *gain < 0 };
    if judged.metric == Metric::Followers {
        return moment.followers.filter(owed).map_or(Cause::TimePassed, Cause::Followers);
    }
    let gains = moment.booked.iter().map(|(post, gains)| (*post, gains.of(judged.metric)));
    let gains: Vec<(usize, i64)> = gains.filter(|(_, gain)| owed(gain)).collect();
    match gains.iter().max_by_key(|(_, gain)| gain.abs()) {
        Some((first, gain)) => Cause::Posts { first: *first, gain: *gain, others: gains.len() - 1 },
        None => Cause::TimePassed,
    }
}

/// Returns the first local day that a replay from `since` needs: it includes the windows that are judged then, and the
/// windows before them.
pub fn first_day_needed<Z: LocalDays>(since: Instant, days: &Z, settings: ProjectSettings) -> DayNumber {
    let month = Cadence::Monthly.period_of(days.date_of(since), settings.week_start);
    let week = Cadence::Weekly.period_of(days.date_of(since), settings.week_start);
    let first = month.before(settings.week_start).dates.first.min(week.before(settings.week_start).dates.first);
    day_number(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Zone;
    use crate::evidence::PostWindow;
    use crate::fact::Counters;
    use crate::goal::{Goal, GoalVersion};
    use crate::goal_form::{GoalForm, NewGoal};
    use crate::instant::{DAY_MS, HOUR_MS};
    use crate::look::Scope;
    use crate::tracking::TrackingStatus;

    /// Monday, 10 August 2026, 00:00 UTC.
    const MONDAY: Instant = Instant::from_millis(1_786_320_000_000);
    const COUNTS: Tracking = Tracking { status: TrackingStatus::AutoTracked, disabled: false };
    const WAITS: Tracking = Tracking { status: TrackingStatus::PendingReview, disabled: false };

    fn day(days: i64, hours: i64) -> Instant {
        MONDAY.plus_millis(days * DAY_MS + hours * HOUR_MS)
    }

    fn post(published_at: Instant, tracking: Tracking) -> PostHistory {
        let window = PostWindow {
            published_at,
            tracking,
            first_counts_in_full: true,
            known_before: Counters::default(),
            snapshots: Vec::new(),
        };
        PostHistory { window, decisions: Vec::new() }
    }

    fn weekly(metric: &str, target: &str) -> GoalHistory {
        let [metric, period, target_value] = [metric, "weekly", target].map(str::to_owned);
        let form = GoalForm { metric, period, target_value, ..GoalForm::default() };
        let new = NewGoal::parse(&form).expect("a goal");
        let version = GoalVersion { made_at: MONDAY.plus_millis(-30 * DAY_MS), terms: new.terms };
        GoalHistory { goal: Goal::new(new.metric, new.cadence, version), deleted_at: None }
    }

    fn told(history: &History, until: Instant) -> Vec<(Instant, Status, Status, Cause)> {
        let from = MONDAY.plus_millis(-31 * DAY_MS);
        let changes = changes(
            history,
            &Zone::UTC,
            ProjectSettings::default(),
            Span { from, since: MONDAY, until },
            Looks::default(),
        );
        changes.into_iter().map(|change| (change.at, change.from, change.to, change.cause)).collect()
    }

    #[test]
    fn a_week_is_told_with_what_moved_each_verdict() {
        // Collected every noon; posts on Monday and Friday; the target is two posts.
        let history = History {
            posts: vec![post(day(0, 10), COUNTS), post(day(4, 9), COUNTS)],
            collections: (0..8).map(|days| (day(days, 12), Scope::All)).collect(),
            goals: vec![weekly("posts", "2")],
            ..History::default()
        };
        let post = |first| Cause::Posts { first, gain: 1, others: 0 };
        let ended = (day(7, 0), Status::OnTrack, Status::Completed, Cause::PeriodEnded);
        assert_eq!(told(&history, day(7, 13)), std::slice::from_ref(&ended));
        let late = History { posts: vec![self::post(day(0, 10), COUNTS), self::post(day(5, 9), COUNTS)], ..history };
        assert_eq!(
            told(&late, day(7, 13)),
            [
                (day(4, 12), Status::OnTrack, Status::BehindPace, Cause::TimePassed),
                (day(5, 9), Status::BehindPace, Status::OnTrack, post(1)),
                ended,
            ]
        );
    }

    #[test]
    fn a_decision_changes_a_verdict_when_it_is_made_also_of_the_period_before() {
        let mut waiting = post(day(1, 9), COUNTS);
        waiting.decisions = vec![PostDecision { at: day(8, 9), before: WAITS, after: COUNTS }];
        let history = History {
            posts: vec![waiting],
            collections: (0..10).map(|days| (day(days, 12), Scope::All)).collect(),
            goals: vec![weekly("posts", "1")],
            ..History::default()
        };
        let told = told(&history, day(8, 10));
        assert_eq!(
            told,
            [
                (day(1, 12), Status::OnTrack, Status::AtRisk, Cause::TimePassed),
                (day(7, 0), Status::AtRisk, Status::Missed, Cause::PeriodEnded),
                (day(8, 9), Status::Missed, Status::Completed, Cause::Reviewed(0)),
            ]
        );
    }

    #[test]
    fn the_last_change_of_each_window_is_how_it_stands() {
        // Collected at uneven times, with growing counters.
        let mut grows = post(day(0, 1), COUNTS);
        grows.window.snapshots = (0..40)
            .map(|place| {
                let views = Some(place * place * 3 % 700 + place * 5);
                (day(0, 4 * place), Counters { views, ..Counters::default() })
            })
            .collect();
        let goals = vec![weekly("views", "800")];
        let history = History { posts: vec![grows.clone()], goals, ..History::default() };
        let from = MONDAY.plus_millis(-31 * DAY_MS);
        for hours in 1..200 {
            let until = day(0, hours);
            let all = changes(
                &history,
                &Zone::UTC,
                ProjectSettings::default(),
                Span { from, since: MONDAY, until },
                Looks::default(),
            );
            // What the pages would have evaluated just before.
            let as_of = until.plus_millis(-1);
            let snapshots = grows.window.snapshots.iter().filter(|(at, _)| *at <= as_of);
            let mut gains = DayGains::default();
            let known = PostWindow { snapshots: snapshots.copied().collect(), ..grows.window.clone() };
            for (at, gain) in bookings(&known, from) {
                gains.add(day_number(Zone::UTC.date_of(at)), gain);
            }
            let looked = grows.window.snapshots.iter().map(|(at, _)| *at).filter(|at| *at <= as_of).max();
            let looks = Looks { posts: looked, followers: None };
            let context = Context { days: &Zone::UTC, settings: ProjectSettings::default(), as_of, looks };
            let judged = evaluate(&history.goals[0].goal, &context, &gains).expect("a window");
            let told = all.iter().rfind(|change| change.window.start == judged.window.start);
            assert_eq!(told.map_or(Status::OnTrack, |change| change.to), judged.status, "after {hours} hours");
        }
    }
}
