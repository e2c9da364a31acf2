//! Tests of the content calendar: the days of posts, what counts, the periods of goals, gaps, and its two pages.

use super::short::{at, collection, date, goal, handle, post, review, views};
use super::support::{DAY, NOW, World, text};
use axum::http::StatusCode;
use compliance::fact::{Fact, PostFact};
use compliance::tracking::TrackingStatus;
use compliance::{Cadence, Metric, Status};
use program::calendar::creator::{CreatorCalendar, creator_calendar};
use program::calendar::day::{Day, Uncounted, When};
use program::calendar::everybody::calendar;
use program::calendar::month::Month;
use program::calendar::shown::{Calendar, CalendarQuery};
use program::creators::record::Membership;
use program::posts::record::PostsQuery;
use program::reviews::record::{TrackingDecision, TrackingSwitch};
use rstest::rstest;

#[track_caller]
fn month(text: &str) -> CalendarQuery {
    CalendarQuery { month: Some(Month::parse(text).unwrap()), ..CalendarQuery::default() }
}

async fn everybody(world: &World, query: &CalendarQuery) -> Calendar {
    calendar(&world.server(), world.id(), query).await.unwrap()
}

async fn of(world: &World, handle: &str, query: &CalendarQuery) -> CreatorCalendar {
    let creator_id = world.creator(handle).await;
    creator_calendar(&world.server(), world.id(), creator_id, query).await.unwrap()
}

/// Returns the days with posts that count, with their number and that of their creators.
fn counted(calendar: &Calendar) -> Vec<(String, i64, i64)> {
    let days = calendar.weeks.iter().flat_map(|week| &week.days).filter(|day| day.posts > 0);
    days.map(|day| (day.date.to_string(), day.posts, day.creators)).collect()
}

#[track_caller]
fn day<'c>(calendar: &'c Calendar, text: &str) -> &'c Day {
    let found = calendar.weeks.iter().flat_map(|week| &week.days).find(|day| day.date == date(text));
    found.expect("a day of the weeks shown")
}

fn days(list: &[(&str, i64, i64)]) -> Vec<(String, i64, i64)> {
    list.iter().map(|(day, posts, creators)| ((*day).to_owned(), *posts, *creators)).collect()
}

/// Posts within a second of midnight, on both sides of the days on which the clocks change, of months and of the year.
#[rstest]
// In memory, and read from the database.
#[case("Europe/Berlin", "2026-08", &["2026-07-31T21:59:59Z", "2026-07-31T22:00:00Z", "2026-08-18T21:59:59Z"],
    &[("2026-07-31", 1, 1), ("2026-08-01", 1, 1), ("2026-08-18", 1, 1)], 2)]
#[case("Europe/Berlin", "2026-03", &["2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z",
    "2026-03-29T22:00:00Z", "2026-03-31T21:59:59Z", "2026-03-31T22:00:00Z"],
    &[("2026-03-28", 1, 1), ("2026-03-29", 2, 1), ("2026-03-30", 1, 1), ("2026-03-31", 1, 1), ("2026-04-01", 1, 1)], 5)]
#[case("America/New_York", "2025-11", &["2025-11-02T03:59:59Z", "2025-11-02T04:00:00Z", "2025-11-03T04:59:59Z",
    "2025-11-03T05:00:00Z"], &[("2025-11-01", 1, 1), ("2025-11-02", 2, 1), ("2025-11-03", 1, 1)], 4)]
#[case("UTC", "2025-12", &["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"],
    &[("2025-12-31", 1, 1), ("2026-01-01", 1, 1)], 1)]
#[case("UTC", "2026-01", &["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"],
    &[("2025-12-31", 1, 1), ("2026-01-01", 1, 1)], 1)]
