//! The progress of a campaign towards its target: the word for its pace, the bar, and the numbers.

use crate::bar::Marks;
use crate::components::icon::{self, Icon};
use crate::components::pace_bar::pace_bar;
use crate::components::status_badge::StatusBadge;
use crate::verdict::expected_when;
use crate::wording::{age, date, number, plural, short_date};
use compliance::Instant;
use compliance::campaign::{CampaignPace, CampaignProgress, CampaignTarget};
use compliance::status::{Marker, Status};
use leptos::prelude::*;
use program::campaigns::view::CampaignView;

/// Renders the badge with the word for a campaign's pace.
pub fn pace_badge(target: &CampaignTarget, pace: CampaignPace, as_of: Instant) -> AnyView {
    let (svg, label) = match pace {
        CampaignPace::Judged(status) => return view! { <StatusBadge status /> }.into_any(),
        CampaignPace::NotYetStarted => (icon::CALENDAR_CLOCK, format!("Starts {}", short_date(target.start_date))),
        CampaignPace::Waiting(None) => (icon::HOURGLASS, Marker::NoDataYet.label().to_owned()),
        CampaignPace::Waiting(Some(at)) => (icon::HOURGLASS, format!("Stale: {}", age(at, as_of))),
    };
    view! { <span class="badge" data-status="none"><Icon svg />{label}</span> }.into_any()
}

/// Renders the progress of a campaign that has a target.
pub fn target(found: &CampaignView) -> impl IntoView + use<> {
    let (target, progress) = found.campaign.terms.target.zip(found.stats.progress)?;
    let marks = Marks {
        actual: progress.actual,
        target: target.views,
        expected: (!progress.has_ended).then_some(progress.expected),
        status: match progress.pace {
            CampaignPace::Judged(status) => status.name(),
            CampaignPace::NotYetStarted | CampaignPace::Waiting(_) => "none",
        },
    };
    let badge = pace_badge(&target, progress.pace, found.as_of);
    let dates = format!("{} – {}", date(target.start_date), date(target.target_date));
    let bar = pace_bar(marks, true, Some(bar_label(&target, &progress)));
    Some(view! {
        <section class="card grid gap-2 px-4 py-3" aria-labelledby="target-heading">
            <h2 id="target-heading" class="sr-only">"Target"</h2>
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1 tabular-nums">
                {badge}
                <p>
                    <span class="text-xl font-semibold tracking-[-0.01em]" data-progress>{number(progress.actual)}</span>" "
                    <span class="text-muted">{format!("of {}", plural(target.views, "view", "views"))}</span>
                </p>
                <p class="ms-auto text-sm text-muted">{dates}</p>
            </div>
            {bar}
            <p class="text-sm text-soft tabular-nums">{numbers(&target, &progress)}</p>
        </section>
    })
}

/// Returns the description of the bar for screen readers.
fn bar_label(target: &CampaignTarget, progress: &CampaignProgress) -> String {
    let done = format!("{} of {}", number(progress.actual), plural(target.views, "view", "views"));
    match progress.pace_percent.filter(|_| !progress.has_ended) {
        Some(_) => format!("{done}, {}", expected_when(progress.expected, progress.is_stale)),
        None => done,
    }
}

/// Returns what is expected, the pace and the projection in a sentence, or how it ended.
fn numbers(target: &CampaignTarget, progress: &CampaignProgress) -> String {
    let over = progress.actual.saturating_sub(target.views);
    if progress.has_ended {
        return match progress.pace {
            CampaignPace::Waiting(_) => "Nothing was collected since it ended.".to_owned(),
            _ if over >= 0 => format!("{} over target.", plural(over, "view", "views")),
            _ => format!("{} short of the target.", plural(over.saturating_neg(), "view", "views")),
        };
    }
    let Some((pace, projected)) = progress.pace_percent.zip(progress.projected) else {
        return "Nothing is expected yet.".to_owned();
    };
    let expected = expected_when(progress.expected, progress.is_stale);
    // On track although slower than the target rate: within the grace of the settings.
    let early = progress.pace == CampaignPace::Judged(Status::OnTrack) && pace < 100 && over < 0;
    let early = if early { " Too early in the campaign to call it late." } else { "" };
    format!("{expected} (pace {} %), {} projected.{early}", number(pace), number(projected))
}
