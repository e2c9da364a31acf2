//! Finds the items in a JSON stream without holding more than one of them.
//!
//! A stream is one document or many: arrays, single objects, one object a line (NDJSON), or envelopes such as
//! `{"data":{"videos":[…]}}` and `{"entries":[…]}`, mixed and nested as they come. An object is taken apart key by key: the
//! lists and objects that known envelopes put around items ([`LISTS`], [`WRAPPERS`]) are walked into, everything else
//! is kept. An object in which nothing was walked into is an item; otherwise what was kept of it is told at its end.
//!
//! The scanner looks at brackets and quotes only, and keeps every other byte for the parser to judge. A bad item is
//! therefore one bad row: reading goes on behind its closing bracket or, in NDJSON, on the next line.

use super::brackets::{Brackets, Closing};
use crate::error::{FileError, RowError};
use crate::input::Input;
use crate::text::excerpt;
use crate::{MAX_DEPTH, MAX_ITEM_BYTES};
use memchr::memchr3;

/// Fields whose list holds items.
const LISTS: [&str; 7] = ["entries", "data", "videos", "itemList", "item_list", "aweme_list", "items"];
/// The list of a data download; only within [`DOWNLOADED_POSTS`], for the list of watched videos bears the same name.
const DOWNLOADED: &str = "VideoList";
const DOWNLOADED_POSTS: [&str; 2] = ["Videos", "Posts"];
/// Fields whose object holds items further in.
const WRAPPERS: [&str; 9] =
    ["data", "userInfo", "user_info", "itemInfo", "itemStruct", "Video", "Post", "Videos", "Posts"];

/// Longer than any key that is walked into, with its quotes.
const MAX_KEY: usize = 16;

/// What the scanner came upon.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// An item, with the number of envelopes around it.
    Item { line: u64, depth: usize, bytes: Vec<u8> },
    /// The end of an envelope, with what it said beside its items and the number of envelopes around it.
    EnvelopeEnd { line: u64, depth: usize, bytes: Vec<u8> },
    /// Something that is no item.
    Bad { line: u64, error: RowError },
}

enum Frame {
    List,
    Object(Object),
}

struct Object {
    line: u64,
    kept: Vec<u8>,
    /// How much may be kept: all open envelopes share one limit.
    allowance: usize,
    walked_into: bool,
    defect: Option<Defect>,
    /// The last key with its quotes, as long as it may be one that is walked into.
    key: Vec<u8>,
    in_key: bool,
    /// Whether it was reached through [`DOWNLOADED_POSTS`].
    holds_posts: bool,
}

#[derive(Clone, Copy)]
enum Defect {
    Malformed,
    TooLarge,
    TooDeep,
}

/// Why reading cannot simply go on.
enum Stop {
    /// The text ends inside something.
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

/// The items of a stream.
pub(crate) struct Scanner<'a> {
    input: Input<'a>,
    frames: Vec<Frame>,
    /// Whether the stream is NDJSON: then a line that begins with `{` always begins an object.
    lines: bool,
}

