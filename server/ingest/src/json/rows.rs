//! Items in no known format, as the rows of a table: their fields are its columns. Tools for databases and automation write
//! such lists.

use super::display_api::error_of;
use super::node::{Node, invalid};
use super::recognise::format_of;
use super::scan::{Event, Scanner};
use super::source_error;
use crate::csv::{Cells, Fetched, Rows};
use crate::error::FileError;
use crate::field::normalised;
use crate::input::Input;
use crate::options::Options;
use crate::row_error::RowError;
use crate::synonyms::field_of;
use crate::{MOST_COLUMNS, MOST_UNUSED};
use compliance::cell::POINT_MARK;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::io::Cursor;
use std::rc::Rc;

/// How many fields are recognised at least in a single object, which is hardly ever a row.
const FIELDS: usize = 2;
/// How many levels of objects become columns.
const DEPTH: usize = 4;
/// The fields whose object is the item, in the records of a database or of a workflow.
const RECORDS: [&str; 2] = ["fields", "json"];
/// What stands beside it there, which says nothing about a post or a creator.
const BESIDE_RECORDS: [&str; 7] = ["id", "_id", "createdTime", "createdAt", "updatedAt", "pairedItem", "binary"];
/// The most bytes of rows that are read ahead.
const MOST_AHEAD: usize = 1024 * 1024;

/// The names of fields that are no columns, in order: those that first occur late in the file, and lists.
pub(crate) type Others = Rc<RefCell<Vec<String>>>;

/// Returns the columns of a stream that begins with these bytes, if its items are in no known format and can be read as
/// the rows of a table.
pub(crate) fn columns(beginning: &[u8], options: &Options) -> Option<Vec<String>> {
    let input = Input::open(Cursor::new(beginning), None, None).ok()?;
    let mut scanner = Scanner::open(input).ok()?;
    let (mut columns, mut known) = (Vec::new(), HashSet::new());
    let (mut items, mut widest, mut is_list) = (0_usize, 0, false);
    // The last item may be cut off.
    while let Ok(Some(event)) = scanner.next() {
        let Event::Item { bytes, .. } = event else { continue };
        let Ok(node) = Node::parse(&bytes) else { continue };
        if format_of(&node).is_some() {
            return None;
        }
        let cells = cells(&node);
        // An item that tells of an error in place of data is no row, but stands among them.
        if source_error::of_row(&node).is_none() {
            items += usize::from(!cells.is_empty());
            widest = cells.iter().filter(|(_, value)| value.is_some()).count().max(widest);
            is_list |= scanner.is_in_list();
        }
        for (name, _) in cells.into_iter().filter(|(_, value)| value.is_some()) {
            if columns.len() < MOST_COLUMNS && known.insert(name.clone()) {
                columns.push(name);
            }
        }
    }
    let is_mapped = |name: &str| options.mapping.iter().any(|(column, _)| normalised(column) == normalised(name));
    let recognised = columns.iter().filter(|name| field_of(name).is_some() || is_mapped(name)).count();
    // One that a person maps may first occur later.
    let mapped = options.mapping.iter().map(|(column, _)| column.clone());
    columns.extend(mapped.filter(|column| known.insert(column.clone())));
    let is_table = widest >= 2 && (is_list || items >= 2 || recognised >= FIELDS);
    is_table.then_some(columns)
}

/// The row of an item, or why it is none, with the line in which the item begins.
type ItemRow = (u64, Result<Cells, RowError>);

/// The items of a stream as rows.
pub(crate) struct ItemRows<'a> {
    scanner: Scanner<'a>,
    /// The place of each column.
    columns: HashMap<String, usize>,
    /// The rows that were read ahead, with their lines.
    ahead: VecDeque<ItemRow>,
    /// An error of reading ahead, reported after the rows before it.
    failure: Option<FileError>,
    cells: Cells,
    line: u64,
    others: Others,
}