#[tokio::test]
async fn a_post_belongs_to_the_local_day_of_its_publication_and_the_month_to_its_own_days(
    #[case] zone: &str,
    #[case] asked: &str,
    #[case] published: &[&str],
    #[case] expected: &[(&str, i64, i64)],
    #[case] sum: i64,
) {
    let world = World::in_zone(zone).await;
    let posts = published.iter().enumerate().map(|(place, at)| post(&place.to_string(), "mia", at));
    world.accept(posts.collect()).await;
    let found = everybody(&world, &month(asked)).await;
    assert_eq!(counted(&found), days(expected));
    assert_eq!(found.posts(), sum);
    let mia = of(&world, "mia", &month(asked)).await;
    assert_eq!((counted(&mia.calendar), mia.calendar.posts()), (days(expected), sum));
    // Every day lists the posts that it counts.
    for (day, posts, _) in expected {
        let query = CalendarQuery { day: Some(date(day)), ..month(asked) };
        let listed = everybody(&world, &query).await.open.unwrap().posts.len();
        assert_eq!((i64::try_from(listed).unwrap(), day), (*posts, day));
    }
}

#[tokio::test]
async fn days_in_memory_and_days_read_from_the_database_are_counted_alike() {
    let world = World::new().await;
    let facts = (0..60).map(|number| {
        let published = NOW.plus_millis(-number * DAY).millis();
        let name = ["mia", "leo", "zoe"][usize::try_from(number).unwrap() % 3];
        let day = chrono::DateTime::from_timestamp_millis(published).unwrap().to_rfc3339();
        vec![post(&format!("{number}"), name, &day), post(&format!("{number}-b"), "mia", &day)]
    });
    world.accept(facts.flatten().collect()).await;
    let program = world.store.program(world.id(), NOW).await.unwrap().unwrap();
    for asked in ["2026-06", "2026-07", "2026-08"] {
        let found = everybody(&world, &month(asked)).await;
        let all = found.weeks.iter().flat_map(|week| &week.days);
        let (first, last) = (found.weeks[0].days[0].date, found.weeks.last().unwrap().days[6].date);
        let span = compliance::calendar::day_number(first)..compliance::calendar::day_number(last) + 1;
        let stored = world.store.posts_of_days(world.id(), span).await.unwrap();
        let shown: Vec<_> = all.filter(|day| day.posts > 0).map(|day| (day.posts, day.creators)).collect();
        assert_eq!(shown, stored.iter().map(|day| (day.posts, day.creators)).collect::<Vec<_>>(), "{asked}");
    }
    let first = compliance::calendar::day_number(date("2026-07-01"));
    assert_eq!(program.first_day, first, "June is not in memory, July is");
}

#[tokio::test]
async fn posts_that_do_not_count_are_told_apart_and_listed_and_removed_creators_are_left_out() {
    let world = World::new().await;
    let published = "2026-08-18T10:00:00Z";
    let names = ["mia", "mia", "mia", "mia", "leo", "zoe"];
    let facts = names.iter().enumerate().map(|(place, name)| post(&place.to_string(), name, published));
    world.accept(facts.collect()).await;
    let mia = world.creator("mia").await;
    let posts = world.store.posts(world.id(), mia, &PostsQuery::default()).await.unwrap().posts;
    let decisions = [
        TrackingDecision::status(TrackingStatus::PendingReview),
        TrackingDecision::status(TrackingStatus::Excluded),
        TrackingDecision::switch(TrackingSwitch::Disabled),
    ];
    for (post, decision) in posts.iter().zip(decisions) {
        world.store.review_posts(world.id(), &[post.post_id], &review(decision), NOW).await.unwrap();
    }
    let zoe = world.creator("zoe").await;
    world.store.set_membership(world.id(), zoe, Membership::Removed, NOW).await.unwrap();
    let query = CalendarQuery { day: Some(date("2026-08-18")), ..month("2026-08") };
    let found = everybody(&world, &query).await;
    let all = Uncounted { pending: 1, excluded: 1, disabled: 1 };
    let shown = day(&found, "2026-08-18");
    assert_eq!((shown.posts, shown.creators, shown.uncounted), (2, 2, all));
    assert_eq!((found.posts(), found.uncounted()), (2, all));
    assert_eq!(found.open.unwrap().posts.len(), 5);
    let mias = of(&world, "mia", &query).await;
    assert_eq!((mias.calendar.posts(), mias.calendar.uncounted()), (1, all));
    assert_eq!(mias.calendar.open.unwrap().posts.len(), 4);
    let span = compliance::calendar::day_number(date("2026-08-18"));
    let stored = world.store.posts_of_days(world.id(), span..span + 1).await.unwrap();
    assert_eq!((stored[0].posts, stored[0].creators), (2, 2));
    // The page of a removed creator still shows their posts.
    let removed = creator_calendar(&world.server(), world.id(), zoe, &query).await.unwrap();
    assert_eq!((removed.calendar.posts(), removed.calendar.open.unwrap().posts.len()), (1, 1));
}

