//! The Settings tab of a creator: name, tracking, and removal.

use super::creators_new::TrackingModeChoice;
use super::loaded::loaded;
use super::removed::{Removed, removed_page};
use super::request::Request;
use crate::caller::caller;
use crate::components::creator_header::{CreatorHeader, Tab};
use crate::components::field::{Field, FieldFrame, Input, described_by};
use crate::components::icon::{self, Icon, Svg};
use crate::components::notice::{DoneNotice, ErrorSummary};
use crate::components::textarea::Textarea;
use crate::forms::creators::{RemoveCreator, UpdateCreator, UpdateNotes};
use crate::forms::merges::{MergeCreators, UndoMerge};
use crate::shell::{Place, shell};
use crate::wording::{date, plural};
use compliance::calendar::LocalDays as _;
use compliance::tracking::TrackingMode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use program::creators::form::{CreatorErrors, CreatorForm, handle_taken};
use program::creators::record::Creator;
use program::creators::view::{CreatorSettings, CreatorView, creator, creator_settings};
use program::notes::{LONGEST_NOTES, notes_too_long};

/// The Settings tab.
#[component]
pub fn CreatorSettingsPage() -> impl IntoView {
    let request = Request::current();
    let done = request.query("done");
    let typed = request.is_back_from(&[UpdateCreator::PATH]).then(|| CreatorForm {
        tiktok_handle: request.query("tiktok_handle"),
        display_name: request.query("display_name"),
        tracking_mode: request.query("tracking_mode"),
        tracking_start_date: request.query("tracking_start_date"),
    });
    let taken_by = request.named("taken_by", |id| id.parse().ok());
    let notes_refused = !request.query("refused_notes").is_empty();
    let typed_double = request.is_back_from(&[MergeCreators::PATH]).then(|| request.query("double"));
    // Only from a returned form: otherwise an address could put any sentence on the page.
    let merge_refused = if typed_double.is_some() { request.query("refused_merge") } else { String::new() };
    let typed_notes = request.is_back_from(&[UpdateNotes::PATH]).then(|| request.query("notes"));
    loaded(
        async move {
            let (project_id, creator_id) = (request.id("project_id")?, request.id("creator_id")?);
            creator_settings(&caller()?, project_id, creator_id, taken_by).await
        },
        move |found| {
            let merge = merge_form(&found, typed_double.unwrap_or_default(), merge_refused).into_any();
            let notes = typed_notes.unwrap_or(found.notes);
            page(&found.creator, notes, notes_refused, found.namesake.as_ref(), typed, done, merge)
        },
    )
}

fn page(
    view: &CreatorView,
    notes: String,
    notes_refused: bool,
    namesake: Option<&Creator>,
    typed: Option<CreatorForm>,
    done: String,
    merge: AnyView,
) -> AnyView {
    if view.creator.merged_into().is_some() {
        return removed_page(view, Tab::Settings);
    }
    let mut errors = typed.as_ref().and_then(|form| form.parse().err()).unwrap_or_default();
    if let (Some(other), Some(form)) = (namesake, &typed) {
        errors.tiktok_handle = Some(handle_taken(form.tiktok_handle.trim_start_matches('@'), Some(other)));
    }
    let form = typed.unwrap_or_else(|| CreatorForm::of(&view.creator));
    let name = view.creator.name().to_owned();
    let remove = format!("/projects/{}/creators/{}/remove", view.project.project_id, view.creator.creator_id);
    view! {
        <Title text=format!("Settings · {name}") />
        {shell(&view.project, Place::Creators, "", view! {
            <CreatorHeader view tab=Tab::Settings />
            <DoneNotice code=done />
            <Removed view />
            {fields(view, form, errors)}
            {notes_form(view, notes, notes_refused)}
            {merge}
            {view.creator.removed_at.is_none().then(|| view! {
                <section class="card max-w-xl p-4" aria-labelledby="remove">
                    <h2 id="remove" class="font-semibold">{format!("Remove {name}")}</h2>
                    <p class="mt-1 text-soft">
                        "Leaves every list. Posts, numbers and goals are kept and return if the handle is added again."
                    </p>
                    <a class="btn mt-3 text-danger" href=remove>"Remove…"</a>
                </section>
            })}
        }.into_any())}
    }
    .into_any()
}