impl<'a> ItemRows<'a> {
    pub fn open(input: Input<'a>, columns: &[String], others: Others) -> Result<ItemRows<'a>, FileError> {
        Ok(ItemRows {
            scanner: Scanner::open(input)?,
            columns: columns.iter().cloned().zip(0..).collect(),
            ahead: VecDeque::new(),
            failure: None,
            cells: Cells::default(),
            line: 1,
            others,
        })
    }

    /// Reads the next row; `None` at the end.
    fn read(&mut self) -> Result<Option<ItemRow>, FileError> {
        loop {
            match self.scanner.next()? {
                None => return Ok(None),
                Some(Event::Bad { line, error }) => return Ok(Some((line, Err(error)))),
                Some(Event::EnvelopeEnd { line, bytes, .. }) => {
                    if let Some(error) = self.envelope(&bytes) {
                        return Ok(Some((line, Err(error))));
                    }
                }
                Some(Event::Item { line, bytes, .. }) => match Node::parse(&bytes) {
                    Ok(node) if node.is_empty_object() => {}
                    Ok(node) => return Ok(Some((line, self.row(&node)))),
                    Err(error) => {
                        return Ok(Some((line, Err(RowError::of_row("malformed_json", invalid(&error))))));
                    }
                },
            }
        }
    }

    /// Notes what stands beside a list of items and could be about them; returns the error that an answer tells.
    fn envelope(&mut self, bytes: &[u8]) -> Option<RowError> {
        let node = Node::parse(bytes).ok()?;
        let known = |name: &String| field_of(name).is_some();
        cells(&node).into_iter().map(|(name, _)| name).filter(known).for_each(|name| self.note(name));
        error_of(&node)
    }

    fn row(&self, item: &Node) -> Result<Cells, RowError> {
        let unknown = |reason: &str| RowError::of_row("unrecognised_item", reason);
        if format_of(item).is_some() {
            return Err(unknown("The item is in another format than the first ones. Import it in a file of its own."));
        }
        let mut row = vec![String::new(); self.columns.len()];
        let mut is_empty = true;
        for (name, value) in cells(item) {
            match (self.columns.get(&name), value) {
                (Some(column), Some(value)) => {
                    is_empty &= value.trim().is_empty();
                    row[*column] = value;
                }
                _ => self.note(name),
            }
        }
        if is_empty {
            return Err(unknown("The item has none of the fields of the first ones."));
        }
        Ok(Cells::of(&row))
    }

    fn note(&self, name: String) {
        let mut others = self.others.borrow_mut();
        if others.len() < MOST_UNUSED && !others.contains(&name) {
            others.push(name);
        }
    }
}

impl Rows for ItemRows<'_> {
    fn next(&mut self) -> Result<Option<Fetched>, FileError> {
        let next = match self.ahead.pop_front() {
            Some(next) => Some(next),
            None => self.failure.take().map_or_else(|| self.read(), Err)?,
        };
        let Some((line, row)) = next else { return Ok(None) };
        self.line = line;
        Ok(Some(match row {
            Ok(cells) => {
                self.cells = cells;
                Fetched::Cells
            }
            Err(error) => Fetched::Bad(error),
        }))
    }

    fn peek_rows(&mut self, count: usize) -> Vec<Vec<String>> {
        let bytes = |(_, row): &ItemRow| row.as_ref().map_or(0, Cells::bytes);
        let mut ahead: usize = self.ahead.iter().map(bytes).sum();
        while self.ahead.len() < count && ahead < MOST_AHEAD && self.failure.is_none() {
            match self.read() {
                Ok(Some(row)) => {
                    ahead += bytes(&row);
                    self.ahead.push_back(row);
                }
                Ok(None) => break,
                Err(failure) => self.failure = Some(failure),
            }
        }
        let rows = self.ahead.iter().filter_map(|(_, row)| row.as_ref().ok()?.texts());
        rows.take(count).collect()
    }

    fn cells(&self) -> &Cells {
        &self.cells
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn may_end_with_sums(&self) -> bool {
        false
    }
}

/// Returns the single values of an item with the names of their columns, such as `author.name`; `None` for a list.
fn cells(item: &Node) -> Vec<(String, Option<String>)> {
    let record = RECORDS.into_iter().find_map(|key| {
        let is_beside = |name: &str| name == key || BESIDE_RECORDS.contains(&name);
        let inner = item.get(key).filter(|node| matches!(node, Node::Object(_)))?;
        item.names().all(is_beside).then_some(inner)
    });
    let mut cells = Vec::new();
    add_cells(record.unwrap_or(item), "", 1, &mut cells);
    cells
}

fn add_cells(object: &Node, prefix: &str, depth: usize, cells: &mut Vec<(String, Option<String>)>) {
    for (name, value) in object.fields() {
        let path = format!("{prefix}{name}");
        let value = match value {
            Node::Object(_) if depth < DEPTH => {
                add_cells(value, &format!("{path}."), depth + 1, cells);
                continue;
            }
            Node::Object(_) | Node::List => None,
            // No field is true or false.
            Node::Null | Node::Bool(_) => Some(String::new()),
            Node::Text(text) => Some(text.clone()),
            // A fraction of JSON has a decimal point.
            Node::Number(number) if number.is_f64() => Some(format!("{number}{POINT_MARK}")),
            Node::Number(number) => Some(number.to_string()),
        };
        cells.push((path, value));
    }
}
