//! A merge as stored.

use crate::engine::Row;
use compliance::Instant;
use compliance::fact::Handle;
use program::merges::record::Merge;

/// A merge as stored.
pub struct StoredMerge {
    pub merge: Merge,
    /// When the merged creator had been removed from the program.
    pub removed_at: Option<Instant>,
    pub undone_at: Option<Instant>,
}

impl StoredMerge {
    pub fn of(row: &Row) -> sqlx::Result<StoredMerge> {
        let handle = |column| row.named(column, |text| Handle::parse(text).ok());
        Ok(StoredMerge {
            merge: Merge {
                merge_id: row.id("merge_id")?,
                creator_id: row.id("creator_id")?,
                merged_creator_id: row.id("merged_creator_id")?,
                merged_at: row.instant("merged_at")?,
                handle: handle("handle")?,
                merged_handle: handle("merged_handle")?,
            },
            removed_at: row.optional_instant("removed_at")?,
            undone_at: row.optional_instant("undone_at")?,
        })
    }
}
