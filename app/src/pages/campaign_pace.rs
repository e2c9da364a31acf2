//! The progress of a campaign towards its target: the word for its pace, the bar, and the numbers.

use crate::components::icon::{self, Icon};
use crate::bar::Marks;
use crate::components::pace_bar::pace_bar;
use crate::components::status_badge::StatusBadge;
use crate::figures::expected_text;
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
    let has_ended = matches!(progress.pace, CampaignPace::Judged(Status::Completed | Status::Missed));
    let marks = Marks {
        actual: progress.actual,
        target: target.views,
        expected: (!has_ended).then_some(progress.expected),
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
            <p class="text-sm text-soft tabular-nums">{numbers(&progress)}</p>
        </section>
    })
}

/// Returns the description of the bar for screen readers.
fn bar_label(target: &CampaignTarget, progress: &CampaignProgress) -> String {
    let done = format!("{} of {}", number(progress.actual), plural(target.views, "view", "views"));
    match progress.pace_percent {
        Some(_) => format!("{done}, {} expected by now", expected_text(progress.expected)),
        None => done,
    }
}

/// Returns what is expected, the pace and the projection in a sentence.
fn numbers(progress: &CampaignProgress) -> String {
    let Some((pace, projected)) = progress.pace_percent.zip(progress.projected) else {
        return "Nothing is expected yet.".to_owned();
    };
    format!(
        "{} expected by now (pace {} %), {} projected.",
        expected_text(progress.expected),
        number(pace),
        number(projected)
    )
}
