//! What programs read: the JSON shapes of the API, also printed by `creator-goals evaluate --json`.

use crate::http::schema::{MetricName, PeriodName, StatusName};
use app::api::campaigns;
use app::store::{self, CreatorProgram, GoalRecord, Standing};
use chrono::{DateTime, SecondsFormat};
use compliance::advisory::{self, Freshness};
use compliance::pace::{Hundredths, Tenths};
use compliance::{Cadence, Instant, Metric, Status};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A program of creators.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Project {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    #[schema(example = "Summer Program")]
    pub name: String,
    /// The IANA time zone whose days it counts.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: &'static str,
    /// The day weeks start on: `monday`, `sunday` or `saturday`.
    #[schema(example = "monday")]
    pub week_start: &'static str,
    /// Share of a period, in percent, during which nothing is due yet.
    #[schema(example = 10)]
    pub early_grace_percent: u32,
    /// How often creators are expected to be collected, in hours.
    #[schema(example = 24)]
    pub collection_interval_hours: u32,
    /// When it was made.
    pub created_at: Option<String>,
}

/// A creator, as far as an evaluation names them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CreatorName {
    /// Their id.
    pub id: Uuid,
    /// The TikTok handle, without `@`.
    #[schema(example = "mia.moves")]
    pub tiktok_handle: String,
    /// The name shown.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
}

/// A creator.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Creator {
    /// Who it is.
    #[serde(flatten)]
    pub name: CreatorName,
    /// How new posts arrive: `auto` or `selective`.
    pub tracking_mode: &'static str,
    /// The local date from which posts count in full; null is automatic.
    pub tracking_start_date: Option<String>,
    /// The last follower reading.
    pub followers: Option<i64>,
    /// The latest look at the creator.
    pub last_collected_at: Option<String>,
    /// Whether the creator is in the program, and not removed.
    pub is_active: bool,
}

/// A video or photo carousel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Post {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub creator_id: Uuid,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// `video` or `photo_carousel`.
    pub kind: &'static str,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// `auto_tracked`, `pending_review`, `included`, `excluded` or `direct_add`.
    pub tracking_status: &'static str,
    /// Whether tracking is switched off: then it never counts.
    pub tracking_disabled: bool,
    /// The last known views.
    pub view_count: Option<i64>,
    /// The last known likes.
    pub like_count: Option<i64>,
    /// The last known comments.
    pub comment_count: Option<i64>,
    /// The last known shares.
    pub share_count: Option<i64>,
    /// The last known saves.
    pub save_count: Option<i64>,
    /// The instant of the last snapshot.
    pub last_captured_at: Option<String>,
}

impl Post {
    /// A post of a creator.
    #[must_use]
    pub fn of(creator_id: Uuid, post: &store::Post) -> Post {
        Post {
            id: post.post_id,
            creator_id,
            tiktok_video_id: post.tiktok_video_id.clone(),
            kind: post.kind.name(),
            url: post.url.clone(),
            description: post.description.clone(),
            published_at: instant(post.published_at),
            tracking_status: post.tracking.status.name(),
            tracking_disabled: post.tracking.disabled,
            view_count: post.counters.views,
            like_count: post.counters.likes,
            comment_count: post.counters.comments,
            share_count: post.counters.shares,
            save_count: post.counters.saves,
            last_captured_at: post.last_captured_at.and_then(instant),
        }
    }
}

/// A goal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Goal {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub creator_id: Uuid,
    /// In which project.
    pub project_id: Uuid,
    /// What is measured: `posts`, `views`, `engagement` or `followers`.
    #[schema(value_type = MetricName, example = "posts")]
    pub metric: Metric,
    /// How often it starts anew: `daily`, `weekly` or `monthly`.
    #[schema(value_type = PeriodName, example = "weekly")]
    pub period: Cadence,
    /// What is to be reached in each whole period.
    #[schema(example = 15)]
    pub target_value: i64,
    /// The first local date that counts.
    pub start_date: Option<String>,
    /// The last local date that counts.
    pub end_date: Option<String>,
    /// Whether it is judged at all.
    pub is_active: bool,
}

/// How fresh our last look at a creator is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScrapeFreshness {
    /// `fresh`, `stale` (older than one interval) or `overdue` (older than two).
    pub state: &'static str,
    /// When we last looked.
    pub last_collected_at: Option<String>,
    /// Hours since then.
    #[schema(value_type = f64)]
    pub age_hours: Tenths,
    /// How often a look is expected, in hours.
    pub expected_interval_hours: u32,
}

