//! Tests that the demo program shows every feature of the product, at any time.

use super::short::date;
use super::support::Engine;
use compliance::goal_form::NewGoal;
use compliance::terms::GoalTerms;
use compliance::{Cadence, Evaluation, Instant, Metric, Status};
use program::actor::Actor;
use program::calendar::creator::creator_calendar;
use program::calendar::everybody::calendar;
use program::calendar::month::Month;
use program::calendar::shown::CalendarQuery;
use program::caller::Caller;
use program::campaigns::list::campaigns;
use program::changelog::{EntryKind, change_log};
use program::clock::FixedClock;
use program::goals::evidence::{Why, WhyOf};
use program::goals::tab::creator_goals;
use program::ids::{GoalId, ProjectId};
use program::overview::query::OverviewQuery;
use program::overview::{Overview, OverviewRows, overview, overview_rows};
use program::reviews::inbox::inbox;
use program::reviews::record::PendingQuery;
use program::store::SharedStore;
use rstest::rstest;
use server::demo;
use std::collections::HashSet;
use std::sync::Arc;
use store::SqlStore;
use tempfile::TempDir;

/// Creates a database with the demo program, and returns its project.
async fn filled(now: &str) -> (TempDir, Caller, ProjectId) {
    let folder = tempfile::tempdir().unwrap();
    let url = Engine::of_this_run().fresh_url(folder.path()).await;
    let store: SharedStore = Arc::new(SqlStore::open(&url).await.unwrap());
    let now = Instant::from_millis(chrono::DateTime::parse_from_rfc3339(now).unwrap().timestamp_millis());
    demo::fill(&store, now).await.unwrap();
    let project_id = store.projects().await.unwrap()[0].project_id;
    (folder, Caller { store, clock: Arc::new(FixedClock(now)), actor: Actor::LocalOwner }, project_id)
}

async fn shown(caller: &Caller, project_id: ProjectId) -> (OverviewRows, Overview) {
    let query = OverviewQuery::default();
    (overview_rows(caller, project_id, &query).await.unwrap(), overview(caller, project_id, &query).await.unwrap())
}

/// At the beginning, in the middle and at the end of a week, and early in a month.
#[rstest]
#[case("2026-11-16T09:00:00Z")]
#[case("2026-11-18T12:00:00Z")]
#[case("2026-11-22T21:00:00Z")]
#[case("2026-12-01T15:00:00Z")]
#[tokio::test]
async fn the_demo_shows_every_case_whenever_somebody_looks(#[case] now: &str) {
    let (_folder, caller, id) = filled(now).await;
    let (rows, page) = shown(&caller, id).await;
    assert!((38..=42).contains(&page.creators), "{} creators", page.creators);
    for status in Status::ALL {
        assert!(rows.counts.current(status) > 0, "nothing is {} at {now}", status.label());
    }
    let evaluations = || rows.standings.iter().flat_map(|standing| &standing.evaluations).map(|(_, judged)| judged);
    assert!(evaluations().any(|judged| judged.just_ended().is_some()), "nothing just ended at {now}");
    assert!(evaluations().any(|judged| judged.advisory.not_yet_started), "no goal lies ahead at {now}");
    assert!(rows.standings.iter().any(|standing| standing.evaluations.is_empty()), "everybody has a goal");
    assert!(rows.standings.iter().any(|standing| standing.looks.latest().is_none()), "everybody was collected");
    assert!(page.groups.attention() > 0 && !page.saved.is_empty());

    let waiting = inbox(&caller, id, &PendingQuery::default()).await.unwrap();
    let effects = || waiting.posts.iter().flat_map(|pending| &pending.effects);
    assert!(effects().any(|effect| effect.changes_status().is_some()), "approving turns nothing at {now}");
    assert!(effects().any(|effect| effect.changes_status().is_none()), "approving turns everything at {now}");

    let campaigns = campaigns(&caller, id).await.unwrap();
    assert!(campaigns.campaigns.iter().any(|row| !row.inside.is_empty()), "no campaign stands in another");
    assert!(campaigns.campaigns.iter().any(|row| row.stats.posts > 0), "no campaign holds a single post");
    assert!(campaigns.campaigns.iter().any(|row| row.stats.progress.is_some()), "no campaign has a target");
    assert!(!campaigns.deleted.is_empty(), "no campaign can be restored");
    assert!(!caller.store.creators_removed(id).await.unwrap().is_empty(), "nobody was removed");

    let mut kinds = HashSet::new();
    for standing in &rows.standings {
        let log = change_log(&caller, id, standing.creator_id(), None).await.unwrap();
        kinds.extend(log.entries.iter().map(|entry| entry.what.kind().name()));
    }
    for kind in EntryKind::ALL {
        assert!(kinds.contains(kind.name()), "no change log tells of {}", kind.label());
    }
}

