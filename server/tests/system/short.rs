//! Short functions for facts, goals and queries, so that a test reads as a list of events.

use super::support::{NOW, World};
use chrono::NaiveDate;
use compliance::calendar::{Zone, day_number};
use compliance::fact::{
    CollectionFact, Counters, CreatorStatsFact, Fact, Handle, PostFact, PostStatsFact, ProfileFact,
};
use compliance::goal_form::{GoalForm, NewGoal};
use compliance::period::{WeekStart, Window};
use compliance::tracking::TrackingMode;
use compliance::{Cadence, Instant, ProjectSettings, Scope};
use program::actor::Actor;
use program::caller::Caller;
use program::clock::FixedClock;
use program::creators::record::NewCreator;
use program::error::StoreError;
use program::facts::record::{AcceptTerms, FactOutcome};
use program::goals::record::GoalOutcome;
use program::ids::{CreatorId, GoalId, PostId, ReviewId};
use program::judged::Judged;
use program::posts::record::PostsQuery;
use program::projects::record::{Project, ProjectChange};
use program::reviews::record::{Review, TrackingDecision};
use program::standings::standing::Standing;
use std::sync::Arc;

#[track_caller]
pub fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
}

#[track_caller]
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[track_caller]
pub fn day(text: &str) -> i32 {
    day_number(date(text))
}

#[track_caller]
pub fn handle(text: &str) -> Handle {
    Handle::parse(text).unwrap()
}

#[track_caller]
pub fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "a check swallows what it checks")]
pub fn is_not_found<T: std::fmt::Debug>(result: Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::NotFound)), "{result:?}");
}

#[track_caller]
pub fn post(video_id: &str, creator: &str, published_at: &str) -> Fact {
    Fact::Post(PostFact {
        tiktok_video_id: video_id.to_owned(),
        handle: Some(handle(creator)),
        kind: None,
        published_at: at(published_at),
        url: None,
        description: None,
        tracking_status: None,
    })
}

#[track_caller]
pub fn views(video_id: &str, captured_at: &str, views: i64) -> Fact {
    stats(video_id, captured_at, Counters { views: Some(views), ..Counters::default() })
}

#[track_caller]
pub fn stats(video_id: &str, captured_at: &str, counters: Counters) -> Fact {
    let captured_at = at(captured_at);
    Fact::PostStats(PostStatsFact {
        tiktok_video_id: video_id.to_owned(),
        handle: None,
        captured_at,
        counters,
        source: None,
    })
}

#[track_caller]
pub fn followers(creator: &str, captured_at: &str, followers: i64) -> Fact {
    Fact::CreatorStats(CreatorStatsFact {
        handle: handle(creator),
        captured_at: at(captured_at),
        followers,
        source: None,
    })
}

#[track_caller]
pub fn collection(creator: &str, collected_at: &str) -> Fact {
    Fact::Collection(CollectionFact { handle: handle(creator), collected_at: at(collected_at), scope: Scope::All })
}

#[track_caller]
pub fn profile(creator: &str, name: &str) -> Fact {
    Fact::Profile(ProfileFact {
        handle: handle(creator),
        accounts: Vec::new(),
        seen_at: None,
        display_name: Some(name.to_owned()),
        avatar_url: None,
    })
}

/// A goal that covers every window of the tests.
#[track_caller]
pub fn goal(metric: &str, period: &str, target: i64) -> NewGoal {
    goal_between(metric, period, target, "2026-06-01", "")
}

/// A goal between two dates, either of which may be empty.
#[track_caller]
pub fn goal_between(metric: &str, period: &str, target: i64, start_date: &str, end_date: &str) -> NewGoal {
    let form = GoalForm {
        metric: metric.to_owned(),
        period: period.to_owned(),
        target_value: target.to_string(),
        start_date: start_date.to_owned(),
        end_date: end_date.to_owned(),
    };
    NewGoal::parse(&form).unwrap()
}

pub fn project_in(zone: Zone) -> ProjectChange {
    ProjectChange { name: "Summer".to_owned(), zone, settings: ProjectSettings::default() }
}

/// The month of [`NOW`], in UTC.
pub fn august() -> Window {
    let period = Cadence::Monthly.period_of(date("2026-08-19"), WeekStart::Monday);
    period.window(&goal("posts", "monthly", 1).terms, &Zone::UTC).unwrap()
}

/// The terms on which a file's facts are accepted.
pub fn terms() -> AcceptTerms {
    AcceptTerms { create_creators: true, ..AcceptTerms::of("test", NOW) }
}

/// A review of its own, whatever state the person has seen.
pub fn review(decision: TrackingDecision) -> Review {
    Review { review_id: ReviewId::new(), decision, seen: None }
}

/// A creator to add, tracked from the day of [`NOW`] on.
#[track_caller]
pub fn new_creator(name: &str) -> NewCreator {
    NewCreator {
        handle: handle(name),
        display_name: Some(name.to_uppercase()),
        avatar_url: None,
        tracking_mode: TrackingMode::Auto,
        tracking_start_date: date("2026-08-19"),
    }
}

/// Returns Mia's post with this TikTok id.
pub async fn a_post(world: &World, video_id: &str) -> PostId {
    let query = PostsQuery { search: video_id.to_owned(), ..PostsQuery::default() };
    let creator_id = world.creator("mia").await;
    world.store.posts(world.id(), creator_id, &query).await.unwrap().posts[0].post_id
}

impl World {
    pub fn server_at(&self, as_of: Instant) -> Caller {
        Caller { store: Arc::clone(&self.store), clock: Arc::new(FixedClock(as_of)), actor: Actor::LocalOwner }
    }

    /// Returns the current project.
    pub async fn now_project(&self) -> Project {
        self.store.project(self.id()).await.unwrap().unwrap()
    }

    pub async fn outcomes(&self, facts: Vec<Fact>) -> Vec<FactOutcome> {
        self.accept(facts).await.outcomes
    }

    /// Returns the creator with this handle, who must be in the program.
    pub async fn creator(&self, handle: &str) -> CreatorId {
        let program = self.store.program(self.id(), NOW).await.unwrap().unwrap();
        let found = program.creators.iter().find(|creator| creator.creator.handle.as_str() == handle);
        found.expect("a creator with this handle").creator.creator_id
    }

    /// Gives a creator a goal that overlaps no other.
    pub async fn add_goal(&self, creator: &str, goal: &NewGoal) -> GoalId {
        let creator_id = self.creator(creator).await;
        let made_at = at("2026-07-02T00:00:00Z");
        let goal_id = GoalId::new();
        let made = self.store.create_goal(self.id(), creator_id, goal_id, goal, made_at).await.unwrap();
        assert_eq!(made, GoalOutcome::Stored, "another goal overlaps");
        goal_id
    }

    /// Returns every creator judged at an instant.
    pub async fn standings(&self, as_of: Instant) -> Vec<Standing> {
        Judged::now(&self.server_at(as_of), self.id()).await.unwrap().standings()
    }

    /// Returns the actual of a creator's only goal at an instant.
    pub async fn actual(&self, creator: &str, as_of: Instant) -> i64 {
        let standings = self.standings(as_of).await;
        let standing = standings.iter().find(|standing| standing.program.creator.handle.as_str() == creator);
        let [(_, evaluation)] = standing.unwrap().evaluations.as_slice() else { panic!("one goal") };
        evaluation.actual
    }

    /// Returns the number of day buckets that differ from a recomputation.
    pub async fn stale_days(&self) -> u64 {
        self.store.count_stale_days(self.id()).await.unwrap()
    }
}
