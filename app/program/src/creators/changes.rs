//! The changes of a creator, called by forms and the API.

use super::form::{CreatorForm, display_name, handle_taken};
use super::record::{AddCreatorOutcome, Creator, Membership, NewCreator, UpdateCreatorOutcome};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::notes::{LONGEST_NOTES, notes_as_typed, notes_too_long};
use crate::projects::record::Project;
use crate::refusal::Refusal;
use compliance::Instant;
use compliance::calendar::LocalDays as _;
use compliance::fact::Handle;
use compliance::goal_form::parse_date;
use compliance::tracking::TrackingMode;

/// How many creators may be added at once.
pub const AT_ONCE: usize = 10_000;

/// The longest address of a picture, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// A creator to add, as typed; a field that is `None` was not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorToAdd {
    /// The TikTok handle, with or without `@`.
    pub tiktok_handle: String,
    /// The name shown.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
    /// How new posts arrive; `auto` if not given.
    pub tracking_mode: Option<String>,
    /// The local date from which posts count in full; today if not given.
    pub tracking_start_date: Option<String>,
}

/// An edit of a creator, as typed; a field that is `None` is not changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorEdit {
    /// The TikTok handle, for an account that was renamed.
    pub tiktok_handle: Option<String>,
    /// The name shown; empty shows the handle.
    pub display_name: Option<String>,
    /// How new posts arrive.
    pub tracking_mode: Option<String>,
    /// The local date from which posts count in full; empty is automatic.
    pub tracking_start_date: Option<String>,
}

/// Adds creators: all of them, or none if one is invalid. Those who are in the program do not change; removed ones are
/// restored with all data. Returns the outcome of each, in order.
pub async fn add(
    caller: &Caller,
    project_id: ProjectId,
    creators: Vec<CreatorToAdd>,
) -> Result<Vec<(NewCreator, AddCreatorOutcome)>, Refusal> {
    let project = caller.project(project_id, Action::Write).await?;
    if creators.is_empty() || creators.len() > AT_ONCE {
        return Err(Refusal::of_fields([("creators", "Add 1 to 10,000 creators at once.")]));
    }
    let (now, many) = (caller.now(), creators.len() > 1);
    let new = creators.into_iter().enumerate().map(|(place, creator)| {
        parse(creator, &project, now).map_err(|(field, sentence)| {
            let field = if many { format!("creators[{place}].{field}") } else { field.to_owned() };
            Refusal::of_fields([(field, sentence)])
        })
    });
    let new = new.collect::<Result<Vec<_>, _>>()?;
    let outcomes = caller.store.add_creators(project_id, &new, now).await?;
    Ok(new.into_iter().zip(outcomes).collect())
}

/// Changes a creator's handle, display name and tracking. A handle that another creator has is refused; the error says
/// whose it is.
pub async fn edit(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    edit: CreatorEdit,
) -> Result<Creator, Refusal> {
    caller.project(project_id, Action::Write).await?;
    let store = &caller.store;
    let before = CreatorForm::of(&store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?);
    let form = CreatorForm {
        tiktok_handle: edit.tiktok_handle.unwrap_or(before.tiktok_handle),
        display_name: edit.display_name.unwrap_or(before.display_name),
        tracking_mode: edit.tracking_mode.unwrap_or(before.tracking_mode),
        tracking_start_date: edit.tracking_start_date.unwrap_or(before.tracking_start_date),
    };
    let change = form.parse().map_err(|errors| Refusal::of_fields(errors.by_field()))?;
    match store.update_creator(project_id, creator_id, &change, caller.now()).await? {
        UpdateCreatorOutcome::Updated => Ok(store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?),
        UpdateCreatorOutcome::HandleTaken(other) => {
            let creator = store.creator(project_id, other).await?;
            let sentence = handle_taken(change.handle.as_str(), creator.as_ref());
            Err(Refusal::taken("tiktok_handle", sentence, other))
        }
    }
}

/// Changes the notes on a creator.
pub async fn set_notes(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    notes: &str,
) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    let notes = notes_as_typed(notes);
    if notes.chars().count() > LONGEST_NOTES {
        return Err(Refusal::of_fields([("notes", notes_too_long())]));
    }
    Ok(caller.store.set_creator_notes(project_id, creator_id, &notes).await?)
}

/// Removes a creator from the program; the history is kept, and returns with them.
pub async fn remove(caller: &Caller, project_id: ProjectId, creator_id: CreatorId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    Ok(caller.store.set_membership(project_id, creator_id, Membership::Removed, caller.now()).await?)
}

/// Restores a removed creator, with their history.
pub async fn restore(caller: &Caller, project_id: ProjectId, creator_id: CreatorId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    Ok(caller.store.set_membership(project_id, creator_id, Membership::Member, caller.now()).await?)
}

fn parse(creator: CreatorToAdd, project: &Project, now: Instant) -> Result<NewCreator, (&'static str, String)> {
    let handle = Handle::parse(&creator.tiktok_handle).map_err(|error| ("tiktok_handle", error.to_string()))?;
    let display_name = display_name(creator.display_name.as_deref().unwrap_or_default());
    let display_name = display_name.map_err(|error| ("display_name", error.to_string()))?;
    let mode = creator.tracking_mode.as_deref().map_or(Some(TrackingMode::default()), TrackingMode::from_name);
    let start = creator.tracking_start_date.as_deref().map(parse_date).transpose();
    let start = start.map_err(|error| ("tracking_start_date", error.to_owned()))?;
    let is_address = |url: &str| url.starts_with("https://") && url.len() <= LONGEST_ADDRESS;
    if !creator.avatar_url.as_deref().is_none_or(is_address) {
        return Err(("avatar_url", "Give an address that begins with https://.".to_owned()));
    }
    Ok(NewCreator {
        handle,
        display_name,
        avatar_url: creator.avatar_url,
        tracking_mode: mode.ok_or(("tracking_mode", "Choose auto or selective.".to_owned()))?,
        tracking_start_date: start.unwrap_or_else(|| project.zone.date_of(now)),
    })
}
