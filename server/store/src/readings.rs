//! Reads snapshots and follower readings from rows.

use super::engine::Row;
use super::rows::corrupt;
use compliance::fact::Counters;
use compliance::ledger::Stored;
use compliance::misreading::{Misreading, Reading, Source};

impl Row {
    /// Returns the source that a reading names.
    pub fn source(&self) -> sqlx::Result<Source> {
        Ok(Source::named(Some(self.try_get("given_source")?)))
    }

    /// Returns why a reading is a misreading, if it is one.
    pub fn misreading(&self) -> sqlx::Result<Option<Misreading>> {
        let name: Option<&str> = self.try_get("misreading")?;
        name.map(|name| Misreading::from_name(name).ok_or_else(|| corrupt("misreading", name))).transpose()
    }

    /// Returns the counters of a snapshot that are used: those that are not misreadings.
    pub fn taken_counters(&self) -> sqlx::Result<Counters> {
        Ok(Misreading::taken(self.misreading()?, self.counters()?))
    }

    /// Returns a snapshot of a post.
    pub fn stored_snapshot(&self) -> sqlx::Result<Stored<Counters>> {
        let reading = Reading { value: self.counters()?, source: self.source()? };
        Ok(Stored { at: self.instant("captured_at")?, reading, misreading: self.misreading()? })
    }

    /// Returns a follower reading.
    pub fn stored_reading(&self) -> sqlx::Result<Stored<i64>> {
        let reading = Reading { value: self.try_get("followers")?, source: self.source()? };
        Ok(Stored { at: self.instant("captured_at")?, reading, misreading: self.misreading()? })
    }
}
