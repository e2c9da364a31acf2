//! Laws of statuses, advisories and previews.

use crate::{cases, instants, zones};
use compliance::back_test::{PastActuals, PastDay};
use compliance::calendar::{DayNumber, LocalDays, Zone, date_of_day, day_number};
use compliance::course::{Course, Seen};
use compliance::evaluation::{Context, evaluate, evaluate_on, evaluate_period};
use compliance::gains::Gains;
use compliance::goal::GoalVersion;
use compliance::goal_form::{GoalForm, NewGoal};
use compliance::instant::HOUR_MS;
use compliance::metric::Metric;
use compliance::overview::Urgency;
use compliance::period::{Cadence, WeekStart};
use compliance::preview::GoalPreview;
use compliance::terms::GoalTerms;
use compliance::{Evaluation, Goal, Instant, Looks, ProjectSettings, Status};
use proptest::prelude::*;

/// A goal, what its creator gained in total on each day, and how it is judged.
#[derive(Debug, Clone)]
struct Given {
    zone: Zone,
    settings: ProjectSettings,
    as_of: Instant,
    looks: Looks,
    goal: NewGoal,
    made_at: Instant,
    gains: Vec<(DayNumber, Gains)>,
}

impl Given {
    fn context(&self) -> Context<'_, Zone> {
        Context {
            days: &self.zone,
            settings: self.settings,
            as_of: self.as_of,
            looks: Looks {
                posts: self.looks.posts.filter(|at| *at <= self.as_of),
                followers: self.looks.followers.filter(|at| *at <= self.as_of),
            },
        }
    }

    fn goal(&self) -> Goal {
        Goal::new(self.goal.metric, self.goal.cadence, GoalVersion { made_at: self.made_at, terms: self.goal.terms })
    }

    fn evaluate(&self) -> Option<Evaluation> {
        evaluate(&self.goal(), &self.context(), &self.gains)
    }
}

fn past_day(day: DayNumber, gains: Gains) -> PastDay {
    PastDay { day, gains, looks: Looks::default() }
}

fn goals(around: DayNumber) -> impl Strategy<Value = NewGoal> {
    let date = move || prop::option::of((around - 45..around + 45).prop_map(date_of_day));
    let target = prop_oneof![1..30_i64, 1..=1_000_000_000_000_i64];
    let kinds = (prop::sample::select(Metric::ALL.to_vec()), prop::sample::select(Cadence::ALL.to_vec()));
    (kinds, target, date(), date()).prop_map(|((metric, cadence), target_value, start_date, end_date)| {
        let end_date = end_date.map(|end| start_date.map_or(end, |start| end.max(start)));
        NewGoal { metric, cadence, terms: GoalTerms { target_value, start_date, end_date, is_active: true } }
    })
}

fn settings() -> impl Strategy<Value = ProjectSettings> {
    (prop::sample::select(WeekStart::ALL.to_vec()), 0..=100_u32, 1..=200_u32).prop_map(
        |(week_start, early_grace_percent, collection_interval_hours)| ProjectSettings {
            week_start,
            early_grace_percent,
            collection_interval_hours,
        },
    )
}

prop_compose! {
    fn given()(zone in zones(), settings in settings(), as_of in instants())(
        goal in goals(day_number(zone.date_of(as_of))),
        ages in [(); 2].map(|()| prop::option::weighted(0.9, prop_oneof![Just(0), 0..1000 * HOUR_MS])),
        made_before in 0..2000 * HOUR_MS,
        gains in prop::collection::btree_map(-70..40_i32, -3..20_i64, 0..40),
        zone in Just(zone), settings in Just(settings), as_of in Just(as_of),
    ) -> Given {
        let today = day_number(zone.date_of(as_of));
        let scale = (goal.terms.target_value / 20).max(1);
        let gains = gains.into_iter().map(|(day, gain)| {
            let gain = gain * scale;
            (today + day, Gains { posts: gain, views: gain + 1, engagement: gain - 1, followers: -gain, ..Gains::default() })
        });
        Given {
            looks: Looks {
                posts: ages[0].map(|age| as_of.plus_millis(-age)),
                followers: ages[1].map(|age| as_of.plus_millis(-age)),
            },
            made_at: as_of.plus_millis(-made_before),
            gains: gains.collect(),
            zone, settings, as_of, goal,
        }
    }
}