#[tokio::test]
async fn the_same_instant_gives_the_same_program() {
    let told = async || {
        let (_folder, caller, id) = filled("2026-11-18T12:00:00Z").await;
        let (rows, _) = shown(&caller, id).await;
        let of = |standing: &program::standings::standing::Standing| {
            let goals = standing.evaluations.iter().map(|(_, judged)| (judged.status, judged.actual, judged.target));
            (standing.program.creator.handle.clone(), goals.collect::<Vec<_>>())
        };
        rows.standings.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(told().await, told().await);
}

/// Gives everybody a goal for posts a month, unless they have one, and compares it with the calendars.
#[tokio::test]
async fn the_posts_of_a_calendar_are_the_actual_of_a_monthly_goal() {
    let (_folder, caller, id) = filled("2026-11-18T12:00:00Z").await;
    let (rows, _) = shown(&caller, id).await;
    let terms = GoalTerms { target_value: 10, start_date: Some(date("2026-10-01")), end_date: None, is_active: true };
    let goal = NewGoal { metric: Metric::Posts, cadence: Cadence::Monthly, terms };
    for standing in &rows.standings {
        let made = caller.store.create_goal(id, standing.creator_id(), GoalId::new(), &goal, caller.now()).await;
        made.unwrap();
    }
    let (rows, _) = shown(&caller, id).await;
    let (mut compared, mut sums) = (0, [0, 0]);
    for standing in &rows.standings {
        let is_monthly = |judged: &&Evaluation| (judged.metric, judged.cadence) == (Metric::Posts, Cadence::Monthly);
        let judged = standing.evaluations.iter().map(|(_, judged)| judged).find(is_monthly).expect("such a goal");
        for (place, (month, judged)) in
            [("2026-11", Some(judged)), ("2026-10", judged.previous.as_deref())].into_iter().enumerate()
        {
            let query = CalendarQuery { month: Month::parse(month), ..CalendarQuery::default() };
            let found = creator_calendar(&caller, id, standing.creator_id(), &query).await.unwrap();
            sums[place] += found.calendar.posts();
            if let Some(judged) = judged {
                assert_eq!(found.calendar.posts(), judged.actual, "{month}, {}", standing.program.creator.handle);
                assert_eq!(found.of_month().next().map(|shown| shown.evaluation.status), Some(judged.status));
                compared += 1;
            }
        }
    }
    assert!(compared > 60 && sums[0] > 100, "{compared} {sums:?}");
    for (month, sum) in ["2026-11", "2026-10"].into_iter().zip(sums) {
        let query = CalendarQuery { month: Month::parse(month), ..CalendarQuery::default() };
        assert_eq!(calendar(&caller, id, &query).await.unwrap().posts(), sum, "everybody, {month}");
    }
}

#[tokio::test]
async fn every_chart_ends_at_the_number_of_its_verdict() {
    let (_folder, caller, id) = filled("2026-11-18T12:00:00Z").await;
    let (rows, _) = shown(&caller, id).await;
    let mut drawn = HashSet::new();
    for standing in &rows.standings {
        let tab = creator_goals(&caller, id, standing.creator_id(), None).await.unwrap();
        let mut courses = Vec::new();
        for card in &tab.current {
            courses.push((card.evaluation.clone().unwrap(), card.course.clone().unwrap()));
            // The oldest of the past periods, and the one before.
            let strip = tab.strips.get(&card.record.goal_id).and_then(|strip| strip.last());
            let of = strip.map(|judged| WhyOf::On(judged.window.dates.first));
            for of in of.into_iter().chain([WhyOf::Previous]) {
                let why = Why { goal_id: card.record.goal_id, of, all: false };
                let tab = creator_goals(&caller, id, standing.creator_id(), Some(why)).await.unwrap();
                courses.extend(tab.evidence.map(|evidence| (evidence.evaluation, evidence.course.unwrap())));
            }
        }
        for (judged, course) in courses {
            let begun = !judged.advisory.not_yet_started && (judged.measured_at.is_some() || judged.actual != 0);
            assert_eq!(!course.steps.is_empty(), begun, "{judged:?}");
            let Some(last) = course.steps.last() else { continue };
            assert_eq!(last.reached, judged.actual, "{judged:?}");
            if let Some(measured_at) = judged.measured_at {
                assert_eq!((last.at, last.expected), (measured_at.max(judged.window.start), judged.expected));
            }
            drawn.insert((judged.metric, judged.cadence, judged.has_ended(), course.steps.len() > 2));
        }
    }
    for (metric, cadence) in [
        (Metric::Posts, Cadence::Weekly),
        (Metric::Views, Cadence::Weekly),
        (Metric::Followers, Cadence::Monthly),
        (Metric::Posts, Cadence::Daily),
    ] {
        for ended in [false, true] {
            let is_like =
                |drawn: &&(Metric, Cadence, bool, bool)| (drawn.0, drawn.1, drawn.2) == (metric, cadence, ended);
            assert!(drawn.iter().any(|drawn| is_like(&drawn)), "{metric:?} {cadence:?} {ended}");
        }
    }
    assert!(drawn.iter().any(|(.., in_steps)| *in_steps), "a chart has several steps");
}
