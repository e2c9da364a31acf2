//! Some creators of a project, judged, for a message about them.

use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, ProjectId};
use crate::judged::Judged;
use crate::projects::record::Project;
use crate::standings::standing::Standing;
use compliance::Instant;
use std::collections::BTreeSet;

/// The creators that a message is about.
#[derive(Debug, Clone)]
pub struct MessageView {
    /// The project.
    pub project: Project,
    /// The instant they were judged at.
    pub as_of: Instant,
    /// Those of the asked creators who are in the program, in overview order.
    pub standings: Vec<Standing>,
}

/// Returns these creators, judged now.
pub async fn message(caller: &Caller, project_id: ProjectId, ids: &[CreatorId]) -> Result<MessageView, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let ids: BTreeSet<CreatorId> = ids.iter().copied().collect();
    let mut standings: Vec<Standing> = ids.into_iter().filter_map(|id| judged.standing(id)).collect();
    Standing::order_by_attention(&mut standings);
    Ok(MessageView { project: judged.program.project.clone(), as_of: judged.as_of, standings })
}
