//! Scans over values: looks at brackets, quotes and line ends only.

use super::brackets::{Brackets, Closing};
use super::frames::{Defect, Frame, keep};
use super::scan::{Event, Scanner, Stop};
use crate::excerpt::excerpt;
use crate::row_error::RowError;
use memchr::memchr3;

impl Scanner<'_> {
    pub(super) fn keep_one(&mut self, byte: u8) {
        self.input.consume(1);
        keep(&mut self.frames, &[byte]);
    }

    /// Skips white space between values, which is not kept.
    pub(super) fn skip_space(&mut self) -> Result<(), Stop> {
        loop {
            match self.input.peek()? {
                Some(b'\n') => self.line_break()?,
                Some(b' ' | b'\t' | b'\r') => self.input.consume(1),
                _ => return Ok(()),
            }
        }
    }

    pub(super) fn line_break(&mut self) -> Result<(), Stop> {
        self.input.consume(1);
        let in_object = matches!(self.frames.first(), Some(Frame::Object(_)));
        if self.lines && in_object && self.input.peek()? == Some(b'{') { Err(Stop::NextDocument) } else { Ok(()) }
    }

    /// Scans a quoted text. JSON texts contain no line breaks, so a text is taken to end at one.
    pub(super) fn text(&mut self) -> Result<(), Stop> {
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

    /// Scans a number, `true`, `false`, `null`, or whatever is in its place.
    pub(super) fn scalar(&mut self) -> Result<(), Stop> {
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

    /// Scans a list or object to its closing bracket and keeps it whole; `within` an object, the rest of that object.
    pub(super) fn nested(&mut self, mut brackets: Brackets) -> Result<(), Stop> {
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
                Some(b'\n') => {
                    // Kept, since it may stand between two numbers, which would become one.
                    keep(&mut self.frames, b"\n");
                    self.line_break()?;
                }
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

    /// Scans something that is not an object in the place of an item.
    pub(super) fn stray(&mut self) -> Result<Event, Stop> {
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