fn fields(view: &CreatorView, form: CreatorForm, errors: CreatorErrors) -> impl IntoView + use<> {
    let automatic = view.creator.first_snapshot_at.is_some().then(|| view.creator.clone()).map(|mut creator| {
        creator.tracking_start_date = None;
        creator.tracking_start(view.project.zone).map(date).unwrap_or_default()
    });
    let hint = match automatic {
        Some(day) => format!(
            "Empty: automatic, {day}, the day of the earliest number we hold. Posts from before this day only count what \
             they gain after it. Another day re-books every number since then."
        ),
        None => "Empty: automatic, the day of the earliest data.".to_owned(),
    };
    let summary = errors.by_field().map(|(field, sentence)| (field, sentence.to_owned())).collect();
    view! {
        <ErrorSummary errors=summary />
        <form method="post" action=UpdateCreator::PATH class="grid max-w-xl gap-5">
            <input type="hidden" name="project_id" value=view.project.project_id.to_string() />
            <input type="hidden" name="creator_id" value=view.creator.creator_id.to_string() />
            <Field
                name="tiktok_handle"
                label="TikTok handle"
                value=form.tiktok_handle
                input=Input { class: "max-w-72", ..Input::TEXT }
                hint="Renamed on TikTok? Enter the new handle: everything stays with the creator, and data under the new handle is assigned to them."
                error=errors.tiktok_handle
            />
            <Field
                name="display_name"
                label="Display name"
                value=form.display_name
                optional=true
                hint="Empty: the handle is shown."
                error=errors.display_name
            />
            <TrackingModeChoice
                mode=TrackingMode::from_name(&form.tracking_mode).unwrap_or_default()
                error=errors.tracking_mode
            />
            <Field
                name="tracking_start_date"
                label="Tracking starts"
                value=form.tracking_start_date
                optional=true
                input=Input { kind: "date", class: "max-w-48", ..Input::TEXT }
                hint=hint
                error=errors.tracking_start_date
            />
            <div><button class="btn btn-primary">"Save changes"</button></div>
        </form>
    }
}

fn notes_form(view: &CreatorView, notes: String, refused: bool) -> impl IntoView + use<> {
    let error = refused.then(notes_too_long);
    let described = described_by("notes", true, refused);
    view! {
        <form method="post" action=UpdateNotes::PATH class="grid max-w-xl gap-3 border-t border-hairline pt-5" novalidate>
            <input type="hidden" name="project_id" value=view.project.project_id.to_string() />
            <input type="hidden" name="creator_id" value=view.creator.creator_id.to_string() />
            <FieldFrame
                name="notes"
                label="Notes"
                optional=true
                hint=Some("Shown on the Overview tab. In Markdown: **bold**, _italic_, lists, links.".to_owned())
                error=error
            >
                <Textarea
                    name="notes"
                    value=notes
                    rows="6"
                    class="min-h-32"
                    longest=LONGEST_NOTES
                    described_by=described
                    invalid=refused
                />
            </FieldFrame>
            <div><button class="btn">"Save notes"</button></div>
        </form>
    }
}

/// The merges into a creator, each with its undo, and the form that merges another creator into them.
fn merge_form(found: &CreatorSettings, double: String, refused: String) -> impl IntoView + use<> {
    let view = &found.creator;
    if view.creator.same_as.is_some() {
        return None;
    }
    let (project_id, creator_id) = (view.project.project_id.to_string(), view.creator.creator_id.to_string());
    let latest = found.merges.first().map(|merge| merge.merge_id);
    let merges = found.merges.iter().map(|merge| {
        let merged_on = date(view.project.zone.date_of(merge.merged_at));
        view! {
            <li class="flex flex-wrap items-center justify-between gap-2">
                <span>{format!("@{} and @{} were merged on {merged_on}.", merge.handle, merge.merged_handle)}</span>
                // A later merge has to be undone first.
                {(Some(merge.merge_id) == latest).then(|| view! {
                    <form method="post" action=UndoMerge::PATH>
                        <input type="hidden" name="project_id" value=project_id.clone() />
                        <input type="hidden" name="creator_id" value=creator_id.clone() />
                        <input type="hidden" name="merge_id" value=merge.merge_id.to_string() />
                        <button class="btn btn-sm">"Undo"</button>
                    </form>
                })}
            </li>
        }
    });
    let merges = (!found.merges.is_empty()).then(|| view! { <ul class="grid gap-2">{merges.collect_view()}</ul> });
    Some(view! {
        <section class="grid max-w-xl gap-3 border-t border-hairline pt-5" aria-labelledby="merge">
            <h2 id="merge" class="font-semibold">"Twice in the program?"</h2>
            <p class="text-soft">
                "If the account was renamed and its new handle became a creator of its own, merge that one into this. Goals and history of this creator stay, the handle that was seen last is kept, and posts and numbers of both count. The goals of the other creator end. You can undo it for 30 days; what comes in meanwhile stays here."
            </p>
            {merges}
            <form method="post" action=MergeCreators::PATH class="grid gap-3" novalidate>
                <input type="hidden" name="project_id" value=project_id />
                <input type="hidden" name="creator_id" value=creator_id />
                <Field
                    name="double"
                    label="Handle of the other creator"
                    value=double
                    input=Input { class: "max-w-72", ..Input::TEXT }
                    error=(!refused.is_empty()).then_some(refused)
                />
                <div><button class="btn">"Merge into this creator"</button></div>
            </form>
        </section>
    })
}

