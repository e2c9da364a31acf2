//! Tables, with one observation per row. Comma, semicolon, tab and bar are recognised; quoted cells may contain line
//! breaks.

mod columns;
mod formats;
mod layout;
mod proposals;
mod records;
mod row_cells;

use crate::error::FileError;
use crate::excerpt::excerpt;
use crate::field::Field;
use crate::input::Input;
use crate::observation::Observation;
use crate::options::Options;
use crate::preview::{Preview, RawRow};
use crate::row::Draft;
use crate::row_error::{Fault, RowError};
use crate::{MOST_COLUMNS, MOST_UNUSED};

use columns::Columns;
use compliance::Instant;
use compliance::cell::{POINT_MARK, cleaned, is_no_value};
use compliance::fact::Fact;
pub(crate) use formats::Formats;
use formats::Reading;
pub(crate) use layout::fields_named;
use records::Records;
pub(crate) use records::{Cells, Fetched, Rows};
use row_cells::{RowCells, Sums};
use std::collections::HashMap;

/// The number of rows in a preview.
const PREVIEW_ROWS: usize = 5;
/// The number of rows that are examined to see how dates and numbers are written.
const ROWS_AHEAD: usize = 500;
/// The most posts whose dates are remembered.
const MOST_DATED: usize = 100_000;
/// The longest cell in a preview, in characters.
const PREVIEW_CELL: usize = 120;

/// A table being read.
pub(crate) struct Table<'a> {
    records: Box<dyn Rows + 'a>,
    columns: Columns,
    /// Whether the columns are named by a row of the table.
    has_header: bool,
    options: Options,
    reading: Reading,
    /// How the rows read so far are written, if that was asked for.
    formats: Option<Formats>,
    item: u64,
    totals: u64,
    preview: Preview,
    /// The columns without a field, and whether they have a value.
    unused: Vec<(usize, bool)>,
    /// The cells of the first rows, if that was asked for.
    first: Vec<RawRow>,
    /// The date of each post, if a column named just `date` was taken for that of the publication.
    dated: HashMap<String, Instant>,
}

