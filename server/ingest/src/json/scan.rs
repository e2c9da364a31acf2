//! Finds the items in a JSON stream while keeping only one of them in memory.
//!
//! A stream is one document or many: arrays, single objects, one object per line (NDJSON), or envelopes such as
//! `{"data":{"videos":[…]}}` and `{"entries":[…]}`, mixed and nested. An object is read key by key: the lists and
//! objects that known envelopes put around items (see [`frames`](super::frames)) are searched, and everything else is
//! kept. An object in which nothing was searched is an item; otherwise what was kept of it is reported at its end.
//!
//! The scanner only looks at brackets and quotes, and leaves everything else to the parser. So a bad item is one bad
//! row: reading continues after its closing bracket or, in NDJSON, on the next line.
//!
//! It reads every valid document, and is more lenient than JSON around items: commas between them may be missing or
//! repeated, and anything that is not an object is one bad row. What it finds is an item only if the parser reads the same
//! bytes as an object; the parser skips the contents of lists, so texts in them may have invalid escapes.
//!
//! `serde_json` alone could not do this: it stops at the first error, and does not limit the size of one item.

use super::brackets::Brackets;
use super::frames::{Defect, Frame, Object, keep};
use crate::error::FileError;
use crate::input::Input;
use crate::row_error::RowError;
use crate::{MAX_DEPTH, MAX_ITEM_BYTES};
use serde::de::IgnoredAny;

/// What the scanner found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// An item, with the number of envelopes around it.
    Item { line: u64, depth: usize, bytes: Vec<u8> },
    /// The end of an envelope, with its other fields and the number of envelopes around it.
    EnvelopeEnd { line: u64, depth: usize, bytes: Vec<u8> },
    /// Something that is not an item.
    Bad { line: u64, error: RowError },
}

/// Why scanning was interrupted.
pub(super) enum Stop {
    /// The text ended inside a value.
    End,
    /// In NDJSON: the line ended inside an object, and the next one starts a new one.
    NextDocument,
    File(FileError),
}

impl From<FileError> for Stop {
    fn from(error: FileError) -> Stop {
        Stop::File(error)
    }
}

/// Scans the items of a stream.
pub(crate) struct Scanner<'a> {
    pub(super) input: Input<'a>,
    pub(super) frames: Vec<Frame>,
    /// Whether the stream is NDJSON; then a line that begins with `{` always begins an object.
    pub(super) lines: bool,
}

