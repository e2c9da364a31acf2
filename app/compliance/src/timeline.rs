//! How verdicts changed in the past, and why: replays the history of one creator's goals from the facts and decisions,
//! each at its own instant. docs/rules.md, "Change log".
//!
//! Nothing is recorded when a verdict changes. The verdict of a goal at an instant is what [`evaluate`] returns for the
//! facts dated at or before it, the review states at that time and the goal's version at that time. So the log agrees
//! with the pages, also for the time before an import.

use crate::calendar::{DayNumber, LocalDays, day_number};
use crate::evaluation::{Actuals, Context, Evaluation, evaluate, is_listed};
use crate::evidence::PostWindow;
use crate::goal::{Goal, Metric};
use crate::instant::Instant;
use crate::ledger::{Booking, DayGains, Gains, booked_at};
use crate::look::{Looks, Scope};
use crate::period::{Cadence, Dates, Window};
use crate::settings::ProjectSettings;
use crate::status::Status;
use crate::tracking::Tracking;
use std::collections::BTreeMap;

/// A post of the creator, and the decisions on it.
#[derive(Debug, Clone)]
pub struct PostHistory {
    /// What is known of the post since the beginning of the replay.
    pub window: PostWindow,
    /// The decisions on it, in order of time: the instant, the state before and the state after.
    pub decisions: Vec<(Instant, Tracking, Tracking)>,
}

/// A goal of the creator, and when it was deleted.
#[derive(Debug, Clone)]
pub struct GoalHistory {
    /// The goal.
    pub goal: Goal,
    /// When it was deleted, if it was.
    pub deleted_at: Option<Instant>,
}

/// Everything that is known of a creator since an instant.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The creator's posts, referred to by index.
    pub posts: Vec<PostHistory>,
    /// Follower readings, beginning with the last one before the replay.
    pub readings: Vec<(Instant, i64)>,
    /// Collections that are known only from collection facts, such as those that found nothing new.
    pub collections: Vec<(Instant, Scope)>,
    /// The creator's goals, referred to by index.
    pub goals: Vec<GoalHistory>,
}

/// A change of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When it changed.
    pub at: Instant,
    /// The goal's index.
    pub goal: usize,
    /// The window of the verdict.
    pub window: Window,
    /// The verdict before.
    pub from: Status,
    /// The verdict afterwards.
    pub to: Status,
    /// The amount measured at that time.
    pub actual: i64,
    /// The target of the window.
    pub target: i64,
    /// Why it changed.
    pub cause: Cause,
}

/// Why a verdict changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The window ended.
    PeriodEnded,
    /// Time passed, and too little was gained meanwhile.
    TimePassed,
    /// Gains of posts.
    Posts {
        /// The index of the post that contributed most.
        first: usize,
        /// The gain of that post.
        gain: i64,
        /// The number of other posts that contributed.
        others: usize,
    },
    /// A change of the follower count.
    Followers(i64),
    /// A decision on posts; the index of the first of them.
    Reviewed(usize),
    /// An edit of the goal.
    Edited,
}

/// The state of the creator at one instant of the replay.
struct Known {
    gains: DayGains,
    looks: Looks,
}

impl Actuals for DayGains {
    fn gained(&self, metric: Metric, dates: Dates) -> i64 {
        self.between(day_number(dates.first)..day_number(dates.end))
            .map(|(_, gains)| gains.of(metric))
            .fold(0, i64::saturating_add)
    }
}

/// Everything that happens at one instant.
#[derive(Debug, Default)]
struct Moment {
    /// Posts, by index, and their bookings.
    booked: Vec<(usize, Gains)>,
    followers: Option<i64>,
    reviewed: Vec<(usize, Tracking)>,
    /// The scope of the collections, if there were any.
    look: Option<Scope>,
    edited: Vec<usize>,
}

/// Returns the bookings of one post from an instant on, in order of time.
fn bookings(post: &PostWindow, from: Instant) -> Vec<(Instant, Gains)> {
    let mut track = post.track_from(from);
    let mut booked = vec![(post.published_at, Gains { posts: 1, ..Gains::default() })];
    booked.extend(post.snapshots.iter().map(|(at, counters)| {
        let Booking { views, engagement } = track.book(counters);
        (
            booked_at(*at, post.published_at),
            Gains { views: views.unwrap_or(0), engagement: engagement.unwrap_or(0), ..Gains::default() },
        )
    }));
    booked
}

