//! Forms of creators.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::calendar::LocalDays as _;
use compliance::tracking::TrackingMode;
use leptos::server;
use program::actor::Action;
use program::creators::form::{CreatorForm, handle_taken};
use program::creators::record::{NewCreator, UpdateCreatorOutcome};
use program::error::AppError;
use program::notes::{LONGEST_NOTES, notes_as_typed};
use program::once::id_made;
use program::pastes::handles::parse_handles;
use program::pastes::record::NewPaste;
use uuid::Uuid;

/// Adds creators by hand: one handle or many. Texts that are not handles are returned in the form; the others are
/// added.
#[server(prefix = "/forms", endpoint = "add_creators")]
pub async fn add_creators(
    project_id: Uuid,
    #[server(default)] handles: String,
    #[server(default)] tracking_mode: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    let project = caller.project(project_id, Action::Write).await?;
    let page = format!("/projects/{project_id}/creators");
    let pasted = parse_handles(&handles);
    let now = caller.now();
    let new: Vec<NewCreator> = pasted
        .handles
        .iter()
        .map(|handle| NewCreator {
            handle: handle.clone(),
            display_name: None,
            avatar_url: None,
            tracking_mode: TrackingMode::from_name(&tracking_mode).unwrap_or_default(),
            tracking_start_date: project.zone.date_of(now),
        })
        .collect();
    let paste_id = id_made(&form_id, "paste", &[&project_id.to_string(), &handles, &tracking_mode])?;
    let lines = pasted.texts.len();
    let nothing_is_added = new.is_empty();
    let paste = NewPaste { paste_id, creators: new, texts: pasted.texts };
    let (added, present) = if lines == 0 {
        (0, 0)
    } else {
        let paste = caller.store.add_paste(project_id, &paste, now).await?;
        (paste.added, paste.present)
    };
    // The result of a single text needs no list.
    let shown = if lines > 1 { paste_id.to_string() } else { String::new() };
    let (added, present) = (added.to_string(), present.to_string());
    let outcome = [("added", added.as_str()), ("present", &present), ("paste", &shown)];
    let unreadable = pasted.unreadable;
    if unreadable.is_empty() && !nothing_is_added {
        answer::done(&answer::with_query(&page, &outcome));
        return Ok(());
    }
    let typed = unreadable.join("\n");
    let count = unreadable.len().to_string();
    let typed = [("refused", count.as_str()), ("handles", &typed), ("tracking_mode", &tracking_mode)];
    let error = format!("{count} of the texts given are not TikTok handles or profile addresses; {added} were added.");
    answer::refused(&format!("{page}/new"), &[&typed[..], &outcome].concat(), AppError::Invalid(error))
}

/// Changes a creator's settings.
#[server(prefix = "/forms", endpoint = "update_creator")]
pub async fn update_creator(
    project_id: Uuid,
    creator_id: Uuid,
    tiktok_handle: String,
    display_name: String,
    tracking_mode: String,
    tracking_start_date: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let form = CreatorForm { tiktok_handle, display_name, tracking_mode, tracking_start_date };
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    let refuse = |taken_by: &str, error| {
        let typed = [
            ("tiktok_handle", form.tiktok_handle.as_str()),
            ("display_name", &form.display_name),
            ("tracking_mode", &form.tracking_mode),
            ("tracking_start_date", &form.tracking_start_date),
            ("refused", "1"),
            ("taken_by", taken_by),
        ];
        answer::refused(&page, &typed, error)
    };
    let change = match form.parse() {
        Ok(change) => change,
        Err(errors) => {
            let sentences = errors.by_field().map(|(field, sentence)| format!("{field}: {sentence}"));
            return refuse("", AppError::Invalid(sentences.collect::<Vec<_>>().join(" ")));
        }
    };
    match caller.store.update_creator(project_id, creator_id, &change, caller.now()).await? {
        UpdateCreatorOutcome::Updated => {
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        UpdateCreatorOutcome::HandleTaken(other) => {
            let creator = caller.store.creator(project_id, other).await?;
            let sentence = handle_taken(change.handle.as_str(), creator.as_ref());
            refuse(&other.to_string(), AppError::Conflict(sentence))
        }
    }
}

/// Changes the notes on a creator.
#[server(prefix = "/forms", endpoint = "update_notes")]
pub async fn update_notes(
    project_id: Uuid,
    creator_id: Uuid,
    #[server(default)] notes: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    let notes = notes_as_typed(&notes);
    if notes.chars().count() > LONGEST_NOTES {
        let error = AppError::Invalid("notes: Use at most 10,000 characters.".to_owned());
        return answer::refused(&page, &[("refused_notes", "1"), ("notes", &notes)], error);
    }
    caller.store.set_creator_notes(project_id, creator_id, &notes).await?;
    answer::done(&format!("{page}?done=notes_saved"));
    Ok(())
}

/// Removes a creator from the program; the history is kept.
#[server(prefix = "/forms", endpoint = "remove_creator")]
pub async fn remove_creator(project_id: Uuid, creator_id: Uuid) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    caller.store.set_creator_removed(project_id, creator_id, true, caller.now()).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=removed"));
    Ok(())
}

/// Restores a removed creator, with their history.
#[server(prefix = "/forms", endpoint = "restore_creator")]
pub async fn restore_creator(project_id: Uuid, creator_id: Uuid) -> Result<(), FormError> {
    let caller = caller()?;
    caller.project(project_id, Action::Write).await?;
    caller.store.set_creator_removed(project_id, creator_id, false, caller.now()).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=restored"));
    Ok(())
}
