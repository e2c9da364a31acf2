//! The iterator of rows: opens a file, recognises its format, and returns it row by row.

use crate::MOST_UNUSED;
use crate::csv::{Formats, Table};
use crate::error::FileError;
use crate::excerpt::excerpt;
use crate::format::Format;
use crate::input::{Input, OLDER_WORKBOOK, ZIP};
use crate::json::Items;
use crate::json::rows::{self, ItemRows, Others};
use crate::options::Options;
use crate::preview::{Preview, RawRow};
use crate::row::{Draft, IdOrigin, MAX_HANDLES, Row, Summary};
use crate::workbook;
use compliance::fact::{AccountId, Fact, Handle, ProfileFact};
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Cursor, Read};
use std::rc::Rc;

/// The number of items that are read before a JSON file counts as unknown.
const LOOK_AHEAD: usize = 1_000;
/// The number of rows that are read ahead to see whether the ids of a file are rounded.
const ROWS_AHEAD: usize = 100;
/// How many exact ids there are for one that looks rounded by chance.
const IDS_FOR_ONE_ROUNDED: u64 = 100;
/// How many ids there are for each that a data frame may have left: one in a thousand exact ids looks so, and readings of a
/// post repeat it.
const IDS_FOR_ONE_OF_DATA_FRAME: u64 = 10;
/// The ids, that one included, among which a single id that looks rounded does so by chance: what rounds ids rounds a whole
/// column.
const IDS_BESIDE_ONE: u64 = 10;

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
    profiles: Profiles,
    summary: Summary,
    /// The ids read so far that are not from an address, and those of them that look rounded.
    ids: u64,
    suspects: u64,
    /// How many ids may come from a data frame.
    framed: u64,
    /// The first of them, until another one comes.
    only_framed: Option<String>,
}

impl<'a> Reader<'a> {
    fn over(source: Source<'a>) -> Reader<'a> {
        let (ahead, profiles) = (VecDeque::new(), Profiles::default());
        Reader {
            source,
            ahead,
            failure: None,
            ended: false,
            profiles,
            summary: Summary::default(),
            ids: 0,
            suspects: 0,
            framed: 0,
            only_framed: None,
        }
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
            Source::Table(table) | Source::Part(table, _) => table.preview().clone(),
            Source::Items(items) => Preview { format: items.format(), ..Preview::default() },
        }
    }

    /// Returns the columns of a table that have a value in the rows read so far and are neither imported nor ignored by a
    /// person, or the fields of the first JSON items that no format looks at, in the order of the file. They are at most
    /// [`MOST_UNUSED`](crate::MOST_UNUSED).
    pub fn unused(&self) -> Vec<String> {
        match &self.source {
            Source::Table(table) => table.unused(),
            Source::Part(table, others) => {
                let mut unused = table.unused();
                unused.extend(others.borrow().iter().map(|name| excerpt(name)));
                unused.truncate(MOST_UNUSED);
                unused
            }
            Source::Items(items) => items.unused(),
        }
    }

    /// Reads the rest of a table only to see how it is written; returns that, and the cells of its first rows.
    pub(crate) fn into_survey(self) -> (Formats, Vec<RawRow>) {
        match self.source {
            Source::Table(mut table) | Source::Part(mut table, _) => {
                if !self.ended {
                    table.skim();
                }
                table.into_survey()
            }
            Source::Items(_) => Default::default(),
        }
    }