impl<'a> Scanner<'a> {
    pub fn open(mut input: Input<'a>) -> Result<Scanner<'a>, FileError> {
        let lines = has_items_on_lines(input.beginning()?);
        Ok(Scanner { input, frames: Vec::new(), lines })
    }

    /// Returns the number of open envelopes.
    pub fn depth(&self) -> usize {
        self.frames.iter().filter(|frame| matches!(frame, Frame::Object(_))).count()
    }

    /// Returns whether the last item is in a list.
    pub fn is_in_list(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::List))
    }

    pub fn next(&mut self) -> Result<Option<Event>, FileError> {
        loop {
            let step = match self.frames.last() {
                None => match self.skip_space().and_then(|()| Ok(self.input.peek()?)) {
                    Ok(None) => return Ok(None),
                    Ok(Some(first)) => self.value_in_list(first),
                    Err(stop) => Err(stop),
                },
                Some(Frame::List) => self.element(),
                Some(Frame::Object(_)) => self.member(),
            };
            match step {
                Ok(None) => {}
                Ok(Some(event)) => return Ok(Some(event)),
                Err(Stop::File(error)) => return Err(error),
                Err(Stop::NextDocument) => return Ok(Some(self.break_off())),
                Err(Stop::End) => {
                    let in_list = self.frames.iter().any(|frame| match frame {
                        Frame::List => true,
                        Frame::Object(object) => object.walked_into,
                    });
                    if in_list {
                        return Err(FileError::CutOff { line: self.input.line() });
                    }
                    return Ok(Some(self.break_off()));
                }
            }
        }
    }

    /// Drops the open document, whose end is missing.
    fn break_off(&mut self) -> Event {
        let line = self.frames.iter().find_map(|frame| match frame {
            Frame::Object(object) => Some(object.line),
            Frame::List => None,
        });
        self.frames.clear();
        let error = RowError::of_row("malformed_json", "The item is not finished: its closing bracket is missing.");
        Event::Bad { line: line.unwrap_or(self.input.line()), error }
    }

    fn element(&mut self) -> Result<Option<Event>, Stop> {
        self.skip_space()?;
        match self.input.peek()? {
            None => Err(Stop::End),
            Some(b']') => {
                self.input.consume(1);
                self.frames.pop();
                Ok(None)
            }
            Some(first) => self.value_in_list(first),
        }
    }

    /// Scans a value of a list, or a document of the stream.
    fn value_in_list(&mut self, first: u8) -> Result<Option<Event>, Stop> {
        match first {
            b',' => self.input.consume(1),
            b'[' => self.open_list()?,
            b'{' => self.open_object(false)?,
            _ => return self.stray().map(Some),
        }
        Ok(None)
    }

    fn open_list(&mut self) -> Result<(), Stop> {
        self.check_depth()?;
        self.input.consume(1);
        self.frames.push(Frame::List);
        Ok(())
    }

    fn open_object(&mut self, holds_posts: bool) -> Result<(), Stop> {
        self.check_depth()?;
        let kept_around = self.frames.iter().map(|frame| match frame {
            Frame::Object(object) => object.kept.len(),
            Frame::List => 0,
        });
        let allowance = MAX_ITEM_BYTES.saturating_sub(kept_around.sum());
        let line = self.input.line();
        self.input.consume(1);
        self.frames.push(Frame::Object(Object::begin(line, allowance, holds_posts)));
        Ok(())
    }

    fn check_depth(&self) -> Result<(), Stop> {
        if self.frames.len() < MAX_DEPTH { Ok(()) } else { Err(FileError::TooDeep { line: self.input.line() }.into()) }
    }

    /// Scans the next part of an object: a key with its value, a comma, or the end.
    fn member(&mut self) -> Result<Option<Event>, Stop> {
        self.skip_space()?;
        match self.input.peek()?.ok_or(Stop::End)? {
            b'}' => {
                self.input.consume(1);
                return Ok(self.close_object());
            }
            b',' => self.keep_one(b','),
            b'"' => {
                self.key()?;
                if self.input.peek()?.ok_or(Stop::End)? == b':' {
                    self.keep_one(b':');
                    self.skip_space()?;
                    self.value_of_member()?;
                } else {
                    self.spoil(Defect::Malformed);
                    self.nested(Brackets::within_object())?;
                    return Ok(self.close_object());
                }
            }
            _ => {
                self.spoil(Defect::Malformed);
                self.nested(Brackets::within_object())?;
                return Ok(self.close_object());
            }
        }
        Ok(None)
    }

    fn key(&mut self) -> Result<(), Stop> {
        if let Some(object) = self.object() {
            object.key.clear();
            object.in_key = true;
        }
        self.text()?;
        if let Some(object) = self.object() {
            object.in_key = false;
        }
        self.skip_space()
    }

    fn value_of_member(&mut self) -> Result<(), Stop> {
        let first = self.input.peek()?.ok_or(Stop::End)?;
        match first {
            b'{' | b'[' => match self.object().and_then(|object| object.way_in(first)) {
                None => self.nested(Brackets::default()),
                Some(holds_posts) => {
                    keep(&mut self.frames, b"null");
                    if let Some(object) = self.object() {
                        object.walked_into = true;
                    }
                    if first == b'[' { self.open_list() } else { self.open_object(holds_posts) }
                }
            },
            b'"' => self.text(),
            b',' | b'}' | b']' => {
                self.spoil(Defect::Malformed);
                if first == b']' {
                    self.input.consume(1);
                }
                Ok(())
            }
            _ => self.scalar(),
        }
    }

    fn close_object(&mut self) -> Option<Event> {
        let Some(Frame::Object(mut object)) = self.frames.pop() else { return None };
        // Only the buffer is checked: an error of reading more must not cost the item that has just ended.
        let ends_line = matches!(self.input.at_hand().first(), Some(b'\n' | b'\r'));
        if self.frames.is_empty() && object.line == self.input.line() && ends_line {
            self.lines = true;
        }
        let (line, depth) = (object.line, self.depth());
        match object.defect {
            None => {}
            // Other data in an envelope may be too large (a data download contains years of it) without harm to its
            // items.
            Some(Defect::TooLarge | Defect::TooDeep) if object.walked_into => object.kept = vec![b'{'],
            Some(defect) => return Some(Event::Bad { line, error: defect.error() }),
        }
        object.kept.push(b'}');
        let bytes = object.kept;
        Some(if object.walked_into {
            Event::EnvelopeEnd { line, depth, bytes }
        } else {
            Event::Item { line, depth, bytes }
        })
    }

    fn object(&mut self) -> Option<&mut Object> {
        match self.frames.last_mut() {
            Some(Frame::Object(object)) => Some(object),
            _ => None,
        }
    }

    pub(super) fn spoil(&mut self, defect: Defect) {
        if let Some(object) = self.object() {
            object.spoil(defect);
        }
    }
}

/// Returns whether the stream is NDJSON: it begins with an object, and a whole line near the beginning is one, which is not
/// part of a document that spans lines.
fn has_items_on_lines(beginning: &[u8]) -> bool {
    let is_object =
        |line: &[u8]| line.len() > 2 && line.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok();
    let starts = beginning.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let whole = memchr::memrchr(b'\n', beginning).map_or(&[][..], |end| &beginning[..end]);
    starts && !spans_lines(beginning) && whole.split(|byte| *byte == b'\n').take(100).any(is_object)
}

/// Returns whether the first document goes on after a line break, and is valid as far as it can be seen.
fn spans_lines(beginning: &[u8]) -> bool {
    let text = beginning.trim_ascii_start();
    let mut documents = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    match documents.next() {
        Some(Ok(IgnoredAny)) => text[..documents.byte_offset()].contains(&b'\n'),
        Some(Err(error)) => error.is_eof(),
        None => false,
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