impl<'a> Table<'a> {
    /// Reads the header and assigns the columns.
    pub fn open(mut input: Input<'a>, options: &Options) -> Result<Table<'a>, FileError> {
        let is_end = input.is_all_at_hand()?;
        let layout = layout::find(input.beginning()?, is_end, options);
        let mut records = Records::new(input, layout.delimiter);
        for _ in 0..layout.above {
            records.next()?;
        }
        let headers = if layout.lists_handles { vec![Field::Creator.name().to_owned()] } else { header(&mut records)? };
        Table::with(Box::new(records), &headers, layout.lists_handles, options)
    }

    /// Reads rows whose columns are known.
    pub fn of_rows(rows: impl Rows + 'a, columns: &[String], options: &Options) -> Result<Table<'a>, FileError> {
        let names = columns.iter().map(|name| column_name(name)).collect::<Vec<_>>();
        Table::with(Box::new(rows), &names, false, options)
    }

    /// Assigns the columns; the first rows are read ahead for the preview and returned later.
    fn with(
        mut records: Box<dyn Rows + 'a>,
        headers: &[String],
        lists_handles: bool,
        options: &Options,
    ) -> Result<Table<'a>, FileError> {
        let rows = records.peek_rows(ROWS_AHEAD);
        let columns = Columns::find(headers, &rows, lists_handles, options);
        let problem = columns.problem(options);
        let preview = columns.preview(&rows[..rows.len().min(PREVIEW_ROWS)], PREVIEW_CELL, problem);
        if preview.problem.is_none() {
            let mut formats = Formats::default();
            for row in &rows {
                formats.add(&columns, |index| row.get(index).map(String::as_str));
            }
            let reading = Reading::of(options, &formats);
            let formats = options.survey.then_some(formats);
            let unused = columns.without_field().map(|column| (column, false)).collect();
            let options = options.clone();
            Ok(Table {
                records,
                columns,
                has_header: !lists_handles,
                options,
                reading,
                formats,
                item: 0,
                totals: 0,
                preview,
                unused,
                first: Vec::new(),
                dated: HashMap::new(),
            })
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

    /// Returns the headers of the columns that have values and no field.
    pub fn unused(&self) -> Vec<String> {
        let with_value = self.unused.iter().filter(|(_, has_value)| *has_value);
        with_value.take(MOST_UNUSED).map(|(column, _)| self.columns.shown(*column)).collect()
    }

    /// Looks for values in columns without a field.
    fn note_unused(&mut self) {
        let Some(row) = self.records.cells().text() else { return };
        for (column, has_value) in self.unused.iter_mut().filter(|(_, has_value)| !has_value) {
            *has_value = self.records.cells().cell(row, *column).is_some_and(|cell| !is_no_value(&cleaned(cell)));
        }
    }

    /// Adds how the present row is written, if that was asked for.
    fn note_formats(&mut self) {
        let Some(formats) = &mut self.formats else { return };
        let cells = self.records.cells();
        match cells.text() {
            Some(row) => formats.add(&self.columns, |index| cells.cell(row, index)),
            None => formats.not_utf8 = true,
        }
    }

    /// Reads on to the end, or to where the file breaks off, only to see how the rows are written.
    pub fn skim(&mut self) {
        while let Ok(Some(fetched)) = self.records.next() {
            if matches!(fetched, Fetched::Cells) {
                self.note_formats();
            }
        }
    }

    /// Returns the number of rows of sums that were passed over.
    pub fn totals(&self) -> u64 {
        self.totals
    }

    /// Returns the next row that is neither blank nor a row of sums.
    pub fn next(&mut self) -> Result<Option<Draft>, FileError> {
        loop {
            let Some(fetched) = self.records.next()? else { return Ok(None) };
            let line = self.records.line();
            let outcome = match fetched {
                Fetched::Bad(error) => Err(error),
                Fetched::Cells => {
                    self.note_unused();
                    self.note_formats();
                    let row = RowCells {
                        columns: &self.columns,
                        cells: self.records.cells(),
                        reading: &self.reading,
                        is_whole: self.records.is_whole(),
                    };
                    if self.has_header && row.repeats_header() {
                        continue;
                    }
                    let may_end_with_sums = self.records.may_end_with_sums();
                    let sums = row.sums();
                    let outcome = row.observe().and_then(|mut seen| {
                        check_date(&mut self.dated, &self.columns, &seen)?;
                        seen.complete(&self.options, self.columns.has(Field::CapturedAt));
                        seen.facts(|field| self.columns.name_of(field))
                    });
                    let is_profile = |fact: &Fact| matches!(fact, Fact::Profile(_));
                    let has_data = outcome.as_ref().is_ok_and(|harvest| !harvest.facts.iter().all(is_profile));
                    let told = if has_data { None } else { row.source_error() };
                    // Before rows are read ahead.
                    let raw = (self.formats.is_some() && self.first.len() < PREVIEW_ROWS).then(|| self.raw(line));
                    let is_sums = told.is_none()
                        && match sums {
                            Sums::Labelled => true,
                            // A row of numbers alone is one of sums only below everything else.
                            Sums::Unlabelled => may_end_with_sums && outcome.is_err() && self.records.is_at_end(),
                            Sums::No => false,
                        };
                    if is_sums {
                        self.totals += 1;
                        continue;
                    }
                    self.first.extend(raw);
                    told.map_or(outcome, Err)
                }
            };
            self.item += 1;
            return Ok(Some(Draft { item: self.item, line, outcome }));
        }
    }

    /// Returns the cells of the present row in columns with a field, cut short.
    fn raw(&self, line: u64) -> RawRow {
        let texts = self.records.cells().texts().unwrap_or_default();
        let cells = texts.iter().enumerate().filter_map(|(column, text)| {
            let text = text.trim_end_matches(POINT_MARK).chars().take(PREVIEW_CELL).collect();
            Some((self.columns.field(column)?, text))
        });
        RawRow { line, cells: cells.collect() }
    }

    /// Returns how the rows read so far write their dates and numbers, and the cells of the first, if they were surveyed.
    pub fn into_survey(self) -> (Formats, Vec<RawRow>) {
        (self.formats.unwrap_or_default(), self.first)
    }
}

/// Refuses a row that gives a post another date than a row before: the column is then when numbers were read, which the first
/// rows did not show.
fn check_date(dated: &mut HashMap<String, Instant>, columns: &Columns, seen: &Observation) -> Result<(), RowError> {
    let (Some(Field::PublishedAt), Some(post_id), Some(at)) = (columns.plain_date, &seen.post_id, seen.published_at)
    else {
        return Ok(());
    };
    let column = columns.name_of(Field::PublishedAt);
    match dated.get(post_id) {
        Some(before) if *before != at => {
            let reason = format!(
                "The post has several dates in “{}”, so these are when its numbers were read. Map the column as “Captured at” \
                 on the page, or with `--map {}=captured_at`.",
                excerpt(column),
                excerpt(column)
            );
            Err(Fault::new("several_dates", reason).at(column))
        }
        Some(_) => Ok(()),
        None => {
            if dated.len() < MOST_DATED {
                dated.insert(post_id.clone(), at);
            }
            Ok(())
        }
    }
}

/// Reads the names of the columns.
fn header(records: &mut Records<'_>) -> Result<Vec<String>, FileError> {
    let headers = match records.next()? {
        None => return Err(FileError::Empty),
        Some(Fetched::Bad(error)) => return Err(FileError::Unrecognised { reason: error.reason }),
        Some(Fetched::Cells) if records.cells().len() > MOST_COLUMNS => {
            return Err(FileError::TooManyColumns { columns: records.cells().len() });
        }
        Some(Fetched::Cells) => records.cells().texts().ok_or(FileError::WrongEncoding)?,
    };
    Ok(headers.iter().map(|header| column_name(header)).collect())
}

/// Returns the name of a column. Long names are cut here already, so that a mapping refers to a column by the name that was
/// shown.
fn column_name(header: &str) -> String {
    cleaned(header).chars().take(PREVIEW_CELL).collect()
}