    /// Reads ahead until a JSON item is recognised, and some rows more. A file without such an item is not in a known
    /// format. Rows that were read ahead are returned later in any case.
    fn recognise(&mut self, options: &Options) -> Result<(), FileError> {
        if options.format.is_some() {
            return Ok(());
        }
        let mut source_errors = false;
        while !self.ended {
            let most = if self.format().is_none() { LOOK_AHEAD } else { ROWS_AHEAD };
            if self.ahead.len() >= most {
                break;
            }
            match self.pull() {
                Ok(Some(draft)) => {
                    source_errors |= draft.outcome.as_ref().is_err_and(|error| error.code == "source_error");
                    self.ahead.push_back(draft);
                }
                Ok(None) => {}
                Err(failure) => self.failure = Some(failure),
            }
        }
        // A file in which the source tells only of errors is read to tell each of them.
        if self.format().is_some() || source_errors {
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

    /// Takes the next row from the source.
    fn pull(&mut self) -> Result<Option<Draft>, FileError> {
        let pulled = self.source.next();
        match &pulled {
            Ok(Some(draft)) => match draft.outcome.as_ref().map(|harvest| &harvest.id) {
                Ok(IdOrigin::Column) => self.ids += 1,
                Ok(IdOrigin::OfDataFrame(id, _)) => {
                    (self.ids, self.framed) = (self.ids + 1, self.framed + 1);
                    if self.framed == 1 {
                        self.only_framed = Some(id.clone());
                    } else if self.only_framed.as_ref().is_some_and(|only| only != id) {
                        self.only_framed = None;
                    }
                }
                Ok(IdOrigin::Suspect(_)) => (self.ids, self.suspects) = (self.ids + 1, self.suspects + 1),
                Ok(IdOrigin::Address) | Err(_) => {}
            },
            Ok(None) | Err(_) => self.ended = true,
        }
        pulled
    }

    fn deliver(&mut self, draft: Draft) -> Row {
        let mut left_out = Vec::new();
        let creator_id = draft.outcome.as_ref().ok().and_then(|harvest| harvest.creator_id);
        let is_chance = self.suspects == 1 && self.ids >= IDS_BESIDE_ONE;
        let are_rounded = self.suspects * IDS_FOR_ONE_ROUNDED > self.ids && !is_chance;
        let are_framed = self.only_framed.is_none() && self.framed * IDS_FOR_ONE_OF_DATA_FRAME > self.ids;
        let exact = draft.outcome.and_then(|mut harvest| match std::mem::take(&mut harvest.id) {
            IdOrigin::Suspect(error) if are_rounded => Err(error),
            IdOrigin::OfDataFrame(_, error) if are_framed => Err(error),
            _ => Ok(harvest),
        });
        let outcome = exact.map(|mut harvest| {
            left_out = harvest.left_out;
            self.summary.counters_without_instant += harvest.counters_without_instant;
            harvest.facts.retain(|fact| match fact {
                Fact::Profile(profile) => is_news(&mut self.profiles, profile),
                _ => true,
            });
            harvest.facts
        });
        self.summary.add(outcome.as_deref());
        self.summary.totals = self.source.totals();
        Row { item: draft.item, line: draft.line, outcome, creator_id, left_out }
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
        match self.pull() {
            Ok(Some(draft)) => Some(Ok(self.deliver(draft))),
            Ok(None) => {
                self.summary.totals = self.source.totals();
                None
            }
            Err(failure) => Some(Err(failure)),
        }
    }
}

/// The profiles of a file so far.
#[derive(Default)]
struct Profiles {
    /// A hash of the last profile of each creator; the profiles themselves would take much memory.
    handles: HashMap<Handle, u64>,
    /// The last handle of each account.
    accounts: HashMap<AccountId, Handle>,
}

/// Returns whether a profile differs from the last one of this creator, or if its account had another handle in the last
/// profile: files repeat it in every row.
fn is_news(known: &mut Profiles, profile: &ProfileFact) -> bool {
    let Profiles { handles: known, accounts } = known;
    let mut is_switch = false;
    for id in &profile.accounts {
        if let Some(handle) = accounts.get_mut(id) {
            is_switch |= std::mem::replace(handle, profile.handle.clone()) != profile.handle;
        } else if accounts.len() < MAX_HANDLES {
            accounts.insert(id.clone(), profile.handle.clone());
        }
    }
    let mut hasher = DefaultHasher::new();
    (&profile.display_name, &profile.avatar_url, &profile.accounts).hash(&mut hasher);
    let said = hasher.finish();
    if let Some(last) = known.get_mut(&profile.handle) {
        return std::mem::replace(last, said) != said || is_switch;
    }
    if known.len() < MAX_HANDLES {
        known.insert(profile.handle.clone(), said);
    }
    true
}

/// Where the rows come from.
enum Source<'a> {
    Table(Box<Table<'a>>),
    /// A part of the file as a table, and the names of the rest: a sheet and the other sheets; the fields of JSON items that
    /// are columns, and those that are not.
    Part(Box<Table<'a>>, Others),
    Items(Box<Items<'a>>),
}

impl<'a> Source<'a> {
    fn open(reader: impl Read + 'a, options: &Options) -> Result<Source<'a>, FileError> {
        let mut input = Input::open(reader, options.most_unpacked, options.encoding)?;
        let may_be_table = options.format.is_none_or(|format| format == Format::Csv);
        let beginning = input.beginning()?;
        if beginning.starts_with(&ZIP) && may_be_table {
            let (sheet, others) = workbook::text(&mut input, options)?;
            let input = Input::open(Cursor::new(sheet), None, None)?;
            let others = others.iter().map(|name| format!("sheet “{name}”")).collect();
            return Ok(Source::Part(Box::new(Table::open(input, options)?), Others::new(RefCell::new(others))));
        }
        let first = first_sign(beginning)?;
        let is_json = match options.format {
            None => matches!(first, b'{' | b'['),
            Some(format) => format != Format::Csv,
        };
        let columns = if is_json && may_be_table { rows::columns(input.beginning()?, options) } else { None };
        if let Some(columns) = columns {
            let others = Others::default();
            let rows = ItemRows::open(input, &columns, Rc::clone(&others))?;
            Ok(Source::Part(Box::new(Table::of_rows(rows, &columns, options)?), others))
        } else if is_json {
            Ok(Source::Items(Box::new(Items::open(input, options)?)))
        } else {
            Ok(Source::Table(Box::new(Table::open(input, options)?)))
        }
    }

    fn format(&self) -> Option<Format> {
        match self {
            Source::Table(_) | Source::Part(..) => Some(Format::Csv),
            Source::Items(items) => items.format(),
        }
    }

    fn totals(&self) -> u64 {
        match self {
            Source::Table(table) | Source::Part(table, _) => table.totals(),
            Source::Items(_) => 0,
        }
    }

    fn next(&mut self) -> Result<Option<Draft>, FileError> {
        match self {
            Source::Table(table) | Source::Part(table, _) => table.next(),
            Source::Items(items) => items.next(),
        }
    }
}

/// Returns the first byte that is not white space, if the file is text that may contain data.
pub(crate) fn first_sign(beginning: &[u8]) -> Result<u8, FileError> {
    if beginning.starts_with(&ZIP) {
        return Err(FileError::NotText("This is a workbook or a zip archive; a text was expected here.".to_owned()));
    }
    if beginning.starts_with(&OLDER_WORKBOOK) {
        return Err(FileError::older_workbook());
    }
    let Some(first) = beginning.iter().copied().find(|byte| !byte.is_ascii_whitespace()) else {
        return Err(FileError::Empty);
    };
    if beginning.contains(&0) {
        return Err(FileError::NotText("This file is not text, but a picture, a program or the like.".to_owned()));
    }
    if first == b'<' {
        return Err(FileError::Html);
    }
    Ok(first)
}
