//! Tables, with one observation per row. Comma, semicolon and tab are recognised; quoted cells may contain line breaks.

mod columns;
mod records;

use crate::MOST_COLUMNS;
use crate::count;
use crate::error::FileError;
use crate::excerpt::excerpt;
use crate::field::Field;
use crate::input::Input;
use crate::moment::{self, Unzoned};
use crate::observation::Observation;
use crate::options::Options;
use crate::preview::Preview;
use crate::row::Draft;
use crate::row_error::{Fault, RowError};
use crate::text;
use columns::Columns;
use compliance::calendar::Zone;
use compliance::fact::{Counters, Handle, PostKind};
use compliance::instant::Instant;
use records::{Cells, Fetched, Records};

/// The number of rows in a preview.
const PREVIEW_ROWS: usize = 5;
/// The longest cell in a preview, in characters.
const PREVIEW_CELL: usize = 120;

/// A table being read.
pub(crate) struct Table<'a> {
    records: Records<'a>,
    columns: Columns,
    options: Options,
    item: u64,
    preview: Preview,
}

impl<'a> Table<'a> {
    /// Reads the header and assigns the columns; the first rows are read ahead for the preview and returned later.
    pub fn open(mut input: Input<'a>, options: &Options) -> Result<Table<'a>, FileError> {
        let delimiter = delimiter_of(input.beginning()?);
        let mut records = Records::new(input, delimiter);
        let headers = match records.next()? {
            None => return Err(FileError::Empty),
            Some(Fetched::Bad(error)) => return Err(FileError::Unrecognised { reason: error.reason }),
            Some(Fetched::Cells) if records.cells().len() > MOST_COLUMNS => {
                return Err(FileError::TooManyColumns { columns: records.cells().len() });
            }
            Some(Fetched::Cells) => records.cells().texts().ok_or(FileError::WrongEncoding)?,
        };
        // Long names are cut here already, so that a mapping refers to a column by the name that was shown.
        let headers: Vec<String> =
            headers.iter().map(|header| header.trim().chars().take(PREVIEW_CELL).collect()).collect();
        let rows = records.peek_rows(PREVIEW_ROWS);
        let columns = Columns::find(&headers, options);
        let problem = columns.problem(options);
        let preview = columns.preview(&rows, PREVIEW_CELL, problem);
        if preview.problem.is_none() {
            Ok(Table { records, columns, options: options.clone(), item: 0, preview })
        } else if headers.len() < 2 && preview.columns.iter().all(|column| column.field.is_none()) {
            Err(FileError::Unrecognised {
                reason: format!(
                    "This is neither JSON nor a table with columns: it begins with “{}”.",
                    excerpt(headers.first().map_or("", String::as_str))
                ),
            })
        } else {
            Err(FileError::UnknownColumns(Box::new(preview)))
        }
    }

    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// Returns the next row that is not blank.
    pub fn next(&mut self) -> Result<Option<Draft>, FileError> {
        let Some(fetched) = self.records.next()? else { return Ok(None) };
        self.item += 1;
        let outcome = match fetched {
            Fetched::Bad(error) => Err(error),
            Fetched::Cells => {
                let row = CellsOfRow { columns: &self.columns, cells: self.records.cells(), zone: self.options.zone };
                row.observe().and_then(|mut observation| {
                    observation.complete(&self.options, self.columns.has(Field::CapturedAt));
                    observation.facts(|field| self.columns.name_of(field))
                })
            }
        };
        Ok(Some(Draft { item: self.item, line: self.records.line(), outcome }))
    }
}

/// Returns the delimiter that occurs most often in the first line, outside quotes.
fn delimiter_of(beginning: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let start = beginning.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    for byte in &beginning[start..] {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if quoted => {}
            byte => counts.iter_mut().filter(|(delimiter, _)| delimiter == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // The comma wins a tie, because it comes first in the list.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// One row and the fields of its columns.
struct CellsOfRow<'t> {
    columns: &'t Columns,
    cells: &'t Cells,
    zone: Zone,
}

impl CellsOfRow<'_> {
    fn observe(&self) -> Result<Observation, RowError> {
        let not_text = || RowError::of_row("not_utf8", "The row is not UTF-8 text. Save the file as “CSV UTF-8”.");
        let row = self.cells.text().ok_or_else(not_text)?;
        self.check_width(row)?;
        let mut seen = Observation {
            post_id: self.read(row, Field::PostId, text::post_id)?,
            creator: self.read(row, Field::Creator, handle)?,
            creator_name: self.value(row, Field::CreatorName).and_then(text::name),
            avatar_url: self.read(row, Field::AvatarUrl, text::address)?.flatten(),
            published_at: self.instant(row, Field::PublishedAt)?,
            captured_at: self.instant(row, Field::CapturedAt)?,
            counters: Counters {
                views: self.count(row, Field::Views)?,
                likes: self.count(row, Field::Likes)?,
                comments: self.count(row, Field::Comments)?,
                shares: self.count(row, Field::Shares)?,
                saves: self.count(row, Field::Saves)?,
            },
            followers: self.count(row, Field::Followers)?,
            description: self.value(row, Field::Description).and_then(|text| text::clean(text, text::MAX_DESCRIPTION)),
            url: self.read(row, Field::Url, text::address)?.flatten(),
            kind: self.read(row, Field::Kind, kind)?,
            dates_posts: false,
        };
        seen.read_link();
        // Among rows of posts, a plain `date` column in a row of followers is the day of the reading.
        if seen.post_id.is_none() && seen.captured_at.is_none() && self.columns.plain_date == Some(Field::PublishedAt) {
            seen.captured_at = seen.published_at.take();
        }
        seen.dates_posts = self.columns.has(Field::PublishedAt) && seen.post_id.is_some();
        Ok(seen)
    }

    /// Refuses rows that are too short or too long: their values may be in the wrong columns. Empty cells at the end
    /// are accepted.
    fn check_width(&self, row: &str) -> Result<(), RowError> {
        let (width, expected) = (self.cells.len(), self.columns.width());
        let surplus_is_empty = (expected..width).all(|index| self.cells.cell(row, index).is_none_or(str::is_empty));
        if width < expected || !surplus_is_empty {
            let reason = format!("The row has {width} cells, the header has {expected}.");
            return Err(RowError::of_row("wrong_width", reason));
        }
        Ok(())
    }

    fn value<'r>(&self, row: &'r str, field: Field) -> Option<&'r str> {
        let value = self.cells.cell(row, self.columns.index(field)?)?.trim();
        (!value.is_empty() && !value.eq_ignore_ascii_case("null")).then_some(value)
    }

