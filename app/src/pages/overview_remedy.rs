//! What a goal on the overview takes, why it is behind, and what helps.

use crate::wording::{age, due, noun, number, short_date};
use compliance::calendar::date_of_day;
use compliance::metric::Metric;
use compliance::status::Marker;
use compliance::{Evaluation, Status};
use leptos::prelude::*;
use program::overview::OverviewRow;
use program::projects::record::Project;

/// Returns what a goal takes, or what keeps it from being judged.
#[must_use]
pub fn hint(evaluation: &Evaluation, project: &Project) -> Option<String> {
    let missing = evaluation.target.saturating_sub(evaluation.actual);
    if evaluation.advisory.not_yet_started {
        return None;
    }
    if evaluation.awaiting_data() {
        return Some(Marker::AwaitingData.label().to_owned());
    }
    if evaluation.has_ended() {
        return (missing > 0).then(|| format!("{} short", number(missing)));
    }
    if evaluation.target_reached() {
        return Some(Marker::TargetReached.label().to_owned());
    }
    if evaluation.waits_for_data() {
        let collected = evaluation.advisory.scrape_freshness.map(|freshness| freshness.last_collected_at);
        return Some(match collected {
            Some(at) => format!("not collected for {}", age(at, evaluation.as_of)),
            None => "never collected".to_owned(),
        });
    }
    if evaluation.status == Status::OnTrack && evaluation.just_missed().is_some() {
        return Some("on track again".to_owned());
    }
    Some(format!("{} more {}", number(missing), due(evaluation, project.zone)))
}

/// Renders what helps a creator's most urgent goal, or says why it is behind: posts that wait for approval, an import, the day
/// of the last post. `before` stands between it and what it follows.
pub fn remedy(row: &OverviewRow, project: &Project, before: &'static str) -> Option<impl IntoView + use<>> {
    let standing = &row.standing;
    let (_, worst) = standing.evaluations.first()?;
    let project_id = project.project_id;
    if let Some(waiting) = row.waiting {
        let count = waiting.posts.map(|posts| i64::try_from(posts).unwrap_or(i64::MAX));
        let posts = match count {
            Some(count) => format!("{} {}", number(count), noun(count, "post waits", "posts wait")),
            None => "posts wait".to_owned(),
        };
        let what = waiting.becomes.map_or(posts.clone(), |(_, _, status)| format!("{posts} → {}", status.label()));
        let title = match waiting.becomes {
            Some((metric, cadence, status)) => {
                format!(
                    "{posts} for approval. With {}, {} {} would be {}",
                    if count == Some(1) { "it" } else { "them" },
                    metric.label(),
                    cadence.name(),
                    status.label()
                )
            }
            None => format!("{posts} for approval"),
        };
        let href = format!("/projects/{project_id}/inbox?creator={}", standing.creator_id());
        return Some(
            view! { <span class="ov-remedy" title=title>{before}{what}". "<a href=href>"Review"</a></span> }.into_any(),
        );
    }
    if worst.waits_for_data() || worst.awaiting_data() {
        let href = format!("/projects/{project_id}/import");
        return Some(view! { <span class="ov-remedy">{before}<a href=href>"Import"</a></span> }.into_any());
    }
    let is_behind = matches!(worst.status, Status::AtRisk | Status::BehindPace) && !worst.has_ended();
    if worst.metric == Metric::Posts && is_behind && worst.actual == 0 {
        let last = date_of_day(standing.last_published_on()?);
        return Some(
            view! { <span class="ov-remedy">{before}{format!("nothing since {}", short_date(last))}</span> }.into_any(),
        );
    }
    None
}
