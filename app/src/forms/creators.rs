//! Forms of creators.

use crate::caller::caller;
use crate::forms::answer;
use crate::forms::error::FormError;
use compliance::tracking::TrackingMode;
use leptos::server;
use program::creators::changes::{self, CreatorEdit};
use program::creators::form::CreatorForm;
use program::error::AppError;
use program::ids::{CreatorId, PasteId, ProjectId};
use program::once::id_made;
use program::pastes::changes::{self as pastes, paste};
use program::refusal::Obstacle;

/// Adds creators by hand: one handle or many. Texts that are not handles are returned in the form; the others are
/// added.
#[server(prefix = "/forms", endpoint = "add_creators")]
pub async fn add_creators(
    project_id: ProjectId,
    #[server(default)] handles: String,
    #[server(default)] tracking_mode: String,
    #[server(default)] form_id: String,
) -> Result<(), FormError> {
    let caller = caller()?;
    let page = format!("/projects/{project_id}/creators");
    let paste_id = id_made(&form_id, "paste", &[&project_id.to_string(), &handles, &tracking_mode])?;
    let mode = TrackingMode::from_name(&tracking_mode).unwrap_or_default();
    let pasted = paste(&caller, project_id, paste_id, &handles, mode).await?;
    let (added, present) = pasted.paste.as_ref().map_or((0, 0), |paste| (paste.added, paste.present));
    // The result of a single text needs no list.
    let shown = if pasted.texts > 1 { paste_id.to_string() } else { String::new() };
    let can_be_undone = pasted.paste.is_some_and(|paste| paste.can_be_undone);
    let undo = if can_be_undone { paste_id.to_string() } else { String::new() };
    let (added, present) = (added.to_string(), present.to_string());
    let outcome = [("added", added.as_str()), ("present", &present), ("paste", &shown), ("undo", &undo)];
    if pasted.unreadable.is_empty() && pasted.has_handles {
        answer::done(&answer::with_query(&page, &outcome));
        return Ok(());
    }
    let typed = pasted.unreadable.join("\n");
    let count = pasted.unreadable.len().to_string();
    let typed = [("refused", count.as_str()), ("handles", &typed), ("tracking_mode", &tracking_mode)];
    let error = format!("{count} of the texts given are not TikTok handles or profile addresses; {added} were added.");
    answer::refused(&format!("{page}/new"), &[&typed[..], &outcome].concat(), AppError::Invalid(error))
}

/// Removes the creators whom a paste brought into the program.
#[server(prefix = "/forms", endpoint = "undo_paste")]
pub async fn undo_paste(project_id: ProjectId, paste_id: PasteId) -> Result<(), FormError> {
    let undone = pastes::undo(&caller()?, project_id, paste_id).await?;
    answer::done(&format!("/projects/{project_id}/creators?undone={undone}"));
    Ok(())
}

/// Changes a creator's settings.
#[server(prefix = "/forms", endpoint = "update_creator")]
pub async fn update_creator(
    project_id: ProjectId,
    creator_id: CreatorId,
    tiktok_handle: String,
    display_name: String,
    tracking_mode: String,
    tracking_start_date: String,
) -> Result<(), FormError> {
    let form = CreatorForm { tiktok_handle, display_name, tracking_mode, tracking_start_date };
    let edit = CreatorEdit {
        tiktok_handle: Some(form.tiktok_handle.clone()),
        display_name: Some(form.display_name.clone()),
        tracking_mode: Some(form.tracking_mode.clone()),
        tracking_start_date: Some(form.tracking_start_date.clone()),
    };
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    match changes::edit(&caller()?, project_id, creator_id, edit).await {
        Ok(_) => {
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        Err(refusal) => {
            let taken_by = match &refusal.by {
                Some(Obstacle::Creator(other)) => other.to_string(),
                _ => String::new(),
            };
            let typed = [
                ("tiktok_handle", form.tiktok_handle.as_str()),
                ("display_name", &form.display_name),
                ("tracking_mode", &form.tracking_mode),
                ("tracking_start_date", &form.tracking_start_date),
                ("refused", "1"),
                ("taken_by", &taken_by),
            ];
            answer::refusal(&page, &typed, refusal)
        }
    }
}

/// Changes the notes on a creator.
#[server(prefix = "/forms", endpoint = "update_notes")]
pub async fn update_notes(
    project_id: ProjectId,
    creator_id: CreatorId,
    // Not optional: a form without it would erase the notes.
    notes: String,
) -> Result<(), FormError> {
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    match changes::set_notes(&caller()?, project_id, creator_id, &notes).await {
        Ok(()) => {
            answer::done(&format!("{page}?done=notes_saved"));
            Ok(())
        }
        Err(refusal) => answer::refusal(&page, &[("refused_notes", "1"), ("notes", &notes)], refusal),
    }
}

/// Removes a creator from the program; the history is kept.
#[server(prefix = "/forms", endpoint = "remove_creator")]
pub async fn remove_creator(project_id: ProjectId, creator_id: CreatorId) -> Result<(), FormError> {
    changes::remove(&caller()?, project_id, creator_id).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=removed"));
    Ok(())
}

/// Restores a removed creator, with their history.
#[server(prefix = "/forms", endpoint = "restore_creator")]
pub async fn restore_creator(project_id: ProjectId, creator_id: CreatorId) -> Result<(), FormError> {
    changes::restore(&caller()?, project_id, creator_id).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=restored"));
    Ok(())
}
