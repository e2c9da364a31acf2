//! Decisions about renamed accounts, called by forms and the command line.

use super::record::{DECISION_MS, MergeOutcome, UndoMergeOutcome};
use crate::actor::Action;
use crate::caller::Caller;
use crate::error::AppError;
use crate::figures::grouped;
use crate::ids::{CreatorId, MergeId, ProjectId};
use crate::refusal::Refusal;
use compliance::address::handle_in;
use compliance::bounds::MAX_POSTS;
use std::slice;

/// Merges the creator with a handle, as typed, into another one: both are the same account. The goals and the history of
/// the other one stay, and they get the handle that was seen last. A merge that was made already stays as it is.
pub async fn merge(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    double: &str,
) -> Result<MergeId, Refusal> {
    caller.project(project_id, Action::Write).await?;
    let at_field = |sentence: String| Refusal::of_fields([("double", sentence)]);
    let handle = handle_in(double).map_err(|error| at_field(error.to_string()))?;
    let known = caller.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?;
    let since = caller.now().plus_millis(-DECISION_MS);
    let merges = caller.store.merges(project_id, creator_id, since).await?;
    let bearer = caller.store.creators_with_handles(project_id, slice::from_ref(&handle)).await?.pop();
    // Whether the handle still leads to one of the two, and not to somebody who has taken it since.
    let is_theirs =
        |merged: CreatorId| bearer.as_ref().is_none_or(|bearer| [creator_id, merged].contains(&bearer.creator_id));
    let made = merges.iter().find(|made| made.merged_handle == handle && is_theirs(made.merged_creator_id));
    if let Some(made) = made {
        // The same form was sent before.
        return Ok(made.merge_id);
    }
    if known.handle == handle {
        return Err(at_field(format!("@{handle} is this creator. Give the handle of the other one.")));
    }
    let unknown = || at_field(format!("@{handle} is not a creator of this project."));
    let double = bearer.ok_or_else(unknown)?;
    match caller.store.merge_creators(project_id, creator_id, double.creator_id, caller.now()).await? {
        MergeOutcome::Merged(merge_id) => Ok(merge_id),
        MergeOutcome::AlreadyOne => Err(at_field(format!("@{handle} and @{} are one creator already.", known.handle))),
        MergeOutcome::MergedElsewhere => {
            Err(at_field(format!("@{handle} or @{} was merged with another creator. Undo that first.", known.handle)))
        }
        MergeOutcome::OtherAccount => Err(at_field(format!(
            "@{handle} and @{} are two TikTok accounts: their files have different account ids.",
            known.handle
        ))),
        MergeOutcome::Undecided => Err(at_field(format!(
            "@{handle} or @{} is probably the new name of another creator. Decide on that first, on the Import page.",
            known.handle
        ))),
        MergeOutcome::TooManyPosts => {
            let most = grouped(usize::try_from(MAX_POSTS).unwrap_or(usize::MAX));
            Err(at_field(format!("@{handle} and @{} have more than {most} posts together.", known.handle)))
        }
    }
}

/// Decides that a creator who was probably the new name of another one is a different account.
pub async fn keep_apart(caller: &Caller, project_id: ProjectId, creator_id: CreatorId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    Ok(caller.store.keep_apart(project_id, creator_id, caller.now()).await?)
}

/// Undoes a merge of the last 30 days. What has come in since then stays with the creator who stayed.
pub async fn undo(caller: &Caller, project_id: ProjectId, merge_id: MergeId) -> Result<(), Refusal> {
    caller.project(project_id, Action::Write).await?;
    let now = caller.now();
    match caller.store.undo_merge(project_id, merge_id, now.plus_millis(-DECISION_MS), now).await? {
        UndoMergeOutcome::Undone => Ok(()),
        UndoMergeOutcome::HandleTaken => {
            Err(Refusal::conflict("Another creator now has the handle of the merged one. Change that handle first."))
        }
        UndoMergeOutcome::NotTheLatest => Err(Refusal::conflict("Undo the later merge of this creator first.")),
        UndoMergeOutcome::TooLate => Err(Refusal::conflict("This merge can no longer be undone.")),
    }
}