#[tokio::test]
async fn what_is_later_than_the_instant_is_not_in_the_calendar_yet() {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-19T09:00:00Z"), post("2", "mia", "2026-08-19T11:00:00Z")]).await;
    let query = CalendarQuery { day: Some(date("2026-08-19")), ..month("2026-08") };
    let at_ten = world.server_at(at("2026-08-19T10:00:00Z"));
    let found = calendar(&at_ten, world.id(), &query).await.unwrap();
    assert_eq!((counted(&found), found.open.unwrap().posts.len()), (days(&[("2026-08-19", 1, 1)]), 1));
    let mia = world.creator("mia").await;
    let found = creator_calendar(&at_ten, world.id(), mia, &query).await.unwrap().calendar;
    assert_eq!((counted(&found), found.open.unwrap().posts.len()), (days(&[("2026-08-19", 1, 1)]), 1));
}

#[tokio::test]
async fn a_gap_is_a_known_day_without_a_post_that_a_goal_for_posts_covers() {
    let world = World::new().await;
    let (early, late) = ("2026-08-05T10:00:00Z", "2026-08-10T10:00:00Z");
    world
        .accept(vec![post("1", "mia", early), post("2", "mia", late), collection("mia", "2026-08-16T12:00:00Z")])
        .await;
    let without = of(&world, "mia", &month("2026-08")).await;
    assert_eq!((without.gaps.days, without.gaps.longest), (0, None), "no goal asks for posts");
    let new = super::short::goal_between("posts", "weekly", 3, "2026-08-03", "");
    world.add_goal("mia", &new).await;
    let found = of(&world, "mia", &month("2026-08")).await;
    let marks: Vec<u32> =
        (1..=31).filter(|number| day(&found.calendar, &format!("2026-08-{number:02}")).is_gap).collect();
    assert_eq!(marks, [3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15]);
    let longest = found.gaps.longest.map(|dates| (dates.first, dates.last()));
    assert_eq!((found.gaps.days, longest), (11, Some((date("2026-08-11"), date("2026-08-15")))));
    // Looked at during the 16th, so the 16th and the days after are not known.
    let unseen = |text: &str| day(&found.calendar, text).unseen;
    assert_eq!(["2026-08-15", "2026-08-16", "2026-08-18", "2026-08-19"].map(unseen), [0, 1, 1, 0]);
    assert_eq!(day(&found.calendar, "2026-08-19").when, When::Today);
    assert_eq!(day(&found.calendar, "2026-08-20").when, When::Ahead);

    // A post that does not count is no gap either.
    let excluded = Fact::Post(PostFact {
        tiktok_video_id: "3".to_owned(),
        handle: Some(handle("mia")),
        kind: None,
        published_at: at("2026-08-13T10:00:00Z"),
        url: None,
        description: None,
        tracking_status: Some(TrackingStatus::Excluded),
    });
    world.accept(vec![excluded]).await;
    let found = of(&world, "mia", &month("2026-08")).await;
    assert!(!day(&found.calendar, "2026-08-13").is_gap);
    assert_eq!(found.gaps.longest.map(|dates| dates.first), Some(date("2026-08-06")), "of two, the earlier");
    // The calendar of everybody says how many were not looked at since.
    assert_eq!(day(&everybody(&world, &month("2026-08")).await, "2026-08-17").unseen, 1);
}