/// How well a status speaks of a goal that is open, or of one that has ended.
fn goodness(status: Status) -> u8 {
    match status {
        Status::AtRisk | Status::Missed => 0,
        Status::BehindPace => 1,
        Status::OnTrack | Status::Completed => 2,
    }
}

/// The status table of docs/rules.md, row by row: how many rows apply, and which.
fn rows(evaluation: &Evaluation, settings: ProjectSettings) -> Vec<Status> {
    let (actual, target) = (i128::from(evaluation.actual), i128::from(evaluation.target));
    let length = i128::from(evaluation.window.millis());
    let elapsed =
        evaluation.measured_at.map_or(0, |at| i128::from(at.millis_since(evaluation.window.start)).clamp(0, length));
    let open = evaluation.as_of < evaluation.window.end;
    let due = target * elapsed;
    // pace ≥ p %  <=>  actual × length × 100 ≥ p × target × elapsed; nothing expected is never behind.
    let pace_at_least = |percent: i128| due == 0 || actual * length * 100 >= percent * due;
    let nothing_due = elapsed * 100 < i128::from(settings.early_grace_percent) * length;
    let on_track = pace_at_least(100) || actual >= target || nothing_due;
    let table = [
        (Status::OnTrack, open && on_track),
        (Status::BehindPace, open && !on_track && pace_at_least(70)),
        (Status::AtRisk, open && !on_track && !pace_at_least(70)),
        (Status::Completed, !open && actual >= target),
        (Status::Missed, !open && actual < target),
    ];
    table.into_iter().filter(|(_, applies)| *applies).map(|(status, _)| status).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn exactly_one_status_and_it_is_the_tables(given in given()) {
        if let Some(evaluation) = given.evaluate() {
            prop_assert_eq!(rows(&evaluation, given.settings), vec![evaluation.status]);
            if let Some(previous) = evaluation.previous {
                prop_assert_eq!(rows(&previous, given.settings), vec![previous.status]);
                prop_assert!(previous.has_ended() && previous.window.end <= evaluation.window.start);
            }
        }
    }

    #[test]
    fn numbers_agree_with_the_status(given in given()) {
        if let Some(evaluation) = given.evaluate() {
            prop_assert_eq!(evaluation.pace_percent.is_some(), evaluation.projected.is_some());
            let met = evaluation.actual >= evaluation.target;
            prop_assert_eq!(evaluation.percentage >= 100, met);
            prop_assert_eq!(evaluation.required_per_day.is_none(), evaluation.has_ended());
            if let Some(required) = evaluation.required_per_day {
                prop_assert_eq!(required.units() == 0, met);
            }
            if let (Some(pace), Some(projected)) = (evaluation.pace_percent, evaluation.projected) {
                // "Under even delivery pace ≥ 100 % is the same as projected ≥ target."
                prop_assert_eq!(pace >= 100, projected >= evaluation.target);
            }
            prop_assert!(!(evaluation.awaiting_data() && evaluation.status != Status::Missed));
            prop_assert!(!(evaluation.is_final && evaluation.awaiting_data()));
        }
    }

    #[test]
    fn more_actual_never_lowers_the_status(given in given(), more in 1..1_000_000_i64) {
        if let Some(before) = given.evaluate() {
            let on = day_number(before.window.dates.first);
            let mut better = given.clone();
            better.gains.retain(|(day, _)| *day != on);
            let of_day = given.gains.iter().find(|(day, _)| *day == on).map_or_else(Gains::default, |(_, gains)| *gains);
            let mut raised = Gains { posts: more, views: more, engagement: more, followers: more, ..Gains::default() };
            raised += of_day;
            better.gains.push((on, raised));
            better.gains.sort_by_key(|(day, _)| *day);
            let after = better.evaluate().expect("the window is the same");
            prop_assert_eq!(after.actual, before.actual + more);
            prop_assert!(goodness(after.status) >= goodness(before.status));
            prop_assert!(after.pace_percent >= before.pace_percent && after.projected >= before.projected);
            prop_assert!(after.required_per_day <= before.required_per_day && after.percentage >= before.percentage);
            if before.just_ended().is_none() && after.just_ended().is_none() {
                prop_assert!(Urgency::of(&after) >= Urgency::of(&before), "never more urgent");
            }
        }
    }

    #[test]
    fn the_advisory_icon_shows_for_exactly_48_hours(given in given(), into in 0..48 * HOUR_MS, long in 0..1000 * HOUR_MS) {
        if let Some(evaluation) = given.evaluate() {
            let (window, date) = (evaluation.window, evaluation.window.dates.first);
            let shows = |as_of: Instant| {
                let later = Given { as_of, ..given.clone() };
                let judged = evaluate_on(&later.goal(), date, &later.context(), &later.gains).expect("the same window");
                assert_eq!(judged.window, window);
                assert_eq!(judged.advisory.icon_message().is_some(), judged.advisory.period_recently_ended);
                judged.advisory.period_recently_ended
            };
            prop_assert!(shows(window.end.plus_millis(into)));
            prop_assert!(shows(window.end) && shows(window.end.plus_millis(48 * HOUR_MS - 1)));
            prop_assert!(!shows(window.end.plus_millis(-1 - long)));
            prop_assert!(!shows(window.end.plus_millis(48 * HOUR_MS + long)));
        }
    }

    #[test]
    fn a_date_is_judged_as_the_period_that_holds_it(
        given in given(),
        edits in prop::collection::vec((0..2000 * HOUR_MS, prop::option::of(-120..60_i32), 1..30_i64), 0..3),
        back in 0..120_i32,
    ) {
        let (context, today) = (given.context(), day_number(given.zone.date_of(given.as_of)));
        let mut goal = given.goal();
        let mut made_at = given.made_at;
        for (later, start, target_value) in edits {
            made_at = made_at.plus_millis(later).min(given.as_of);
            let (start_date, end_date) = (start.map(|start| date_of_day(today + start)), None);
            goal = goal.edited(GoalVersion { made_at, terms: GoalTerms { target_value, start_date, end_date, is_active: true } });
        }
        let date = date_of_day(today - back);
        let period = given.goal.cadence.period_of(date, given.settings.week_start);
        if let Some(in_history) = evaluate_period(&goal, period, &context, &given.gains) {
            prop_assert_eq!(evaluate_on(&goal, date, &context, &given.gains), Some(in_history));
        }
    }

    #[test]
    fn a_preview_says_what_the_server_would_say(mut given in given()) {
        // The goal is being made now.
        given.made_at = given.as_of;
        let context = given.context();
        let dates = GoalPreview::dates_around(&context);
        let held = |day: DayNumber| (day_number(dates.first)..day_number(dates.end)).contains(&day);
        let gains: Vec<_> = given.gains.iter().copied().filter(|(day, _)| held(*day)).collect();
        let today = given.zone.date_of(given.as_of);
        let first = PastActuals::first_day(&context);
        let days: Vec<_> = given.gains.iter().filter(|(day, _)| *day >= first).map(|(day, gains)| past_day(*day, *gains)).collect();
        let past = PastActuals::of(&context, &days);
        let others = vec![given.goal().covered(&given.zone, given.settings.week_start); 2];
        let preview = GoalPreview::new(&context, today, dates, &gains).compared_with(others, past);
        prop_assert_eq!(preview.past(), &past);
        let sent = Vec::<i64>::from(preview.clone());
        prop_assert!(GoalPreview::try_from(sent[..sent.len() - 1].to_vec()).is_err(), "cut off on the way");
        prop_assert_eq!(GoalPreview::try_from(sent), Ok(preview.clone()), "as it travels");
        let (shown, judged) = (preview.evaluate(&given.goal), given.evaluate());
        match (&shown, &judged) {
            (Some(_), _) => prop_assert_eq!(&shown, &judged),
            // The preview gives no answer only if it lacks some of the days.
            (None, Some(judged)) => {
                let first = judged.previous.as_ref().map_or(judged.window.dates.first, |it| it.window.dates.first);
                prop_assert!(first < dates.first || judged.window.dates.end > dates.end);
            }
            (None, None) => {}
        }
    }

    #[test]
    fn a_preview_names_the_goal_that_the_server_would_refuse_it_for(given in given(), other in given()) {
        let (week_start, context) = (given.settings.week_start, given.context());
        let kept = Goal::new(given.goal.metric, given.goal.cadence, GoalVersion { made_at: given.as_of, terms: other.goal.terms });
        let typed = Goal::new(given.goal.metric, given.goal.cadence, GoalVersion { made_at: given.as_of, terms: given.goal.terms });
        let today = given.zone.date_of(given.as_of);
        let preview = GoalPreview::new(&context, today, GoalPreview::dates_around(&context), &[])
            .compared_with(vec![kept.covered(&given.zone, week_start)], PastActuals::default());
        let refused = kept.overlaps(&typed, &given.zone, week_start);
        let NewGoal { metric, cadence, terms } = given.goal;
        let form = GoalForm {
            metric: metric.name().to_owned(),
            period: cadence.name().to_owned(),
            target_value: String::new(),
            start_date: terms.start_date.map(|date| date.to_string()).unwrap_or_default(),
            end_date: terms.end_date.map(|date| date.to_string()).unwrap_or_default(),
        };
        let valid = preview.parse(&GoalForm { target_value: "1".to_owned(), ..form.clone() }).is_ok();
        prop_assert_eq!(preview.overlapped(&form).map(|(_, place)| place), (valid && refused).then_some(0));
    }

    #[test]
    fn a_back_test_says_what_the_verdicts_would_have_been(given in given()) {
        let context = given.context();
        let mut sums = std::collections::BTreeMap::<DayNumber, Gains>::new();
        for (day, gains) in &given.gains {
            *sums.entry(*day).or_default() += *gains;
        }
        let first = PastActuals::first_day(&context);
        let days: Vec<_> = sums.range(first..).map(|(day, gains)| past_day(*day, *gains)).collect();
        let (metric, cadence) = (given.goal.metric, given.goal.cadence);
        let terms = GoalTerms { start_date: Some(date_of_day(first)), end_date: None, is_active: true, ..given.goal.terms };
        let goal = Goal::new(metric, cadence, GoalVersion { made_at: given.as_of, terms });
        let past = PastActuals::of(&context, &days);
        let mut period = cadence.period_of(given.zone.date_of(given.as_of), given.settings.week_start);
        for actual in past.of_kind(metric, cadence).0.iter().rev() {
            period = period.before(given.settings.week_start);
            let judged = evaluate_period(&goal, period, &context, &given.gains);
            if let (Some(actual), Some(judged)) = (actual, judged.filter(|it| it.window.dates == period.dates)) {
                prop_assert_eq!(*actual, judged.actual);
                prop_assert_eq!(*actual >= terms.target_value, judged.status == Status::Completed);
                prop_assert!(!judged.awaiting_data());
            }
        }
    }

    #[test]
    fn a_course_ends_at_the_number_of_its_verdict(
        given in given(),
        looked_on in prop::collection::btree_map(-70..1_i32, 0..20 * HOUR_MS, 0..20),
    ) {
        let today = day_number(given.zone.date_of(given.as_of));
        let looks = looked_on.into_iter().map(|(back, into)| {
            let at = given.zone.start_of(date_of_day(today + back)).plus_millis(into);
            (day_number(given.zone.date_of(at)), Looks { posts: Some(at), followers: Some(at) })
        });
        let looks: Vec<_> = looks.filter(|(_, look)| look.posts <= Some(given.as_of)).collect();
        if let Some(judged) = given.evaluate() {
            let seen = Seen { gains: &given.gains, looks: &looks };
            let Course { steps, unseen } = Course::by_day(&judged, seen, given.settings, &given.zone);
            let (start, until) = (judged.window.start, judged.window.end.min(given.as_of));
            let in_window = |at: Instant| start <= at && at <= until;
            prop_assert!(steps.iter().all(|step| in_window(step.at)));
            prop_assert!(steps.is_sorted_by(|one, other| one.at < other.at));
            prop_assert!(steps.len() <= usize::try_from(judged.window.dates.count()).unwrap_or(0) + 1);
            prop_assert!(unseen.iter().all(|part| in_window(part.from) && part.from < part.to && in_window(part.to)));
            prop_assert!(unseen.is_sorted_by(|one, other| one.to <= other.from));
            if let Some(last) = steps.last() {
                prop_assert_eq!(last.reached, judged.actual);
                if let Some(measured_at) = judged.measured_at {
                    prop_assert_eq!((last.at, last.expected), (measured_at.max(start), judged.expected));
                }
            }
            prop_assert!(!steps.is_empty() || until < start || judged.measured_at.is_none());
        }
    }

    #[test]
    fn a_preview_of_today_is_never_held_back(mut given in given()) {
        (given.goal.terms.start_date, given.goal.terms.end_date) = (None, None);
        given.made_at = given.as_of;
        let context = given.context();
        let today = given.zone.date_of(given.as_of);
        let preview = GoalPreview::new(&context, today, GoalPreview::dates_around(&context), &[]);
        prop_assert!(preview.evaluate(&given.goal).is_some());
        given.goal.terms.start_date = Some(given.zone.date_of(given.as_of) - chrono::Days::new(365));
        prop_assert!(preview.evaluate(&given.goal).is_some(), "with the period before");
    }
}
