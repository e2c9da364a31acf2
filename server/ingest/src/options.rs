//! What the importer knows that the file does not say.

use crate::field::Field;
use crate::format::Format;
use compliance::calendar::Zone;
use compliance::fact::Handle;
use compliance::instant::Instant;
/// What the importer knows that the file does not say.
#[derive(Debug, Clone)]
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
    /// Whether facts ([`Format::Facts`]) may name their creator by id. Only the store knows who that is.
    pub creator_ids: bool,
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
            creator_ids: false,
        }
    }
}