#[tokio::test]
async fn a_creator_whose_posts_were_never_collected_has_no_gap() {
    let world = World::new().await;
    world.store.add_creators(world.id(), &[super::short::new_creator("mia")], NOW).await.unwrap();
    world.add_goal("mia", &goal("posts", "daily", 1)).await;
    let found = of(&world, "mia", &month("2026-08")).await;
    assert_eq!((found.gaps.days, found.calendar.never_seen), (0, 1));
    assert!(found.calendar.days().all(|day| day.unseen == 0), "it is said once, not on every day");
}

#[tokio::test]
async fn periods_have_the_verdicts_that_goals_have_everywhere_else() {
    let world = World::new().await;
    let facts = ["2026-08-03", "2026-08-04", "2026-08-12", "2026-08-18"];
    let mut facts: Vec<_> = facts.iter().map(|day| post(day, "mia", &format!("{day}T10:00:00Z"))).collect();
    facts.push(collection("mia", "2026-08-19T11:00:00Z"));
    world.accept(facts).await;
    for cadence in ["daily", "weekly", "monthly"] {
        world.add_goal("mia", &goal("posts", cadence, if cadence == "daily" { 1 } else { 2 })).await;
    }
    let found = of(&world, "mia", &month("2026-08")).await;
    let weeks: Vec<_> = found
        .calendar
        .weeks
        .iter()
        .flat_map(|week| found.of_week(week))
        .map(|judged| (judged.evaluation.actual, judged.evaluation.status))
        .collect();
    // The weeks from 27 July on; those that have not begun have no verdict.
    let expected = [(0, Status::Missed), (2, Status::Completed), (1, Status::Missed), (1, Status::OnTrack)];
    assert_eq!(weeks, expected);
    let days: Vec<_> = ["2026-08-03", "2026-08-05", "2026-08-18", "2026-08-20"]
        .map(|text| found.of_day(date(text)).next().map(|judged| judged.evaluation.status))
        .to_vec();
    assert_eq!(days, [Some(Status::Completed), Some(Status::Missed), Some(Status::Completed), None]);
    let monthly: Vec<_> = found.of_month().map(|judged| &judged.evaluation).collect();
    assert_eq!(monthly.len(), 1);
    assert_eq!(monthly[0].actual, found.calendar.posts());
    let standing = &world.standings(NOW).await[0];
    for (_, evaluation) in &standing.evaluations {
        let shown = match evaluation.cadence {
            Cadence::Daily => found.of_day(date("2026-08-19")).next(),
            Cadence::Weekly => found.calendar.weeks.iter().flat_map(|week| found.of_week(week)).last(),
            Cadence::Monthly => found.of_month().next(),
        };
        assert_eq!(&shown.unwrap().evaluation, evaluation);
        assert_eq!(evaluation.metric, Metric::Posts);
    }
}

