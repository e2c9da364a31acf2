//! The JSON shapes of evidence and of past periods.

use crate::api::shapes::counts::counted;
use crate::api::shapes::evaluation::Evaluation;
use crate::api::shapes::goal::Goal;
use crate::api::shapes::instant::instant;
use compliance::misreading::Misread;
use program::facts::record::FollowerReading;
use program::goals::evidence::Contributions;
use program::goals::record::GoalRecord;
use program::ids::ProjectId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A post and its contribution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostContribution {
    /// The post.
    pub post_id: Uuid,
    /// TikTok's id of the post.
    pub tiktok_video_id: String,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// Its one reason: `counted`, or why it does not count.
    pub reason: &'static str,
    /// What it adds to the actual.
    pub contribution: i64,
}

/// A follower count as read at one instant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reading {
    /// When it was read.
    pub captured_at: Option<String>,
    /// The count.
    pub followers: i64,
}

/// The evidence for a verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evidence {
    /// The goal.
    pub goal: Goal,
    /// The verdict that it explains.
    pub evaluation: Evaluation,
    /// Every post of the period, counted or not, each with its one reason; empty for followers.
    pub posts: Vec<PostContribution>,
    /// The number of further posts without a booking in the period.
    pub posts_outside_period: u32,
    /// For followers: the last reading before the window or, without one, the first in it.
    pub baseline: Option<Reading>,
    /// For followers: the readings in the window.
    pub readings: Vec<Reading>,
    /// The sum of all contributions: the actual.
    pub sum: i64,
    /// The misreadings of the period, in order of time. They add nothing.
    pub misreadings: Vec<Misreading>,
}

/// A reading of views or followers that does not count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Misreading {
    /// When it was read.
    pub captured_at: Option<String>,
    /// The source that it names; null if it names none.
    pub source: Option<String>,
    /// The views or followers that were read.
    pub value: i64,
    /// `zero` (0 after a positive reading), `dip` (more than 2 % below the reading before it, while the next one is back)
    /// or `spike` (more than 2 % above it, while the next one is back).
    pub kind: &'static str,
    /// The same as a sentence.
    pub reason: &'static str,
    /// The post; null for followers.
    pub post_id: Option<Uuid>,
    /// TikTok's id of the post; null for followers.
    pub tiktok_video_id: Option<String>,
}

impl Misreading {
    fn of(misread: &Misread, post: Option<(Uuid, String)>) -> Misreading {
        let (post_id, tiktok_video_id) = post.unzip();
        Misreading {
            captured_at: instant(misread.captured_at),
            source: misread.source.name().map(str::to_owned),
            value: misread.value,
            kind: misread.why.name(),
            reason: misread.why.sentence(),
            post_id,
            tiktok_video_id,
        }
    }
}

impl Evidence {
    /// Creates the shape of the evidence for a verdict.
    #[must_use]
    pub fn of(
        project_id: ProjectId,
        record: &GoalRecord,
        evaluation: &compliance::Evaluation,
        contributions: Contributions,
    ) -> Evidence {
        let mut evidence = Evidence {
            goal: Goal::of(project_id, record),
            evaluation: evaluation.into(),
            posts: Vec::new(),
            posts_outside_period: 0,
            baseline: None,
            readings: Vec::new(),
            sum: 0,
            misreadings: Vec::new(),
        };
        let reading = |reading: FollowerReading| Reading {
            captured_at: instant(reading.captured_at),
            followers: reading.followers,
        };
        match contributions {
            Contributions::Posts { of_period, outside, sum, misreadings } => {
                evidence.misreadings = misreadings
                    .into_iter()
                    .map(|listed| {
                        Misreading::of(&listed.misread, Some((listed.post_id.into(), listed.tiktok_video_id)))
                    })
                    .collect();
                (evidence.posts_outside_period, evidence.sum) = (counted(outside), sum);
                evidence.posts = of_period
                    .into_iter()
                    .map(|part| PostContribution {
                        post_id: part.post.post_id.into(),
                        published_at: instant(part.post.window.published_at),
                        tiktok_video_id: part.post.tiktok_video_id,
                        url: part.post.url,
                        description: part.post.description,
                        reason: part.reason.name(),
                        contribution: part.contribution,
                    })
                    .collect();
            }
            Contributions::Followers { baseline, readings, sum, misreadings } => {
                evidence.misreadings = misreadings.iter().map(|misread| Misreading::of(misread, None)).collect();
                evidence.baseline = baseline.map(reading);
                evidence.readings = readings.into_iter().map(reading).collect();
                evidence.sum = sum;
            }
        }
        evidence
    }
}

/// One period of a goal with its verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodVerdict {
    /// The first local date of the window.
    pub first_date: String,
    /// The last local date of the window.
    pub last_date: String,
    /// The verdict.
    #[serde(flatten)]
    pub evaluation: Evaluation,
}

impl From<&compliance::Evaluation> for PeriodVerdict {
    fn from(evaluation: &compliance::Evaluation) -> PeriodVerdict {
        PeriodVerdict {
            first_date: evaluation.window.dates.first.to_string(),
            last_date: evaluation.window.dates.last().to_string(),
            evaluation: Evaluation { previous: None, ..evaluation.into() },
        }
    }
}
