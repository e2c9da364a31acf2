//! The result of a review: the notice, the undo button, and the buttons that decide.

use super::request::Request;
use crate::components::icon::{self, Icon};
use crate::components::notice::Toast;
use crate::forms::reviews::UndoReview;
use crate::wording::{number, plural};
use compliance::tracking::TrackingStatus;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use program::ids::{ProjectId, ReviewId};
use program::reviews::inbox::ReviewChoice;

/// The result of a review, from the URL.
#[derive(Debug, Clone, Default)]
pub struct Reviewed {
    decision: String,
    count: i64,
    before: i64,
    state: String,
    undo: Option<ReviewId>,
    none: bool,
}

impl Reviewed {
    /// Parses the URL.
    pub fn of(request: &Request) -> Reviewed {
        let count = |name: &str| request.query(name).parse().unwrap_or(0).clamp(0, 1_000_000);
        Reviewed {
            decision: request.query("reviewed"),
            count: count("count"),
            before: count("before"),
            state: request.query("state"),
            undo: request.named("undo", |id| id.parse().ok()),
            none: request.query("refused") == "none",
        }
    }

    /// Renders what was done, what was not and why, and the button that undoes it and returns to `back`.
    pub fn notice(&self, project_id: ProjectId, back: &str) -> AnyView {
        if self.none {
            return notice("notice", icon::INFO, "Tick at least one post first.".to_owned(), None);
        }
        let what = match self.decision.as_str() {
            "undo" if self.count == 0 && self.before == 0 => "There was nothing to undo.".to_owned(),
            "undo" if self.count == 1 => "The decision on 1 post was undone.".to_owned(),
            "undo" => format!("The decision on {} posts was undone.", number(self.count)),
            name => match ReviewChoice::from_name(name) {
                Some(choice) if self.count > 0 => {
                    format!("{} {}.", done(choice), plural(self.count, "post", "posts"))
                }
                Some(_) => String::new(),
                None => return ().into_any(),
            },
        };
        let state = match self.state.as_str() {
            "disabled" => "tracking disabled",
            name => TrackingStatus::from_name(name).map_or("decided on", TrackingStatus::label),
        };
        let before = match self.before {
            0 => String::new(),
            1 => {
                format!("Somebody else decided on a post meanwhile: {}. Their decision was kept.", state.to_lowercase())
            }
            many => format!("Somebody else decided on {many} posts meanwhile. Their decisions were kept."),
        };
        let text = [what, before].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return notice("notice", icon::INFO, "Nothing changed: it had this state already.".to_owned(), None);
        }
        let undo = self.undo.map(|review_id| {
            view! {
                <form method="post" action=UndoReview::PATH class="shrink-0">
                    <input type="hidden" name="project_id" value=project_id.to_string() />
                    <input type="hidden" name="review_id" value=review_id.to_string() />
                    <input type="hidden" name="back" value=back.to_owned() />
                    <button class="btn btn-sm" data-page-key="u" aria-keyshortcuts="u">
                        <Icon svg=icon::UNDO class="size-3.5" />"Undo"
                    </button>
                </form>
            }
            .into_any()
        });
        let (class, svg) = if self.before > 0 { ("notice", icon::INFO) } else { ("notice notice-good", icon::CHECK) };
        notice(class, svg, text, undo)
    }
}

/// Returns the words for a decision that was made.
const fn done(choice: ReviewChoice) -> &'static str {
    match choice {
        ReviewChoice::Approve => "Approved",
        ReviewChoice::Exclude => "Excluded",
        ReviewChoice::Disable => "Disabled tracking of",
        ReviewChoice::Enable => "Enabled tracking of",
    }
}

fn notice(class: &'static str, svg: icon::Svg, text: String, undo: Option<AnyView>) -> AnyView {
    view! { <Toast class svg text action=undo /> }.into_any()
}

/// Renders the buttons of a form that decides on posts. `what` names the posts for screen readers; `keys` gives each
/// button its key, if the form is that of a row.
pub fn decision_buttons(decisions: &[&'static str], what: &str, keys: bool) -> impl IntoView + use<> {
    decisions
        .iter()
        .map(|decision| {
            let (label, class, key) = match *decision {
                "approve" => ("Approve", "", Some("a")),
                "include" => ("Include", "", None),
                "exclude" => ("Exclude", "", Some("e")),
                "disable" => ("Disable", "btn-quiet", None),
                _ => ("Enable", "", None),
            };
            let key = key.filter(|_| keys);
            let value = if *decision == "include" { "approve" } else { *decision };
            let what = (!what.is_empty()).then(|| format!(": {what}"));
            view! {
                <button
                    class=format!("btn btn-sm {class}")
                    name="decision"
                    value=value
                    data-key=key
                    aria-keyshortcuts=key
                >
                    {label}{what.map(|what| view! { <span class="sr-only">{what}</span> })}
                </button>
            }
        })
        .collect_view()
}