#[tokio::test]
async fn the_page_says_each_day_in_words_and_links_to_its_posts() {
    let world = World::new().await;
    let facts = [("1", "mia"), ("2", "mia"), ("3", "leo")];
    let mut facts: Vec<_> = facts.iter().map(|(id, name)| post(id, name, "2026-08-18T10:00:00Z")).collect();
    facts.extend([views("1", "2026-08-18T12:00:00Z", 1_234), collection("mia", "2026-08-19T11:00:00Z")]);
    world.accept(facts).await;
    let base = format!("/projects/{}/calendar", world.id());
    let html = text(world.get(&base).await).await;
    for part in ["August 2026", "?month=2026-07", "?month=2026-09", "?month=2026-08&amp;day=2026-08-18#day"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(html.contains("aria-current=\"date\""), "today is marked: {html}");
    assert!(!html.contains("id=\"day\""), "no day is open");
    let said = words(&html);
    assert!(said.contains("Tue 18 Aug: 3 posts by 2 creators"), "{said}");
    assert!(said.contains("3 posts count."), "{said}");
    let html = text(world.get(&format!("{base}?month=2026-08&day=2026-08-18")).await).await;
    let said = words(&html);
    assert!(said.contains("Tuesday, 18 Aug 2026") && said.contains("1,234"), "{said}");
    let mia = world.creator("mia").await;
    assert!(html.contains(&format!("/projects/{}/creators/{mia}/posts/", world.id())), "{html}");
    let html = text(world.get(&format!("/projects/{}/creators/{mia}/calendar", world.id())).await).await;
    assert!(words(&html).contains("Tue 18 Aug: 2 posts"), "{html}");
}

/// Returns the text of a page, without its elements.
fn words(html: &str) -> String {
    let mut said = String::new();
    for part in html.split('<') {
        let part = part.split_once('>').map_or("", |(_, text)| text);
        said.push_str(part);
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case("month=2026-13", true)]
#[case("month=%3Cscript%3Ealert(1)%3C%2Fscript%3E", true)]
#[case("month=99999999999999-01", true)]
#[case("month=1999-12", true)]
#[case("month=", false)]
#[case("day=2026-02-30", false)]
#[case("day=9999-99-99&page=18446744073709551615", false)]
#[case("month=2026-08&day=2024-01-01&page=-1", false)]
#[tokio::test]
async fn what_is_no_month_is_said_and_this_month_is_shown(#[case] query: &str, #[case] is_said: bool) {
    let world = World::new().await;
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    let creator = format!("creators/{}/calendar", world.creator("mia").await);
    for page in ["calendar", &creator] {
        let answer = world.get(&format!("/projects/{}/{page}?{query}", world.id())).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let html = text(answer).await;
        assert_eq!(html.contains("is not a month from 2000-01"), is_said, "{html}");
        assert!(html.contains("August 2026") && !html.contains("<script>alert"), "{html}");
        assert!(!html.contains("id=\"day\""), "{html}");
    }
}

#[rstest]
#[case("2000-01")]
#[case("2099-12")]
#[case("2026-09")]
#[tokio::test]
async fn every_month_of_the_range_is_a_page(#[case] asked: &str) {
    let world = World::in_zone("Pacific/Apia").await;
    world.accept(vec![post("1", "mia", "2026-08-18T10:00:00Z")]).await;
    for page in ["calendar".to_owned(), format!("creators/{}/calendar", world.creator("mia").await)] {
        let answer = world.get(&format!("/projects/{}/{page}?month={asked}", world.id())).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
    }
    let found = everybody(&world, &month("2011-12")).await;
    assert_eq!(day(&found, "2011-12-30").when, When::Missing, "Samoa went to the other side of the date line");
}

#[tokio::test]
async fn a_day_with_many_posts_has_pages_and_what_authors_write_stays_text() {
    let world = World::new().await;
    let many = (0..120).map(|number| {
        Fact::Post(PostFact {
            tiktok_video_id: format!("v{number:03}"),
            handle: Some(handle("mia")),
            kind: None,
            published_at: at("2026-08-18T10:00:00Z").plus_millis(number * 60_000),
            url: None,
            description: Some(format!("<img src=x onerror=alert({number})> & more")),
            tracking_status: None,
        })
    });
    world.accept(many.collect()).await;
    let base = format!("/projects/{}/calendar?month=2026-08&day=2026-08-18", world.id());
    for (page, first, last, count) in [("1", "v000", "v049", 50), ("3", "v100", "v119", 20), ("99", "v100", "v119", 20)]
    {
        let html = text(world.get(&format!("{base}&page={page}")).await).await;
        assert_eq!(html.matches("data-post=").count(), count, "page {page}");
        for id in [first, last] {
            assert!(html.contains(&format!("data-post=\"{id}\"")), "page {page}: {id}");
        }
        assert!(!html.contains("<img src=x") && html.contains("&lt;img src=x"), "{html}");
        assert!(html.contains("of 120 posts"), "{html}");
    }
}

#[tokio::test]
async fn a_calendar_without_creators_says_what_to_do() {
    let world = World::new().await;
    let html = text(world.get(&format!("/projects/{}/calendar", world.id())).await).await;
    assert!(html.contains("No creators yet") && html.contains("/creators/new"), "{html}");
}