/// Flags saying that the numbers may still move.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, clippy::struct_field_names, reason = "the flags as the API names them")]
pub struct Advisory {
    /// Any of the flags below.
    pub has_advisory: bool,
    /// The window has not ended.
    pub period_in_progress: bool,
    /// The window ended less than 48 hours ago.
    pub period_recently_ended: bool,
    /// The last look is older than the project's interval.
    pub scrape_stale: bool,
    /// The window has not begun.
    pub not_yet_started: bool,
    /// One plain sentence per flag that is set.
    pub messages: Vec<String>,
    /// First instant of the window.
    pub period_start: Option<String>,
    /// First instant after it.
    pub period_end: Option<String>,
    /// Hours until the window ends; null once ended.
    #[schema(value_type = Option<f64>)]
    pub hours_until_period_end: Option<Tenths>,
    /// Hours since it ended; null while open.
    #[schema(value_type = Option<f64>)]
    pub hours_since_period_end: Option<Tenths>,
    /// Null if the creator was never collected.
    pub scrape_freshness: Option<ScrapeFreshness>,
}

/// A goal judged at one instant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evaluation {
    /// What is to be reached in this window.
    pub target: i64,
    /// What was measured so far.
    pub actual: i64,
    /// actual ÷ target in percent, rounded half up.
    pub percentage: i64,
    /// `on_track`, `behind_pace`, `at_risk`, `completed` or `missed`.
    #[schema(value_type = StatusName, example = "behind_pace")]
    pub status: Status,
    /// Flags saying that the numbers may still move.
    pub advisory: Advisory,
    /// What is expected by now.
    #[schema(value_type = f64)]
    pub expected: Hundredths,
    /// actual ÷ expected in percent, rounded down; null while nothing is expected.
    pub pace_percent: Option<i64>,
    /// What the window will end at, at this pace.
    pub projected: Option<i64>,
    /// What is needed per day from now on; null once ended.
    #[schema(value_type = Option<f64>)]
    pub required_per_day: Option<Tenths>,
    /// The instant the numbers speak of: the last look, at most now.
    pub measured_at: Option<String>,
    /// Whether late data can no longer be expected to change this verdict.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// The verdict of the period before.
    #[schema(no_recursion)]
    pub previous: Option<Box<Evaluation>>,
}

/// A goal with its verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GoalCompliance {
    /// The goal.
    pub goal: Goal,
    /// Its verdict.
    #[serde(flatten)]
    pub evaluation: Evaluation,
}

/// A creator with the verdicts of their goals, the most urgent first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CreatorCompliance {
    /// Who.
    pub creator: CreatorName,
    /// Their goals.
    pub compliance: Vec<GoalCompliance>,
}

/// A group of creators, posts and other campaigns.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Campaign {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// What they want to remember.
    pub notes: String,
    /// Views it should gain from `start_date` to `target_date`; null without a target.
    pub target_views: Option<i64>,
    /// The first local date that counts for the target.
    pub start_date: Option<String>,
    /// The last local date that counts for the target.
    pub target_date: Option<String>,
    /// When it was made.
    pub created_at: Option<String>,
}

/// What a campaign reached, each member once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignStats {
    /// The first local date summed up.
    pub from: String,
    /// The last local date summed up.
    pub to: String,
    /// Creators in it, however deep.
    pub creator_count: usize,
    /// Single posts in it whose creator is not.
    pub single_post_count: usize,
    /// Posts published that count.
    pub posts: i64,
    /// Views gained.
    pub views: i64,
    /// Likes, comments, shares and saves gained.
    pub engagement: i64,
    /// Net followers gained by its creators.
    pub followers: i64,
}

/// How far a campaign is on its way to its target.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignProgress {
    /// Views gained so far.
    pub actual: i64,
    /// Views expected by now.
    #[schema(value_type = f64)]
    pub expected: Hundredths,
    /// actual ÷ expected in percent, rounded down; null while nothing is expected.
    pub pace_percent: Option<i64>,
    /// Where it ends at this rate; null while nothing is expected.
    pub projected: Option<i64>,
}

/// A campaign with what it reached.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignWithStats {
    /// The campaign.
    #[serde(flatten)]
    pub campaign: Campaign,
    /// What it reached.
    pub stats: CampaignStats,
    /// How far it is on its way; null without a target.
    pub progress: Option<CampaignProgress>,
}

impl From<&store::Campaign> for Campaign {
    fn from(campaign: &store::Campaign) -> Campaign {
        let target = campaign.terms.target;
        Campaign {
            id: campaign.campaign_id,
            name: campaign.terms.name.clone(),
            notes: campaign.terms.notes.clone(),
            target_views: target.map(|target| target.views),
            start_date: target.map(|target| target.start_date.to_string()),
            target_date: target.map(|target| target.target_date.to_string()),
            created_at: instant(campaign.created_at),
        }
    }
}

impl CampaignWithStats {
    /// A campaign with what it reached.
    #[must_use]
    pub fn new(campaign: &store::Campaign, stats: &campaigns::CampaignStats) -> CampaignWithStats {
        let campaigns::CampaignStats { dates, creators, posts, gains, progress } = *stats;
        CampaignWithStats {
            campaign: campaign.into(),
            stats: CampaignStats {
                from: dates.first.to_string(),
                to: dates.last().to_string(),
                creator_count: creators,
                single_post_count: posts,
                posts: gains.posts,
                views: gains.views,
                engagement: gains.engagement,
                followers: gains.followers,
            },
            progress: progress.map(|progress| CampaignProgress {
                actual: progress.actual,
                expected: progress.expected,
                pace_percent: progress.pace_percent,
                projected: progress.projected,
            }),
        }
    }
}

