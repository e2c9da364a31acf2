//! The iterator of rows: opens a file, recognises its format, and returns it row by row.

use crate::csv::Table;
use crate::error::FileError;
use crate::format::Format;
use crate::input::Input;
use crate::json::Items;
use crate::options::Options;
use crate::preview::Preview;
use crate::row::{Draft, MAX_HANDLES, Row, Summary};
use compliance::fact::{Fact, Handle, ProfileFact};
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;

/// The number of items that are read before a JSON file counts as unknown.
const LOOK_AHEAD: usize = 16;

/// Opens a file of any format. Fails if nothing of it can be read; later errors are returned by the reader.
pub fn read<'a>(reader: impl Read + 'a, options: &Options) -> Result<Reader<'a>, FileError> {
    let mut opened = Reader::over(Source::open(reader, options)?);
    opened.recognise(options)?;
    Ok(opened)
}

/// The rows of a file. It ends after an `Err`; the rows before it are valid.
pub struct Reader<'a> {
    source: Source<'a>,
    ahead: VecDeque<Draft>,
    failure: Option<FileError>,
    ended: bool,
    /// A hash of the last profile of each creator; the profiles themselves would take much memory.
    profiles: HashMap<Handle, u64>,
    summary: Summary,
}

impl<'a> Reader<'a> {
    fn over(source: Source<'a>) -> Reader<'a> {
        let (ahead, profiles) = (VecDeque::new(), HashMap::new());
        Reader { source, ahead, failure: None, ended: false, profiles, summary: Summary::default() }
    }

    /// Returns the format; for a JSON file that of its first item, `None` if there is none.
    pub fn format(&self) -> Option<Format> {
        self.source.format()
    }

    /// Returns the counts of the rows returned so far.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Returns the field of each column of a table, with the first rows.
    pub fn preview(&self) -> Preview {
        match &self.source {
            Source::Table(table) => table.preview().clone(),
            Source::Items(items) => Preview { format: items.format(), ..Preview::default() },
        }
    }

    /// Returns the counts, at the end.
    pub fn into_summary(self) -> Summary {
        self.summary
    }

    /// Reads ahead until a JSON item is recognised. A file without such an item is not in a known format. Rows that
    /// were read ahead are returned later in any case.
    fn recognise(&mut self, options: &Options) -> Result<(), FileError> {
        if options.format.is_some() {
            return Ok(());
        }
        while self.format().is_none() && self.ahead.len() < LOOK_AHEAD {
            match self.source.next() {
                Ok(Some(draft)) => self.ahead.push_back(draft),
                Ok(None) => {
                    self.ended = true;
                    break;
                }
                Err(failure) => {
                    self.failure = Some(failure);
                    self.ended = true;
                    break;
                }
            }
        }
        if self.format().is_some() {
            return Ok(());
        }
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        match self.ahead.pop_front().map(|draft| draft.outcome) {
            Some(Err(error)) => Err(FileError::Unrecognised { reason: error.reason }),
            _ => Ok(()),
        }
    }

    fn deliver(&mut self, draft: Draft) -> Row {
        let creator_id = draft.outcome.as_ref().ok().and_then(|harvest| harvest.creator_id);
        let outcome = draft.outcome.map(|mut harvest| {
            self.summary.counters_without_instant += harvest.counters_without_instant;
            harvest.facts.retain(|fact| match fact {
                Fact::Profile(profile) => is_news(&mut self.profiles, profile),
                _ => true,
            });
            harvest.facts
        });
        self.summary.add(outcome.as_deref());
        Row { item: draft.item, line: draft.line, outcome, creator_id }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Row, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(draft) = self.ahead.pop_front() {
            return Some(Ok(self.deliver(draft)));
        }
        if let Some(failure) = self.failure.take() {
            return Some(Err(failure));
        }
        if self.ended {
            return None;
        }
        match self.source.next() {
            Ok(Some(draft)) => Some(Ok(self.deliver(draft))),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(failure) => {
                self.ended = true;
                Some(Err(failure))
            }
        }
    }
}

/// Returns whether a profile differs from the last one of this creator: files repeat it in every row.
fn is_news(known: &mut HashMap<Handle, u64>, profile: &ProfileFact) -> bool {
    let mut hasher = DefaultHasher::new();
    (&profile.display_name, &profile.avatar_url).hash(&mut hasher);
    let said = hasher.finish();
    if let Some(last) = known.get_mut(&profile.handle) {
        return std::mem::replace(last, said) != said;
    }
    if known.len() < MAX_HANDLES {
        known.insert(profile.handle.clone(), said);
    }
    true
}

enum Source<'a> {
    Table(Box<Table<'a>>),
    Items(Box<Items<'a>>),
}

impl<'a> Source<'a> {
    fn open(reader: impl Read + 'a, options: &Options) -> Result<Source<'a>, FileError> {
        let mut input = Input::open(reader, options.most_unpacked)?;
        let beginning = input.beginning()?;
        let first = first_sign(beginning)?;
        let is_json = match options.format {
            None => matches!(first, b'{' | b'['),
            Some(format) => format != Format::Csv,
        };
        if is_json {
            Ok(Source::Items(Box::new(Items::open(input, options)?)))
        } else {
            Ok(Source::Table(Box::new(Table::open(input, options)?)))
        }
    }

    fn format(&self) -> Option<Format> {
        match self {
            Source::Table(_) => Some(Format::Csv),
            Source::Items(items) => items.format(),
        }
    }

    fn next(&mut self) -> Result<Option<Draft>, FileError> {
        match self {
            Source::Table(table) => table.next(),
            Source::Items(items) => items.next(),
        }
    }
}

/// Returns the first byte that is not white space, if the file is text that may contain data.
pub(crate) fn first_sign(beginning: &[u8]) -> Result<u8, FileError> {
    if beginning.starts_with(b"PK\x03\x04") {
        let reason = "This is a workbook or a zip archive. Save the sheet as “CSV UTF-8”, or unpack the archive first.";
        return Err(FileError::NotText(reason.to_owned()));
    }
    let Some(first) = beginning.iter().copied().find(|byte| !byte.is_ascii_whitespace()) else {
        return Err(FileError::Empty);
    };
    if beginning.contains(&0) {
        return Err(FileError::NotText("This file is not text: it holds zero bytes.".to_owned()));
    }
    if first == b'<' {
        return Err(FileError::Html);
    }
    Ok(first)
}

/// Reads the beginning of a file. Missing columns are not an error here: `problem` names them.
pub fn preview(reader: impl Read, options: &Options) -> Result<Preview, FileError> {
    match read(reader, options) {
        Ok(reader) => Ok(reader.preview()),
        Err(FileError::UnknownColumns(preview)) => Ok(*preview),
        Err(error) => Err(error),
    }
}
