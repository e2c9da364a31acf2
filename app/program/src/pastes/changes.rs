//! Adding creators whose handles were pasted.

use super::handles::parse_handles;
use super::record::{NewPaste, Paste};
use crate::actor::Action;
use crate::caller::Caller;
use crate::creators::record::NewCreator;
use crate::ids::{PasteId, ProjectId};
use crate::refusal::Refusal;
use crate::undo::undo_since;
use compliance::calendar::LocalDays as _;
use compliance::tracking::TrackingMode;

/// The result of pasting handles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The paste as it is kept; `None` if nothing was pasted.
    pub paste: Option<Paste>,
    /// How many texts were pasted.
    pub texts: usize,
    /// Whether at least one of them is a handle.
    pub has_handles: bool,
    /// The texts that are not handles.
    pub unreadable: Vec<String>,
}

/// Removes the creators whom a paste of the last 30 days brought into the program; their history is kept. Returns how many
/// were removed.
pub async fn undo(caller: &Caller, project_id: ProjectId, paste_id: PasteId) -> Result<i64, Refusal> {
    caller.project(project_id, Action::Write).await?;
    let now = caller.now();
    Ok(caller.store.undo_paste(project_id, paste_id, undo_since(now), now).await?)
}

/// Adds the creators whose handles were pasted, today being the first date that counts. What cannot be read is kept beside
/// them; the others go in.
pub async fn paste(
    caller: &Caller,
    project_id: ProjectId,
    paste_id: PasteId,
    text: &str,
    tracking_mode: TrackingMode,
) -> Result<Pasted, Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    let read = parse_handles(text);
    let now = caller.now();
    let creators = read.handles.into_iter().map(|handle| NewCreator {
        handle,
        display_name: None,
        avatar_url: None,
        tracking_mode,
        tracking_start_date: project.zone.date_of(now),
    });
    let new = NewPaste { paste_id, creators: creators.collect(), texts: read.texts };
    let (texts, has_handles) = (new.texts.len(), !new.creators.is_empty());
    let paste = if texts == 0 { None } else { Some(caller.store.add_paste(project_id, &new, now).await?) };
    Ok(Pasted { paste, texts, has_handles, unreadable: read.unreadable })
}
