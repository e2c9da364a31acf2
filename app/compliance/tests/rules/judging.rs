//! "An open window is judged at `measured_at = min(as_of, the goal's last collection)`", the latest look that covers its
//! metric.

use crate::case::{Case, at, just_before};
use compliance::advisory::Freshness;
use compliance::metric::Metric;
use compliance::period::Cadence;
use compliance::{Instant, Scope, Status};
use rstest::rstest;

#[test]
fn a_creator_is_never_behind_merely_because_we_have_not_looked() {
    let case = Case::weekly(15).actual(6).judged_at(at("2026-05-09T00:00"));
    assert_eq!(case.judge().status, Status::AtRisk, "had we looked on Saturday");

    let looked_on_wednesday = case.collected(at("2026-05-06T12:00")).judge();
    assert_eq!(looked_on_wednesday.status, Status::OnTrack);
    assert_eq!(looked_on_wednesday.measured_at, Some(at("2026-05-06T12:00")));
    assert_eq!(looked_on_wednesday.expected.units(), 535);
}

#[test]
fn elapsed_is_limited_to_the_window() {
    // Last looked at before the window: nothing of it has elapsed as far as we know.
    let case = Case::weekly(15).grace(0).judged_at(at("2026-05-09T00:00")).collected(at("2026-05-03T23:00"));
    let judged = case.judge();
    assert_eq!((judged.status, judged.expected.units()), (Status::OnTrack, 0));
    assert_eq!((judged.pace_percent, judged.projected), (None, None));
    assert_eq!(judged.measured_at, Some(at("2026-05-03T23:00")));
    assert!(!judged.no_data_yet());

    let first_instant = Case::weekly(15).grace(0).judged_at(at("2026-05-09T00:00")).collected(at("2026-05-04T00:00"));
    assert_eq!(first_instant.judge().status, Status::OnTrack, "with elapsed 0 an open goal is on track");
}

#[test]
fn with_no_collection_at_all_nothing_is_due() {
    for grace in [0, 10] {
        let judged = Case::weekly(15).grace(grace).judged_at(at("2026-05-10T23:59")).never_collected().judge();
        assert_eq!(judged.status, Status::OnTrack);
        assert_eq!(judged.measured_at, None);
        assert!(judged.no_data_yet());
        assert!(!judged.awaiting_data());
        assert_eq!((judged.expected.units(), judged.pace_percent, judged.projected), (0, None, None));
        assert_eq!(judged.advisory.scrape_freshness, None);
        assert!(!judged.advisory.scrape_stale);
    }
}

#[rstest]
#[case::just_before_the_end("2026-05-10T23:59:59.999", "2026-05-10T23:59:59.999", true)]
#[case::exactly_at_the_end("2026-05-11T00:00", "2026-05-11T00:00", false)]
#[case::after_the_end("2026-05-12T09:00", "2026-05-11T00:00", false)]
fn an_ended_window_is_judged_at_its_end_or_the_last_collection(
    #[case] collected: &str,
    #[case] measured_at: &str,
    #[case] awaiting: bool,
) {
    let ended =
        Case::weekly(15).until("2026-05-10").actual(14).judged_at(at("2026-05-12T10:00")).collected(at(collected));
    let judged = ended.judge();
    assert_eq!(judged.status, Status::Missed);
    assert_eq!(judged.measured_at, Some(at(measured_at)));
    assert_eq!(judged.awaiting_data(), awaiting);
    let met = ended.actual(1).judge();
    assert_eq!(met.status, Status::Completed);
    assert!(!met.awaiting_data(), "a met target awaits nothing");
}

#[test]
fn an_ended_window_without_any_collection_is_missed_and_awaits_data() {
    let judged = Case::weekly(15).until("2026-05-10").judged_at(at("2026-05-11T00:00")).never_collected().judge();
    assert_eq!((judged.status, judged.measured_at), (Status::Missed, None));
    assert!(judged.awaiting_data());
}

