//! docs/rules.md, "Campaigns".

use chrono::NaiveDate;
use compliance::Instant;
use compliance::calendar::Zone;
use compliance::campaign::{CampaignPace, CampaignTarget, Nesting};
use compliance::{ProjectSettings, Status};
use std::collections::BTreeSet;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn at(text: &str) -> Instant {
    format!("{text}:00Z").parse::<chrono::DateTime<chrono::Utc>>().expect("an instant").into()
}

#[test]
fn what_would_close_a_circle_is_known_by_its_shortest_way() {
    // 1 holds 2 and 5; 2 holds 3; 3 holds 4; 5 holds 4.
    let nesting = Nesting::new([(1, 2), (2, 3), (3, 4), (1, 5), (5, 4)]);
    assert_eq!(nesting.path(1, 4), Some(vec![1, 5, 4]));
    assert_eq!(nesting.path(2, 4), Some(vec![2, 3, 4]));
    assert_eq!(nesting.path(1, 1), Some(vec![1]), "a campaign is in itself already");
    assert_eq!(nesting.path(4, 1), None);
    assert_eq!(nesting.path(7, 1), None);
}

#[test]
fn what_is_reached_twice_is_reached_once_however_deep() {
    let mut nesting = Nesting::new((0..10_000).map(|depth| (depth, depth + 1)));
    nesting.add(0, 9_999);
    assert_eq!(nesting.reach(0), (0..=10_000).collect::<BTreeSet<_>>());
    assert_eq!(nesting.path(0, 10_000).map(|path| path.len()), Some(3));
    nesting.add(10_000, 0);
    assert_eq!(nesting.reach(5_000).len(), 10_001, "a circle that is there all the same does no harm");
}

#[test]
fn a_target_is_judged_at_the_last_look_like_a_goal() {
    let (start_date, target_date) = (date("2026-05-01"), date("2026-05-10"));
    let target = CampaignTarget { views: 1_000, start_date, target_date };
    let noon = at("2026-05-05T12:00");
    let progress =
        |look: Option<&str>| target.progress(400, noon, look.map(at), &ProjectSettings::default(), &Zone::UTC);
    let now = progress(Some("2026-05-05T12:00"));
    assert_eq!((now.expected.to_string().as_str(), now.pace_percent, now.projected), ("450", Some(88), Some(888)));
    assert_eq!(progress(Some("2026-05-06T12:00")), now, "what lies ahead is not known yet");
    let earlier = progress(Some("2026-05-03T00:00"));
    assert_eq!((earlier.expected.to_string().as_str(), earlier.pace_percent), ("200", Some(200)));
    for nothing_expected in [progress(None), progress(Some("2026-04-01T00:00"))] {
        assert_eq!((nothing_expected.pace_percent, nothing_expected.projected), (None, None));
    }
    let (end, settings) = (at("2026-06-01T00:00"), ProjectSettings::default());
    let past = target.progress(400, end, Some(end), &settings, &Zone::UTC);
    assert_eq!((past.expected.to_string().as_str(), past.pace_percent, past.projected), ("1000", Some(40), Some(400)));
}

/// Checks the word for 1,000 views from 1 to 10 May with `actual` of them, at an instant and a last collection.
#[track_caller]
fn check_pace(actual: i64, as_of: &str, look: Option<&str>, expected: CampaignPace) {
    let target = CampaignTarget { views: 1_000, start_date: date("2026-05-01"), target_date: date("2026-05-10") };
    let progress = target.progress(actual, at(as_of), look.map(at), &ProjectSettings::default(), &Zone::UTC);
    assert_eq!(progress.pace, expected, "{actual} views at {as_of}, collected {look:?}");
}

#[test]
fn the_pace_of_a_campaign_has_the_word_of_a_goal_with_its_numbers() {
    let noon = "2026-05-05T12:00";
    // 4.5 of 10 days: 450 expected, of which 70 % are 315.
    check_pace(450, noon, Some(noon), CampaignPace::Judged(Status::OnTrack));
    check_pace(449, noon, Some(noon), CampaignPace::Judged(Status::BehindPace));
    check_pace(315, noon, Some(noon), CampaignPace::Judged(Status::BehindPace));
    check_pace(314, noon, Some(noon), CampaignPace::Judged(Status::AtRisk));
    check_pace(1_000, noon, Some(noon), CampaignPace::Judged(Status::OnTrack));
    // A tenth of the time is the grace.
    check_pace(0, "2026-05-01T23:59", Some("2026-05-01T23:59"), CampaignPace::Judged(Status::OnTrack));
    check_pace(0, "2026-05-02T00:00", Some("2026-05-02T00:00"), CampaignPace::Judged(Status::AtRisk));
    check_pace(999, "2026-05-11T00:00", Some("2026-05-11T00:00"), CampaignPace::Judged(Status::Missed));
    check_pace(1_000, "2026-05-11T00:00", Some("2026-05-11T00:00"), CampaignPace::Judged(Status::Completed));
    check_pace(0, "2026-04-30T23:59", Some("2026-04-30T23:59"), CampaignPace::NotYetStarted);
}

#[test]
fn a_campaign_that_nobody_looks_at_waits_for_data() {
    let noon = "2026-05-05T12:00";
    check_pace(0, noon, None, CampaignPace::Waiting(None));
    // Overdue is more than two intervals of 24 hours.
    check_pace(400, noon, Some("2026-05-03T12:00"), CampaignPace::Judged(Status::OnTrack));
    check_pace(400, noon, Some("2026-05-03T11:59"), CampaignPace::Waiting(Some(at("2026-05-03T11:59"))));
    check_pace(100, noon, Some("2026-05-03T11:59"), CampaignPace::Judged(Status::AtRisk));
    check_pace(999, "2026-05-11T00:00", Some("2026-05-10T23:59"), CampaignPace::Waiting(Some(at("2026-05-10T23:59"))));
    check_pace(1_000, "2026-05-11T00:00", Some("2026-05-10T23:59"), CampaignPace::Judged(Status::Completed));
}
