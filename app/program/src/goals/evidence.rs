//! The evidence behind a number: what it is made of.

use crate::caller::Caller;
use crate::error::AppError;
use crate::facts::record::FollowerReading;
use crate::posts::record::PostEvidence;
use chrono::NaiveDate;
use compliance::metric::Metric;
use compliance::{Evaluation, PostReason};
use uuid::Uuid;

/// Which evidence to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// Of which goal.
    pub goal_id: Uuid,
    /// Of which of its periods.
    pub of: WhyOf,
    /// Every row, also of a long list.
    pub all: bool,
}

/// Which period of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyOf {
    /// The one that is judged now.
    Current,
    /// The one before it.
    Previous,
    /// The one that holds this local date.
    On(NaiveDate),
}

impl Why {
    /// Whether these are the reasons behind this number.
    #[must_use]
    pub fn is_of(&self, goal_id: Uuid, of: WhyOf) -> bool {
        self.goal_id == goal_id && self.of == of
    }
}

/// The reasons behind a number; what is in it adds up to the actual.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What was asked for.
    pub why: Why,
    /// What is explained.
    pub evaluation: Evaluation,
    /// What it is made of.
    pub contributions: Contributions,
}

/// What a number is made of.
#[derive(Debug, Clone)]
pub enum Contributions {
    /// Posts, views and engagement.
    Posts {
        /// Every post that is of the period: counted ones first, then the others by their reason.
        of_period: Vec<PostContribution>,
        /// How many further posts have nothing booked in the period.
        outside: usize,
        /// The sum of all contributions.
        sum: i64,
    },
    /// Followers.
    Followers {
        /// The last reading before the window or, without one, the first in it.
        baseline: Option<FollowerReading>,
        /// The readings in the window.
        readings: Vec<FollowerReading>,
        /// The last reading less the baseline.
        sum: i64,
    },
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
    project_id: Uuid,
    creator_id: Uuid,
    evaluation: &Evaluation,
) -> Result<Contributions, AppError> {
    let Evaluation { window, as_of, metric, .. } = evaluation;
    if *metric == Metric::Followers {
        let mut readings = caller.store.follower_evidence(project_id, creator_id, window, *as_of).await?;
        let baseline = readings.first().copied();
        let sum = readings.last().zip(baseline).map_or(0, |(last, first)| last.followers - first.followers);
        readings.retain(|reading| reading.captured_at >= window.start);
        return Ok(Contributions::Followers { baseline, readings, sum });
    }
    let posts = caller.store.post_evidence(project_id, creator_id, window, *as_of).await?;
    let mut of_period: Vec<PostContribution> = posts
        .into_iter()
        .map(|post| {
            let (reason, contribution) = post.window.explain(*metric, window, *as_of);
            PostContribution { post, reason, contribution }
        })
        .collect();
    let sum = of_period.iter().map(|post| post.contribution).fold(0, i64::saturating_add);
    let all = of_period.len();
    // Posts that can never count are of the period only if something of them happened in it.
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
    Ok(Contributions::Posts { of_period, outside, sum })
}
