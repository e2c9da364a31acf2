//! Two creators who are one account.

use crate::change::Change;
use crate::engine::sql;
use crate::error::DbResult;
use crate::rebook;
use compliance::fact::Handle;
use program::creators::record::CreatorEventKind;
use program::ids::CreatorId;
use std::collections::BTreeSet;

/// The creator who stays, and the one who is merged into them.
#[derive(Clone, Copy)]
pub struct Pair {
    pub creator_id: CreatorId,
    pub merged_creator_id: CreatorId,
}

/// Returns the event of a creator whose handle changed, if it did.
pub fn renaming<'h>(
    creator_id: CreatorId,
    from: &'h Handle,
    to: &'h Handle,
) -> impl Iterator<Item = (CreatorId, &'static str, &'h str, &'h str)> {
    let event = (creator_id, CreatorEventKind::Renamed.name(), from.as_str(), to.as_str());
    (from != to).then_some(event).into_iter()
}

/// Books the days of both creators again.
pub async fn book(tx: &mut Change, pair: Pair) -> DbResult<()> {
    let project = tx.project().clone();
    let both = BTreeSet::from([pair.creator_id, pair.merged_creator_id]);
    let listed = both.iter().copied();
    tx.query(sql!("creators_to_book_insert")).bind(project.project_id).list(listed.clone()).execute().await?;
    rebook::mark_listed(tx, &project).await?;
    rebook::listed(tx, &project, &both).await?;
    let version = tx.version().await?;
    tx.query(sql!("creators_touch_some")).bind(project.project_id).bind(version).list(listed).execute().await?;
    Ok(())
}