impl From<&store::Project> for Project {
    fn from(project: &store::Project) -> Project {
        Project {
            id: project.project_id,
            name: project.name.clone(),
            time_zone: project.zone.name(),
            week_start: project.settings.week_start.name(),
            early_grace_percent: project.settings.early_grace_percent,
            collection_interval_hours: project.settings.collection_interval_hours,
            created_at: instant(project.created_at),
        }
    }
}

impl From<&store::Creator> for CreatorName {
    fn from(creator: &store::Creator) -> CreatorName {
        CreatorName {
            id: creator.creator_id,
            tiktok_handle: creator.handle.as_str().to_owned(),
            display_name: creator.display_name.clone(),
            avatar_url: creator.avatar_url.clone(),
        }
    }
}

impl From<&store::Creator> for Creator {
    fn from(creator: &store::Creator) -> Creator {
        Creator {
            name: creator.into(),
            tracking_mode: creator.tracking_mode.name(),
            tracking_start_date: creator.tracking_start_date.map(|date| date.to_string()),
            followers: creator.followers,
            last_collected_at: creator.looks.latest().and_then(instant),
            is_active: creator.removed_at.is_none(),
        }
    }
}

impl Goal {
    /// A goal as it now stands.
    #[must_use]
    pub fn of(project_id: Uuid, record: &GoalRecord) -> Goal {
        let terms = record.goal.terms();
        Goal {
            id: record.goal_id,
            creator_id: record.creator_id,
            project_id,
            metric: record.goal.metric,
            period: record.goal.cadence,
            target_value: terms.target_value,
            start_date: terms.start_date.map(|date| date.to_string()),
            end_date: terms.end_date.map(|date| date.to_string()),
            is_active: terms.is_active,
        }
    }
}

impl From<&compliance::Evaluation> for Evaluation {
    fn from(evaluation: &compliance::Evaluation) -> Evaluation {
        Evaluation {
            target: evaluation.target,
            actual: evaluation.actual,
            percentage: evaluation.percentage,
            status: evaluation.status,
            advisory: (&evaluation.advisory).into(),
            expected: evaluation.expected,
            pace_percent: evaluation.pace_percent,
            projected: evaluation.projected,
            required_per_day: evaluation.required_per_day,
            measured_at: evaluation.measured_at.and_then(instant),
            is_final: evaluation.is_final,
            previous: evaluation.previous.as_deref().map(|previous| Box::new(previous.into())),
        }
    }
}

impl From<&advisory::Advisory> for Advisory {
    fn from(advisory: &advisory::Advisory) -> Advisory {
        let freshness = advisory.scrape_freshness.map(|freshness| ScrapeFreshness {
            state: match freshness.state {
                Freshness::Fresh => "fresh",
                Freshness::Stale => "stale",
                Freshness::Overdue => "overdue",
            },
            last_collected_at: instant(freshness.last_collected_at),
            age_hours: freshness.age_hours,
            expected_interval_hours: freshness.expected_interval_hours,
        });
        Advisory {
            has_advisory: advisory.has_advisory,
            period_in_progress: advisory.period_in_progress,
            period_recently_ended: advisory.period_recently_ended,
            scrape_stale: advisory.scrape_stale,
            not_yet_started: advisory.not_yet_started,
            messages: advisory.messages(),
            period_start: instant(advisory.period_start),
            period_end: instant(advisory.period_end),
            hours_until_period_end: advisory.hours_until_period_end,
            hours_since_period_end: advisory.hours_since_period_end,
            scrape_freshness: freshness,
        }
    }
}

impl CreatorCompliance {
    /// A creator with the evaluations of their goals.
    #[must_use]
    pub fn of(project_id: Uuid, standing: &Standing) -> CreatorCompliance {
        Self::new(project_id, &standing.program, &standing.evaluations)
    }

    /// A creator with these evaluations of their goals.
    #[must_use]
    pub fn new(
        project_id: Uuid,
        program: &CreatorProgram,
        evaluations: &[(Uuid, compliance::Evaluation)],
    ) -> CreatorCompliance {
        let compliance = evaluations.iter().filter_map(|(goal_id, evaluation)| {
            let record = program.goals.iter().find(|record| record.goal_id == *goal_id)?;
            Some(GoalCompliance { goal: Goal::of(project_id, record), evaluation: evaluation.into() })
        });
        CreatorCompliance { creator: (&program.creator).into(), compliance: compliance.collect() }
    }
}

/// An instant as ISO 8601 in UTC, with milliseconds only where there are any.
pub fn instant(at: Instant) -> Option<String> {
    DateTime::from_timestamp_millis(at.millis()).map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}
