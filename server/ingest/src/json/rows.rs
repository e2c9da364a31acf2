//! Items in no known format, as the rows of a table: their fields are its columns. Tools for databases and automation write
//! such lists.
//!
//! The table reads them as text, like any other: one line for each item, in the line in which the item begins if it is free.

use super::node::Node;
use super::recognise::format_of;
use super::scan::{Event, Scanner};
use super::source_error;
use crate::error::FileError;
use crate::input::Input;
use crate::options::Options;
use crate::row_error::RowError;
use crate::synonyms::field_of;
use crate::{MOST_COLUMNS, MOST_UNUSED};
use compliance::cell::POINT_MARK;
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

/// How many fields are recognised at least in the items of a longer file, in which items of a known format may follow.
const FIELDS: usize = 2;
/// How many levels of objects become columns.
const DEPTH: usize = 4;
/// The fields whose object is the item, in lists in which each item is a record of a database or of a workflow.
const RECORDS: [&str; 2] = ["fields", "json"];

/// What is found beside the rows.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// The items that are no rows, with their lines.
    pub bad: Vec<(u64, RowError)>,
    /// The fields that are no columns, because they first occur late in the file.
    pub later: Vec<String>,
}

/// Returns the columns of a stream that begins with these bytes, if its items are in no known format and can be read as
/// the rows of a table.
pub(crate) fn columns(beginning: &[u8], is_whole: bool, options: &Options) -> Option<Vec<String>> {
    let input = Input::open(Cursor::new(beginning), None, None).ok()?;
    let mut scanner = Scanner::open(input).ok()?;
    let (mut columns, mut known, mut items, mut widest, mut is_list) = (Vec::new(), HashSet::new(), 0_usize, 0, false);
    // The last item may be cut off.
    while let Ok(Some(event)) = scanner.next() {
        let Event::Item { bytes, .. } = event else { continue };
        let Ok(node) = Node::parse(&bytes) else { continue };
        if node.is_empty_object() {
            continue;
        }
        if format_of(&node).is_some() || source_error::of(&node).is_some() {
            return None;
        }
        (items, is_list) = (items + 1, is_list || scanner.is_in_list());
        let cells = cells(&node);
        widest = cells.len().max(widest);
        for (name, _) in cells {
            if columns.len() < MOST_COLUMNS && known.insert(name.clone()) {
                columns.push(name);
            }
        }
    }
    let is_mapped = |name: &String| options.mapping.iter().any(|(column, _)| column == name);
    let recognised = columns.iter().filter(|name| field_of(name).is_some() || is_mapped(name)).count();
    let is_table = widest >= 2 && (is_list || items >= 2);
    (recognised >= FIELDS || is_whole && is_table).then_some(columns)
}

/// The items of a stream as the text of a table without a header.
pub(crate) struct Rows<'a> {
    scanner: Scanner<'a>,
    columns: Vec<String>,
    /// The text that was not read yet, from `start` on.
    text: Vec<u8>,
    start: usize,
    /// The line of the text that is written next.
    line: u64,
    beside: Rc<RefCell<Beside>>,
}

impl<'a> Rows<'a> {
    pub fn open(input: Input<'a>, columns: Vec<String>, beside: Rc<RefCell<Beside>>) -> Result<Rows<'a>, FileError> {
        Ok(Rows { scanner: Scanner::open(input)?, columns, text: Vec::new(), start: 0, line: 1, beside })
    }

    /// Writes the row of the next item. Returns whether there is one.
    fn advance(&mut self) -> Result<bool, FileError> {
        self.text.clear();
        self.start = 0;
        loop {
            match self.scanner.next()? {
                None => return Ok(false),
                Some(Event::EnvelopeEnd { .. }) => {}
                Some(Event::Bad { line, error }) => self.beside.borrow_mut().bad.push((line, error)),
                Some(Event::Item { line, bytes, .. }) => match Node::parse(&bytes) {
                    Ok(node) if node.is_empty_object() => {}
                    Ok(node) => {
                        self.write(line, &node);
                        return Ok(true);
                    }
                    Err(error) => {
                        let error = RowError::of_row("malformed_json", super::invalid(&error));
                        self.beside.borrow_mut().bad.push((line, error));
                    }
                },
            }
        }
    }

    fn write(&mut self, line: u64, item: &Node) {
        while self.line < line {
            self.text.push(b'\n');
            self.line += 1;
        }
        let mut row = vec![String::new(); self.columns.len()];
        for (name, value) in cells(item) {
            if let Some(column) = self.columns.iter().position(|column| *column == name) {
                row[column] = value;
            } else {
                let later = &mut self.beside.borrow_mut().later;
                if later.len() < MOST_UNUSED && !later.contains(&name) {
                    later.push(name);
                }
            }
        }
        for (place, value) in row.iter().enumerate() {
            if place > 0 {
                self.text.push(b',');
            }
            self.text.push(b'"');
            for byte in value.bytes() {
                match byte {
                    b'\r' | b'\n' | 0 => self.text.push(b' '),
                    b'"' => self.text.extend_from_slice(b"\"\""),
                    byte => self.text.push(byte),
                }
            }
            self.text.push(b'"');
        }
        self.text.push(b'\n');
        self.line += 1;
    }
}

impl Read for Rows<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.start == self.text.len() && !self.advance().map_err(io::Error::other)? {
            return Ok(0);
        }
        let count = (self.text.len() - self.start).min(target.len());
        target[..count].copy_from_slice(&self.text[self.start..self.start + count]);
        self.start += count;
        Ok(count)
    }
}

/// Returns the single values of an item with the names of their columns, such as `author.name`.
fn cells(item: &Node) -> Vec<(String, String)> {
    let record = RECORDS.into_iter().filter_map(|key| item.get(key)).find(|node| matches!(node, Node::Object(_)));
    let mut cells = Vec::new();
    add_cells(record.unwrap_or(item), "", 1, &mut cells);
    cells
}

fn add_cells(object: &Node, prefix: &str, depth: usize, cells: &mut Vec<(String, String)>) {
    for (name, value) in object.fields() {
        let path = || format!("{prefix}{name}");
        match value {
            Node::Object(_) if depth < DEPTH => add_cells(value, &format!("{}.", path()), depth + 1, cells),
            Node::Object(_) | Node::List => {}
            Node::Null => cells.push((path(), String::new())),
            Node::Bool(is_true) => cells.push((path(), is_true.to_string())),
            Node::Text(text) => cells.push((path(), text.clone())),
            // A fraction of JSON has a decimal point.
            Node::Number(number) if number.is_f64() => cells.push((path(), format!("{number}{POINT_MARK}"))),
            Node::Number(number) => cells.push((path(), number.to_string())),
        }
    }
}
