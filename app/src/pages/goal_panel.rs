//! The panel beside the goal form: what the typed goal would be today, and how the creator would have done with it.

use crate::badge::Mark;
use crate::bar::Bar;
use crate::components::goal_badge::mark_icon;
use crate::components::icon::{self, Icon};
use crate::goal_panel::{BackTest, NO_WIDTH, Panel, Verdict, drawn};
use leptos::prelude::*;

/// The panel. Every element whose contents depend on what is typed is there and has a name, so that the island can set
/// them without rendering anything. `here` is the address of the form, to which the proposed target is sent without it.
pub fn goal_panel(panel: &Panel, here: String) -> impl IntoView + use<> {
    let (href, name) = panel.other.clone().unzip();
    let is_other = name.is_some();
    view! {
        <div aria-live="polite">
            {verdict(panel.verdict.as_ref())}
            <p class="text-sm text-soft" data-panel="note" hidden=panel.verdict.is_some()>
                <span data-panel="why-not">{panel.note.clone()}</span>" "
                <a class="link inline-flex min-h-6 items-center" data-panel="other" href=href hidden=!is_other>{name}</a>
            </p>
        </div>
        {back_test(&panel.back_test, here)}
    }
}

fn verdict(verdict: Option<&Verdict>) -> impl IntoView + use<> {
    let text = |of: fn(&Verdict) -> &String| verdict.map(of).cloned().unwrap_or_default();
    let badges = Mark::ALL.map(|mark| {
        let badge = verdict.map(|verdict| &verdict.badge).filter(|badge| badge.mark == mark);
        view! {
            <span class="badge" data-status=mark.color() data-panel=mark.name() hidden=badge.is_none()>
                <Icon svg=mark_icon(mark) />
                <span data-panel=format!("{}-label", mark.name())>{badge.map(|badge| badge.label.clone())}</span>
            </span>
        }
    });
    let pace = text(|verdict| &verdict.pace);
    let Bar { filled, over, expected } = verdict.map(|verdict| verdict.bar.clone()).unwrap_or_default();
    let (is_over, is_expected) = (over.is_some(), expected.is_some());
    let width = |width: Option<String>| width.unwrap_or_else(|| NO_WIDTH.to_owned());
    view! {
        <div class="grid gap-2" data-panel="verdict" hidden=verdict.is_none()>
            <p class="flex items-center justify-between gap-3">
                {badges.into_iter().collect_view()}
                <span class="text-sm" data-panel="pace" hidden=pace.is_empty()>
                    <span class="unit">"pace"</span>" "
                    <b class="font-semibold tabular-nums" data-panel="percent">{pace.clone()}</b>" "<span class="unit">"%"</span>
                </span>
            </p>
            <p class="tabular-nums">
                <span class="text-xl font-semibold" data-panel="actual">{text(|verdict| &verdict.actual)}</span>" "
                <span class="text-muted" data-panel="target">{text(|verdict| &verdict.of_target)}</span>
            </p>
            <svg
                class="pace-bar pace-bar-lg"
                aria-hidden="true"
                data-panel="bar"
                data-status=verdict.map_or("none", |verdict| verdict.color)
            >
                <rect class="pb-track" width="83.3%" />
                <rect class="pb-fill" data-panel="filled" width=width(filled) />
                <rect class="pb-over" data-panel="over" width=width(over) />
                <g data-panel="beyond" class=drawn(is_over)>
                    <line class="pb-halo" x1="83.3%" x2="83.3%" y1="14%" y2="86%" />
                    <line class="pb-target" x1="83.3%" x2="83.3%" y1="6%" y2="94%" />
                </g>
                <svg data-panel="expected" class=drawn(is_expected) x=expected overflow="visible">
                    <line class="pb-halo" y1="10%" y2="90%" />
                    <line class="pb-tick" y1="4%" y2="96%" />
                </svg>
            </svg>
            <p class="text-sm text-soft" data-panel="sentence">{text(|verdict| &verdict.sentence)}</p>
        </div>
    }
}

fn back_test(back_test: &BackTest, here: String) -> impl IntoView + use<> {
    let periods = back_test.periods.iter().enumerate().map(|(place, period)| {
        view! {
            <li
                class="back-test"
                data-panel=format!("period-{place}")
                data-status=period.color
                title=period.words.clone()
            >
                <span aria-hidden="true" data-panel=format!("actual-{place}")>{period.actual.clone()}</span>
                <Icon svg=icon::CHECK class="if-completed" />
                <Icon svg=icon::X class="if-missed" />
                <span class="sr-only" data-panel=format!("words-{place}")>{period.words.clone()}</span>
            </li>
        }
    });
    let proposed = back_test.proposed;
    view! {
        <div class="mt-3 grid gap-2 border-t border-hairline pt-3">
            <h2 class="text-sm font-semibold">
                <span data-panel="periods">{back_test.heading.clone()}</span>" "<span class="unit">"oldest first"</span>
            </h2>
            <p class="text-sm text-soft" aria-live="polite">
                <b class="block font-[560] text-ink" data-panel="read">{back_test.target.clone()}</b>
                <span data-panel="met">{back_test.met.clone()}</span>
            </p>
            <ol class=back_test.columns() data-panel="list">{periods.collect_view()}</ol>
            <p class="text-sm text-soft" data-panel="proposal" hidden=back_test.proposal.is_empty()>{back_test.proposal.clone()}</p>
            <button
                class="btn btn-sm justify-self-start"
                name="use"
                value=proposed.map(|proposed| proposed.to_string())
                formmethod="get"
                formaction=here
                hidden=proposed.is_none()
                data-panel="use"
            >
                {back_test.use_words()}
            </button>
        </div>
    }
}
