//! The evidence for a number: the posts or readings it consists of.

use crate::caller::Caller;
use crate::error::AppError;
use crate::facts::record::{FollowerEvidence, FollowerReading};
use crate::ids::{CreatorId, GoalId, PostId, ProjectId};
use crate::posts::record::PostEvidence;
use chrono::NaiveDate;
use compliance::booking::booked_at;
use compliance::course::Course;
use compliance::metric::Metric;
use compliance::misreading::{Misread, Misreading};
use compliance::{Evaluation, PostReason};

/// The evidence to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// The goal.
    pub goal_id: GoalId,
    /// The period of the goal.
    pub of: WhyOf,
    /// Whether to return every row of a long list.
    pub all: bool,
}

/// A period of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyOf {
    /// The current period.
    Current,
    /// The previous period.
    Previous,
    /// The period that contains this local date.
    On(NaiveDate),
}

impl Why {
    /// Returns whether this is the evidence for this goal and period.
    #[must_use]
    pub fn is_of(&self, goal_id: GoalId, of: WhyOf) -> bool {
        self.goal_id == goal_id && self.of == of
    }
}

/// The evidence for a number; its contributions add up to the actual.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What was requested.
    pub why: Why,
    /// The evaluation that it explains.
    pub evaluation: Evaluation,
    /// The contributions.
    pub contributions: Contributions,
    /// The course through the period, unless it is the current one, whose course is the goal's.
    pub course: Option<Course>,
}

/// The contributions to a number.
#[derive(Debug, Clone)]
pub enum Contributions {
    /// Posts, views and engagement.
    Posts {
        /// Every post of the period: counted ones first, then the others by their reason.
        of_period: Vec<PostContribution>,
        /// The number of further posts without a booking in the period.
        outside: usize,
        /// The sum of all contributions.
        sum: i64,
        /// Snapshots in the period that are misreadings, in order of time; none of them is a contribution.
        misreadings: Vec<MisreadPost>,
    },
    /// Followers.
    Followers {
        /// The last reading before the window or, without one, the first in it.
        baseline: Option<FollowerReading>,
        /// The readings in the window.
        readings: Vec<FollowerReading>,
        /// The last reading less the baseline.
        sum: i64,
        /// Readings in the period that are misreadings; none of them is among the others.
        misreadings: Vec<Misread>,
    },
}

/// A snapshot of a post that is a misreading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MisreadPost {
    /// The post's id.
    pub post_id: PostId,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// Its caption.
    pub description: Option<String>,
    /// What was read.
    pub misread: Misread,
}

/// One post and what it contributes.
#[derive(Debug, Clone)]
pub struct PostContribution {
    /// The post.
    pub post: PostEvidence,
    /// Its one reason.
    pub reason: PostReason,
    /// What it adds to the actual.
    pub contribution: i64,
}

pub(crate) async fn contributions(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    evaluation: &Evaluation,
) -> Result<Contributions, AppError> {
    let Evaluation { window, as_of, metric, .. } = evaluation;
    if *metric == Metric::Followers {
        let FollowerEvidence { mut readings, misreadings } =
            caller.store.follower_evidence(project_id, creator_id, window, *as_of).await?;
        let baseline = readings.first().copied();
        let sum = readings.last().zip(baseline).map_or(0, |(last, first)| last.followers - first.followers);
        readings.retain(|reading| reading.captured_at >= window.start);
        return Ok(Contributions::Followers { baseline, readings, sum, misreadings });
    }
    let posts = caller.store.post_evidence(project_id, creator_id, window, *as_of).await?;
    let misreadings = misreadings(&posts, evaluation);
    let mut of_period: Vec<PostContribution> = posts
        .into_iter()
        .map(|post| {
            let (reason, contribution) = post.window.explain(*metric, window, *as_of);
            PostContribution { post, reason, contribution }
        })
        .collect();
    let sum = of_period.iter().map(|post| post.contribution).fold(0, i64::saturating_add);
    let all = of_period.len();
    // Posts that can never count belong to the period only if something was booked in it.
    of_period.retain(|post| match post.reason {
        PostReason::OutsidePeriod => false,
        PostReason::Counted | PostReason::NoDataYet => true,
        PostReason::TrackingDisabled | PostReason::Excluded | PostReason::PendingReview => {
            let published = window.start <= post.post.window.published_at && post.post.window.published_at < window.end;
            published || (*metric != Metric::Posts && post.post.window.booked(*metric, window, *as_of).is_some())
        }
    });
    of_period.sort_by_key(|post| (std::cmp::Reverse(post.reason), std::cmp::Reverse(post.contribution)));
    let outside = all - of_period.len();
    Ok(Contributions::Posts { of_period, outside, sum, misreadings })
}

/// Returns the snapshots in the period that are misreadings of posts that count. For views, all of them are listed; for
/// engagement, only those of which no counter is used.
fn misreadings(posts: &[PostEvidence], evaluation: &Evaluation) -> Vec<MisreadPost> {
    let Evaluation { window, as_of, metric, .. } = evaluation;
    let matters = |misread: &Misread| match metric {
        Metric::Views => true,
        Metric::Engagement => misread.why == Misreading::Zero,
        Metric::Posts | Metric::Followers => false,
    };
    let counted = posts.iter().filter(|post| post.window.tracking.counts());
    let mut listed: Vec<MisreadPost> = counted
        .flat_map(|post| {
            let within = |misread: &&Misread| {
                let at = booked_at(misread.captured_at, post.window.published_at);
                window.start <= at && at < window.end && at <= *as_of && matters(misread)
            };
            post.misreadings.iter().filter(within).map(|misread| MisreadPost {
                post_id: post.post_id,
                tiktok_video_id: post.tiktok_video_id.clone(),
                description: post.description.clone(),
                misread: misread.clone(),
            })
        })
        .collect();
    listed.sort_by_key(|listed| (listed.misread.captured_at, listed.post_id));
    listed
}