    fn read<T>(
        &self,
        row: &str,
        field: Field,
        parse: impl Fn(&str) -> Result<T, Fault>,
    ) -> Result<Option<T>, RowError> {
        let value = self.value(row, field);
        value.map(parse).transpose().map_err(|fault| fault.at(self.columns.name_of(field)))
    }

    fn count(&self, row: &str, field: Field) -> Result<Option<i64>, RowError> {
        Ok(self.read(row, field, count::parse)?.flatten())
    }

    fn instant(&self, row: &str, field: Field) -> Result<Option<Instant>, RowError> {
        let zone = if self.columns.is_utc(field) { Zone::UTC } else { self.zone };
        self.read(row, field, |value| moment::parse(value, Unzoned::In(zone)))
    }
}

fn handle(value: &str) -> Result<Handle, Fault> {
    // People paste the address of a profile as a handle.
    crate::link::parse(value).handle.map_or_else(
        || {
            let reason = || format!("“{}” is not a TikTok handle.", excerpt(value));
            Handle::parse(value).map_err(|_| Fault::new("invalid_handle", reason()))
        },
        Ok,
    )
}

fn kind(value: &str) -> Result<PostKind, Fault> {
    match crate::field::normalised(value).as_str() {
        "video" => Ok(PostKind::Video),
        "photocarousel" | "photo" | "photos" | "carousel" | "slideshow" | "image" | "images" => {
            Ok(PostKind::PhotoCarousel)
        }
        _ => Err(Fault::new("invalid_kind", format!("“{}” is neither video nor photo_carousel.", excerpt(value)))),
    }
}
