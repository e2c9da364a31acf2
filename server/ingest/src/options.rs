//! What the importer knows beside the file.

use crate::count::Decimal;
use crate::decoded::Encoding;
use crate::field::Field;
use crate::format::Format;
use crate::moment::{DateOrder, Near, Terms};
use compliance::calendar::Zone;
use compliance::fact::Handle;
use compliance::instant::Instant;

/// What the importer knows beside the file.
#[derive(Debug, Clone)]
pub struct Options {
    /// The project's time zone: that of dates and clock times without an offset, unless `clock_zone` is another.
    pub zone: Zone,
    /// The time zone of dates and clock times without an offset, if it is not the project's.
    pub clock_zone: Option<Zone>,
    /// Which comes first in dates such as `3/4/2026`, if the file does not prove it.
    pub date_order: Option<DateOrder>,
    /// What separates the fraction of a number, if the file does not prove it.
    pub decimal: Option<Decimal>,
    /// The encoding of the file, if it is not UTF-8 and has no byte order mark.
    pub encoding: Option<Encoding>,
    /// The sheet of a workbook that is read, by its name.
    pub sheet: Option<String>,
    /// The creator of the posts, if the file does not say.
    pub default_creator: Option<Handle>,
    /// Columns mapped by a person: `video_no` is [`Field::PostId`]. They take precedence over recognised names.
    pub mapping: Vec<(String, Field)>,
    /// The columns that are mapped to [`Field::Ignore`] only because nobody knew what they hold. They are reported as
    /// unused.
    pub unknown_columns: Vec<String>,
    /// When the numbers were read, for sources without a capture instant.
    pub collected_at: Option<Instant>,
    /// The format, without recognition. With [`Format::Facts`] (the API) every item is a fact or a rejected row.
    pub format: Option<Format>,
    /// The most bytes of text to read, after decompression; a longer file is read up to there.
    pub most_unpacked: Option<u64>,
    /// Whether the rows are read to learn how they are written, and not to take them in.
    pub survey: bool,
    /// Whether facts ([`Format::Facts`]) may name their creator by id, which only the store can resolve.
    pub creator_ids: bool,
}

impl Options {
    /// Creates the options of a project in this zone, with nothing else known.
    pub fn new(zone: Zone) -> Options {
        Options {
            zone,
            clock_zone: None,
            date_order: None,
            decimal: None,
            encoding: None,
            sheet: None,
            default_creator: None,
            mapping: Vec::new(),
            unknown_columns: Vec::new(),
            collected_at: None,
            format: None,
            most_unpacked: None,
            survey: false,
            creator_ids: false,
        }
    }

    /// Returns how the instants of the file are read.
    pub(crate) fn terms(&self) -> Terms {
        Terms {
            zone: self.clock_zone.unwrap_or(self.zone),
            order: self.date_order,
            near: self.collected_at.map(Near::NotAfter),
        }
    }
}