impl<'a> Scanner<'a> {
    pub fn open(mut input: Input<'a>) -> Result<Scanner<'a>, FileError> {
        let lines = has_items_on_lines(input.beginning()?);
        Ok(Scanner { input, frames: Vec::new(), lines })
    }

    /// How many envelopes are open.
    pub fn depth(&self) -> usize {
        self.frames.iter().filter(|frame| matches!(frame, Frame::Object(_))).count()
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

    /// Drops the open document: its end is missing.
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

    /// A value of a list, or a document of the stream.
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
        self.frames.push(Frame::Object(Object {
            line,
            kept: vec![b'{'],
            allowance,
            walked_into: false,
            defect: None,
            key: Vec::new(),
            in_key: false,
            holds_posts,
        }));
        Ok(())
    }

    fn check_depth(&self) -> Result<(), Stop> {
        if self.frames.len() < MAX_DEPTH { Ok(()) } else { Err(FileError::TooDeep { line: self.input.line() }.into()) }
    }

    /// The next thing in an object: a key with its value, a comma, or the end.
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
            b'{' | b'[' => match self.way_in(first) {
                None => self.nested(Brackets::default()),
                Some(holds_posts) => {
                    self.keep(b"null");
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

    /// Whether items lie behind this key, and if so whether they are downloaded posts.
    fn way_in(&mut self, first: u8) -> Option<bool> {
        let object = self.object()?;
        let key = object.key.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        let key = std::str::from_utf8(key).ok()?;
        if first == b'[' {
            let listed = LISTS.contains(&key) || key == DOWNLOADED && object.holds_posts;
            listed.then_some(false)
        } else {
            WRAPPERS.contains(&key).then(|| DOWNLOADED_POSTS.contains(&key))
        }
    }

    fn close_object(&mut self) -> Option<Event> {
        let Some(Frame::Object(mut object)) = self.frames.pop() else { return None };
        // Only what is at hand is asked: a read that fails here must not cost the item that has just ended.
        let ends_line = matches!(self.input.at_hand().first(), Some(b'\n' | b'\r'));
        if self.frames.is_empty() && object.line == self.input.line() && ends_line {
            self.lines = true;
        }
        let (line, depth) = (object.line, self.depth());
        match object.defect {
            None => {}
            // What is too much beside the items (a data download holds years of other things) is no fault of theirs.
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

    fn spoil(&mut self, defect: Defect) {
        if let Some(object) = self.object() {
            object.spoil(defect);
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        keep(&mut self.frames, bytes);
    }

    fn keep_one(&mut self, byte: u8) {
        self.input.consume(1);
        keep(&mut self.frames, &[byte]);
    }

    /// Space between things. Not kept: it means nothing.
    fn skip_space(&mut self) -> Result<(), Stop> {
        loop {
            match self.input.peek()? {
                Some(b'\n') => self.line_break()?,
                Some(b' ' | b'\t' | b'\r') => self.input.consume(1),
                _ => return Ok(()),
            }
        }
    }

    fn line_break(&mut self) -> Result<(), Stop> {
        self.input.consume(1);
        let in_object = matches!(self.frames.first(), Some(Frame::Object(_)));
        if self.lines && in_object && self.input.peek()? == Some(b'{') { Err(Stop::NextDocument) } else { Ok(()) }
    }

    /// A quoted text. JSON texts hold no line breaks: at one, the text is taken to have ended.
    fn text(&mut self) -> Result<(), Stop> {
        self.keep_one(b'"');
        loop {
            let chunk = self.input.available()?;
            if chunk.is_empty() {
                return Err(Stop::End);
            }
            let Some(found) = memchr3(b'"', b'\\', b'\n', chunk) else {
                let length = chunk.len();
                keep(&mut self.frames, chunk);
                self.input.consume(length);
                continue;
            };
            let special = chunk[found];
            keep(&mut self.frames, &chunk[..found]);
            self.input.consume(found);
            match special {
                b'"' => {
                    self.keep_one(b'"');
                    return Ok(());
                }
                b'\\' => {
                    self.keep_one(b'\\');
                    match self.input.peek()?.ok_or(Stop::End)? {
                        b'\n' => {}
                        escaped => self.keep_one(escaped),
                    }
                }
                _ => {
                    self.spoil(Defect::Malformed);
                    return self.line_break();
                }
            }
        }
    }

    /// A number, `true`, `false`, `null`, or whatever stands in its place.
    fn scalar(&mut self) -> Result<(), Stop> {
        loop {
            let chunk = self.input.available()?;
            let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
            let length = chunk.iter().position(is_end).unwrap_or(chunk.len());
            if length == 0 {
                return Ok(());
            }
            keep(&mut self.frames, &chunk[..length]);
            self.input.consume(length);
        }
    }

    /// A list or object that is kept whole, to its closing bracket; or, `within` an object, the rest of that.
    fn nested(&mut self, mut brackets: Brackets) -> Result<(), Stop> {
        loop {
            let chunk = self.input.available()?;
            if chunk.is_empty() {
                return Err(Stop::End);
            }
            let is_special = |byte: &u8| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b'\n');
            let length = chunk.iter().position(is_special).unwrap_or(chunk.len());
            let special = chunk.get(length).copied();
            keep(&mut self.frames, &chunk[..length]);
            self.input.consume(length);
            match special {
                None => {}
                Some(b'"') => self.text()?,
                Some(b'\n') => self.line_break()?,
                Some(open @ (b'{' | b'[')) => {
                    if !brackets.open(open) {
                        self.spoil(Defect::TooDeep);
                    }
                    self.keep_one(open);
                }
                Some(close) => {
                    match brackets.close(close) {
                        Closing::Matches => {}
                        Closing::Mismatches => self.spoil(Defect::Malformed),
                        Closing::BelongsOutside => {
                            self.spoil(Defect::Malformed);
                            return Ok(());
                        }
                    }
                    self.keep_one(close);
                    if brackets.are_closed() {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Something in the place of an item that is not even an object.
    fn stray(&mut self) -> Result<Event, Stop> {
        let line = self.input.line();
        let chunk = self.input.available()?;
        let shown = excerpt(&String::from_utf8_lossy(&chunk[..chunk.len().min(80)]));
        let in_list = !self.frames.is_empty();
        if chunk.first() == Some(&b'"') {
            match self.text() {
                Ok(()) | Err(Stop::End) => {}
                Err(stop) => return Err(stop),
            }
        } else {
            self.input.consume(1);
        }
        loop {
            let chunk = self.input.available()?;
            let is_end = |byte: &u8| *byte == b'\n' || *byte == b'{' || in_list && matches!(byte, b',' | b']');
            let found = chunk.iter().position(is_end);
            let length = found.unwrap_or(chunk.len());
            self.input.consume(length);
            if found.is_some() || length == 0 {
                let reason = format!("“{shown}” is here where an object belongs.");
                return Ok(Event::Bad { line, error: RowError::of_row("not_an_object", reason) });
            }
        }
    }
}

/// Keeps bytes of the innermost object; a list keeps nothing.
fn keep(frames: &mut [Frame], bytes: &[u8]) {
    if let Some(Frame::Object(object)) = frames.last_mut() {
        object.in_key &= object.key.len() + bytes.len() <= MAX_KEY;
        if object.in_key {
            object.key.extend_from_slice(bytes);
        }
        if object.kept.len() + bytes.len() > object.allowance {
            object.spoil(Defect::TooLarge);
        }
        if object.defect.is_none() {
            object.kept.extend_from_slice(bytes);
        }
    }
}

impl Object {
    /// The first defect stays; nothing more is kept.
    fn spoil(&mut self, defect: Defect) {
        if self.defect.is_none() {
            self.defect = Some(defect);
            self.kept = Vec::new();
        }
    }
}

impl Defect {
    fn error(self) -> RowError {
        match self {
            Defect::Malformed => RowError::of_row("malformed_json", "The item is not valid JSON."),
            Defect::TooLarge => {
                RowError::of_row("too_large", format!("The item is larger than {} MiB.", MAX_ITEM_BYTES >> 20))
            }
            Defect::TooDeep => {
                RowError::of_row("too_deep", format!("The item is nested more than {MAX_DEPTH} levels deep."))
            }
        }
    }
}

/// Whether the stream is NDJSON: it begins with an object, and some whole line near the beginning is one.
fn has_items_on_lines(beginning: &[u8]) -> bool {
    let is_object = |line: &[u8]| {
        line.len() > 2 && line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
    };
    let starts = beginning.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let whole = memchr::memrchr(b'\n', beginning).map_or(&[][..], |end| &beginning[..end]);
    starts && whole.split(|byte| *byte == b'\n').take(100).any(is_object)
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