/// Returns the changes of a creator's verdicts from `since` to `until`, in order of time. The history begins at `from`,
/// early enough to include every window that is judged then; `looked_before` are the last collections before it.
pub fn changes<Z: LocalDays>(
    history: &History,
    days: &Z,
    settings: ProjectSettings,
    (from, since, until): (Instant, Instant, Instant),
    looked_before: Looks,
) -> Vec<Change> {
    let posts: Vec<Vec<(Instant, Gains)>> = history.posts.iter().map(|post| bookings(&post.window, from)).collect();
    let moments = moments(history, &posts, days, settings, from..until);
    let mut states: Vec<Tracking> = history
        .posts
        .iter()
        .map(|post| post.decisions.first().map_or(post.window.tracking, |(_, before, _)| *before))
        .collect();
    // Apply the decisions from before the beginning.
    for (post, state) in history.posts.iter().zip(&mut states) {
        if let Some((_, _, after)) = post.decisions.iter().rfind(|(at, ..)| *at < from) {
            *state = *after;
        }
    }
    let mut known = Known { gains: DayGains::default(), looks: looked_before };
    let mut verdicts: Vec<BTreeMap<Instant, Status>> = vec![BTreeMap::new(); history.goals.len()];
    let mut changes = Vec::new();
    for (at, moment) in &moments {
        let day = day_number(days.date_of(*at));
        for (post, gains) in &moment.booked {
            if states[*post].counts() {
                known.gains.add(day, *gains);
            }
        }
        if let Some(followers) = moment.followers {
            known.gains.add(day, Gains { followers, ..Gains::default() });
        }
        for (post, state) in &moment.reviewed {
            let (counted, counts) = (states[*post].counts(), state.counts());
            states[*post] = *state;
            if counted != counts {
                for (booked_at, gains) in
                    posts[*post].iter().filter(|(booked_at, _)| from <= *booked_at && booked_at <= at)
                {
                    let gains = if counts { *gains } else { -*gains };
                    known.gains.add(day_number(days.date_of(*booked_at)), gains);
                }
            }
        }
        if let Some(scope) = moment.look {
            known.looks.add(Looks::at(*at, scope));
        }
        if *at >= since {
            judge_all(history, days, settings, *at, &known, moment, &mut verdicts, &mut changes);
        }
    }
    changes
}

/// Returns everything that happens to the creator, and every instant at which a window begins or ends, by instant.
fn moments<Z: LocalDays>(
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
        for (at, _, after) in history.posts[post].decisions.iter().filter(|(at, ..)| within(at)) {
            moments.entry(*at).or_default().reviewed.push((post, *after));
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

#[expect(clippy::too_many_arguments, reason = "the state of the replay")]
fn judge_all<Z: LocalDays>(
    history: &History,
    days: &Z,
    settings: ProjectSettings,
    at: Instant,
    known: &Known,
    moment: &Moment,
    verdicts: &mut [BTreeMap<Instant, Status>],
    changes: &mut Vec<Change>,
) {
    let context = Context { days, settings, as_of: at, looks: known.looks };
    for (place, GoalHistory { goal, deleted_at }) in history.goals.iter().enumerate() {
        if at < goal.made_at() || deleted_at.is_some_and(|deleted| deleted <= at) {
            continue;
        }
        let goal = goal.as_of(at);
        if !is_listed(&goal, &context) {
            continue;
        }
        let Some(evaluation) = evaluate(&goal, &context, &known.gains) else { continue };
        let before = evaluation.previous.as_deref().cloned();
        for judged in before.iter().chain([&evaluation]).filter(|judged| !judged.advisory.not_yet_started) {
            let verdict = verdicts[place].insert(judged.window.start, judged.status);
            if let Some(from) = verdict.filter(|from| *from != judged.status) {
                let cause = cause(judged, from, moment, place, at);
                changes.push(Change {
                    at,
                    goal: place,
                    window: judged.window,
                    from,
                    to: judged.status,
                    actual: judged.actual,
                    target: judged.target,
                    cause,
                });
            }
        }
    }
}

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

/// Returns the milestone that a follower count has reached: 1, 2 or 5 times a power of ten, from 1,000 on.
pub fn milestone(followers: i64) -> Option<i64> {
    let mut step: i64 = 1_000;
    let mut reached = None;
    while step <= followers {
        for times in [1, 2, 5] {
            if let Some(count) = step.checked_mul(times).filter(|count| *count <= followers) {
                reached = Some(count);
            }
        }
        let Some(next) = step.checked_mul(10) else { break };
        step = next;
    }
    reached
}

/// Returns the milestones that readings reach for the first time, each with its instant. `highest_before` is the
/// highest earlier count. Without one, the first reading only sets the level and reaches no milestone.
pub fn milestones(readings: &[(Instant, i64)], highest_before: Option<i64>) -> Vec<(Instant, i64)> {
    let beginning = readings.first().map(|(_, followers)| *followers);
    let mut highest = highest_before.or(beginning).and_then(milestone);
    let mut reached = Vec::new();
    for (at, followers) in readings {
        let milestone = milestone(*followers);
        if milestone > highest {
            reached.extend(milestone.map(|milestone| (*at, milestone)));
            highest = milestone;
        }
    }
    reached
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
    use crate::fact::Counters;
    use crate::goal::{GoalForm, GoalVersion, NewGoal};
    use crate::instant::{DAY_MS, HOUR_MS};
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
        let changes = changes(history, &Zone::UTC, ProjectSettings::default(), (from, MONDAY, until), Looks::default());
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
        waiting.decisions = vec![(day(8, 9), WAITS, COUNTS)];
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
            let all =
                changes(&history, &Zone::UTC, ProjectSettings::default(), (from, MONDAY, until), Looks::default());
            // As the pages would have evaluated just before.
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

    #[test]
    fn milestones_are_told_once() {
        let at = |place: i64| MONDAY.plus_millis(place);
        let readings = [(at(0), 950), (at(1), 1_010), (at(2), 990), (at(3), 1_020), (at(4), 5_200), (at(5), 9_999)];
        assert_eq!(milestones(&readings, None), [(at(1), 1_000), (at(4), 5_000)]);
        assert_eq!(milestones(&readings[4..], None), []);
        assert_eq!(milestones(&readings[4..], Some(1_020)), [(at(4), 5_000)]);
        assert_eq!(milestones(&readings, Some(6_000)), [], "it was there before, and came down");
        assert_eq!(milestone(i64::MAX), Some(5_000_000_000_000_000_000));
    }
}
