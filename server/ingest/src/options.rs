//! What the importer knows that the file does not say.

use crate::field::Field;
use crate::format::Format;
use compliance::calendar::Zone;
use compliance::fact::Handle;
use compliance::instant::Instant;
use std::fmt;
use std::sync::Arc;

/// Finds the handle behind a creator's id; only the store knows it.
pub type CreatorIds = Arc<dyn Fn(&str) -> Option<Handle> + Send + Sync>;

/// What the importer knows that the file does not say.
#[derive(Clone)]
pub struct Options {
    /// The project's time zone: that of dates and clock times without an offset.
    pub zone: Zone,
    /// Whose posts these are, where the file does not say.
    pub default_creator: Option<Handle>,
    /// Columns that a person named: `video_no` is [`Field::PostId`]. These win over recognised names.
    pub mapping: Vec<(String, Field)>,
    /// When the numbers were read, for sources that carry no capture instant of their own.
    pub collected_at: Option<Instant>,
    /// Skips recognition. With [`Format::Facts`] (the API) every item is a fact or a rejected row.
    pub format: Option<Format>,
    /// How many bytes of text are read at most, after unpacking; a longer file is read so far.
    pub most_unpacked: Option<u64>,
    /// Resolves `creator_id` of [`Format::Facts`]; without it such facts are rejected.
    pub creator_ids: Option<CreatorIds>,
}

impl Options {
    /// Options of a project in this zone, with nothing else known.
    pub fn new(zone: Zone) -> Options {
        Options {
            zone,
            default_creator: None,
            mapping: Vec::new(),
            collected_at: None,
            format: None,
            most_unpacked: None,
            creator_ids: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("zone", &self.zone)
            .field("default_creator", &self.default_creator)
            .field("mapping", &self.mapping)
            .field("collected_at", &self.collected_at)
            .field("format", &self.format)
            .field("most_unpacked", &self.most_unpacked)
            .finish_non_exhaustive()
    }
}