#[rstest]
#[case::an_instant_before_48_hours("2026-05-12T23:59:59.999", Some("2026-05-12T20:00"), false)]
#[case::at_48_hours("2026-05-13T00:00", Some("2026-05-12T20:00"), true)]
#[case::at_48_hours_with_data_of_the_close("2026-05-13T00:00", Some("2026-05-11T00:00"), true)]
#[case::without_data_since_the_close("2026-06-13T00:00", Some("2026-05-10T23:59:59.999"), false)]
#[case::without_data_at_all("2026-06-13T00:00", None, false)]
fn final_48_hours_after_the_end_with_data_collected_after_it(
    #[case] as_of: &str,
    #[case] collected: Option<&str>,
    #[case] is_final: bool,
) {
    let case = Case::weekly(15).until("2026-05-10").judged_at(at(as_of)).never_collected();
    let case = collected.map_or(case.clone(), |collected| case.collected(at(collected)));
    assert_eq!(case.judge().is_final, is_final);
}

#[test]
fn an_open_window_is_never_final() {
    assert!(!Case::weekly(15).judge().is_final);
}

#[test]
fn instants_of_the_number_lines_ends_are_judged_without_overflow() {
    for extreme in [i64::MIN, i64::MAX].map(Instant::from_millis) {
        let judged = Case::weekly(15).until("2026-05-10").from("2026-05-04").judged_at(extreme).judge();
        assert_eq!(judged.has_ended(), extreme > at("2026-05-10T00:00"));
    }
    assert!(just_before(Instant::from_millis(i64::MIN)) == Instant::from_millis(i64::MIN), "saturates");
}

#[rstest]
#[case::views(Metric::Views)]
#[case::engagement(Metric::Engagement)]
#[case::posts(Metric::Posts)]
fn hourly_follower_readings_never_put_a_goal_about_posts_behind(#[case] metric: Metric) {
    let monday = at("2026-05-04T20:00");
    let case = Case::new(metric, Cadence::Weekly, 1_000).actual(120).judged_at(at("2026-05-08T12:00"));
    let case = case.never_collected().looked(monday, Scope::Posts).looked(at("2026-05-08T12:00"), Scope::Followers);
    let judged = case.judge();
    assert_eq!((judged.status, judged.measured_at), (Status::OnTrack, Some(monday)));
    let freshness = judged.advisory.scrape_freshness.expect("the posts were seen on Monday");
    assert_eq!((freshness.last_collected_at, freshness.state), (monday, Freshness::Overdue));
    assert!(judged.advisory.scrape_stale);

    // A collection that covers everything counts for both.
    let visited = case.looked(at("2026-05-08T11:00"), Scope::All).judge();
    assert_eq!((visited.status, visited.measured_at), (Status::AtRisk, Some(at("2026-05-08T11:00"))));
}

#[test]
fn a_followers_goal_goes_by_the_looks_at_followers() {
    let case = Case::new(Metric::Followers, Cadence::Weekly, 100).judged_at(at("2026-05-08T12:00")).never_collected();
    let unseen = case.clone().looked(at("2026-05-08T12:00"), Scope::Posts).judge();
    assert!(unseen.no_data_yet() && unseen.advisory.scrape_freshness.is_none());
    assert_eq!(unseen.status, Status::OnTrack);
    let seen = case.looked(at("2026-05-08T12:00"), Scope::Followers).judge();
    assert_eq!((seen.status, seen.measured_at), (Status::AtRisk, Some(at("2026-05-08T12:00"))));
}

#[test]
fn an_ended_window_awaits_a_look_that_covers_its_metric() {
    let case = Case::new(Metric::Views, Cadence::Weekly, 10).until("2026-05-10").judged_at(at("2026-05-13T10:00"));
    let case = case.never_collected().looked(at("2026-05-10T20:00"), Scope::Posts);
    let awaiting = case.clone().looked(at("2026-05-12T00:00"), Scope::Followers).judge();
    assert!(awaiting.awaiting_data() && !awaiting.is_final);
    let settled = case.looked(at("2026-05-12T00:00"), Scope::Posts).judge();
    assert!(!settled.awaiting_data() && settled.is_final);
}