/// The confirmation before a creator is removed, which lists what is lost and what stays.
#[component]
pub fn RemoveCreatorPage() -> impl IntoView {
    let request = Request::current();
    loaded(async move { creator(&caller()?, request.id("project_id")?, request.id("creator_id")?).await }, |view| {
        remove_page(&view)
    })
}

fn remove_page(view: &CreatorView) -> AnyView {
    if view.creator.removed_at.is_some() {
        return removed_page(view, Tab::Settings);
    }
    let name = view.creator.name().to_owned();
    let goals = view.standing.as_ref().map_or(0, |standing| standing.evaluations.len());
    let goals = plural(i64::try_from(goals).unwrap_or(0), "goal leaves", "goals leave");
    let lose = vec![format!("Their {goals} the overview until they are restored; nothing is judged meanwhile")];
    let lose = if goals.starts_with('0') { vec!["Their place in the creators list".to_owned()] } else { lose };
    let keep = vec![
        format!("{} and all their numbers", plural(view.totals.posts, "post", "posts")),
        format!("Goals and their history: they return if @{} is added again", view.creator.handle),
    ];
    let back = Tab::Settings.href(view.project.project_id, view.creator.creator_id);
    let ids =
        vec![("project_id", view.project.project_id.to_string()), ("creator_id", view.creator.creator_id.to_string())];
    view! {
        <Title text=format!("Remove {name}") />
        {shell(&view.project, Place::Creators, "max-w-xl", view! {
            <Confirm
                title=format!("Remove {name}?")
                lose_title="What happens"
                lose
                keep
                action=RemoveCreator::PATH
                fields=ids
                button=format!("Remove {name}")
                danger=true
                back
            />
        }.into_any())}
    }
    .into_any()
}

/// A confirmation, which lists what is lost and what stays.
#[component]
pub fn Confirm(
    /// The question.
    title: String,
    /// The heading over what changes.
    lose_title: &'static str,
    /// What changes.
    lose: Vec<String>,
    /// What stays.
    keep: Vec<String>,
    /// The address of the form.
    action: &'static str,
    /// The fields of the form.
    fields: Vec<(&'static str, String)>,
    /// The label of the button.
    button: String,
    /// Whether something is lost.
    danger: bool,
    /// The address of the page to go back to.
    back: String,
) -> impl IntoView {
    let item = |svg: Svg, text: String| {
        view! { <li class="flex gap-2"><Icon svg class="mt-1 size-3.5 text-muted" /><span>{text}</span></li> }
    };
    let changed = if danger { icon::X } else { icon::ARROW_RIGHT };
    let fields = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <div class="card grid gap-4 p-6">
            <h1 class="text-xl font-semibold tracking-[-0.01em]">{title}</h1>
            <div class="grid gap-3">
                <div>
                    <h2 class="text-sm font-semibold">{lose_title}</h2>
                    <ul class="mt-1 grid gap-1 text-soft">
                        {lose.into_iter().map(|text| item(changed, text)).collect_view()}
                    </ul>
                </div>
                <div>
                    <h2 class="text-sm font-semibold">"Stays"</h2>
                    <ul class="mt-1 grid gap-1 text-soft">
                        {keep.into_iter().map(|text| item(icon::CHECK, text)).collect_view()}
                    </ul>
                </div>
            </div>
            <form method="post" action=action class="flex flex-wrap gap-2 border-t border-hairline pt-4">
                {fields.collect_view()}
                <button class=if danger { "btn btn-danger" } else { "btn btn-primary" }>{button}</button>
                <a class="btn btn-quiet" href=back>"Keep it"</a>
            </form>
        </div>
    }
}
