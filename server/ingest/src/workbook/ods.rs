//! The sheets of an `.ods`, read from its XML as it stands in the archive. Not by `calamine`, which holds every cell of
//! every sheet, also those that are only said to be repeated: 1 MB of rows then takes gigabytes.

use super::book::{Book, Sheet};
use super::lines::Lines;
use super::value;
use crate::error::FileError;
use crate::{MAX_ROW_BYTES, MOST_COLUMNS, MOST_SHEETS};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor};
use zip::ZipArchive;

/// The part with the sheets.
const CONTENT: &str = "content.xml";
/// The most spaces that one element stands for.
const MOST_SPACES: usize = 100;

/// An `.ods`.
pub(super) struct Ods<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Ods<'b> {
    /// Opens a workbook that was examined.
    pub fn open(bytes: &'b [u8]) -> Result<Ods<'b>, FileError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(FileError::damaged_workbook)?;
        Ok(Ods { archive })
    }

    fn content(&mut self) -> Result<Content<impl BufRead>, FileError> {
        let part = self.archive.by_name(CONTENT).map_err(FileError::damaged_workbook)?;
        let mut xml = Reader::from_reader(BufReader::new(part));
        xml.config_mut().expand_empty_elements = true;
        Ok(Content { xml, buffer: Vec::new(), hidden: HashSet::new(), style: None })
    }
}

impl Book for Ods<'_> {
    fn sheets(&mut self) -> Result<Vec<Sheet>, FileError> {
        let mut content = self.content()?;
        let mut sheets = Vec::new();
        while let Some((name, is_hidden)) = content.next_table()? {
            if sheets.len() == MOST_SHEETS {
                return Err(FileError::workbook_of_too_many_sheets());
            }
            let mut lines = Lines::of_beginning();
            content.table(Some(&mut lines))?;
            sheets.push(Sheet { name, is_hidden, beginning: lines.into_text() });
        }
        Ok(sheets)
    }

    fn read(&mut self, sheet: usize, lines: &mut Lines) -> Result<(), FileError> {
        let mut content = self.content()?;
        for _ in 0..sheet {
            content.next_table()?;
            content.table(None)?;
        }
        content.next_table()?;
        content.table(Some(lines))
    }
}

/// The XML with the sheets, while it is read.
struct Content<R> {
    xml: Reader<R>,
    buffer: Vec<u8>,
    /// The styles of sheets that are not shown.
    hidden: HashSet<String>,
    /// The style whose properties are read.
    style: Option<String>,
}

/// What comes next in the XML.
enum Next {
    Opens(Element),
    Closes(Vec<u8>),
    Text(String),
    End,
}

/// An element, as far as sheets need it.
struct Element {
    name: Vec<u8>,
    attributes: Vec<(Vec<u8>, String)>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name.as_bytes()).map(|(_, value)| value.as_str())
    }

    /// Returns how often it is repeated.
    fn times(&self, attribute: &str) -> u32 {
        self.get(attribute).and_then(|times| times.parse().ok()).unwrap_or(1)
    }
}

impl<R: BufRead> Content<R> {
    fn next(&mut self) -> Result<Next, FileError> {
        loop {
            self.buffer.clear();
            let decoder = self.xml.decoder();
            return Ok(match self.xml.read_event_into(&mut self.buffer).map_err(FileError::damaged_workbook)? {
                Event::Start(start) => Next::Opens(element(&start, decoder)?),
                Event::End(end) => Next::Closes(end.name().as_ref().to_vec()),
                Event::Text(text) => {
                    Next::Text(text.xml10_content().map_err(FileError::damaged_workbook)?.into_owned())
                }
                Event::CData(text) => {
                    Next::Text(text.xml10_content().map_err(FileError::damaged_workbook)?.into_owned())
                }
                Event::GeneralRef(reference) => Next::Text(resolved(&reference)?),
                Event::Eof => Next::End,
                _ => continue,
            });
        }
    }

    /// Passes over the rest of an element.
    fn skip(&mut self, element: &Element) -> Result<(), FileError> {
        self.buffer.clear();
        let name = quick_xml::name::QName(&element.name);
        self.xml.read_to_end_into(name, &mut self.buffer).map_err(FileError::damaged_workbook)?;
        Ok(())
    }

    /// Reads up to the next sheet and returns its name, and whether it is hidden; `None` at the end.
    fn next_table(&mut self) -> Result<Option<(String, bool)>, FileError> {
        loop {
            match self.next()? {
                Next::Opens(element) => match element.name.as_slice() {
                    b"table:table" => {
                        let style = element.get("table:style-name").unwrap_or_default();
                        let is_hidden = self.hidden.contains(style);
                        return Ok(Some((element.get("table:name").unwrap_or_default().to_owned(), is_hidden)));
                    }
                    b"style:style" => self.style = element.get("style:name").map(str::to_owned),
                    b"style:table-properties" if element.get("table:display") == Some("false") => {
                        self.hidden.extend(self.style.take());
                    }
                    // Both may contain tables that are not sheets.
                    b"table:tracked-changes" | b"table:dde-links" => self.skip(&element)?,
                    _ => {}
                },
                Next::End => return Ok(None),
                Next::Closes(_) | Next::Text(_) => {}
            }
        }
    }

    /// Reads a sheet to its end and writes its cells, as far as they are wanted.
    fn table(&mut self, mut lines: Option<&mut Lines>) -> Result<(), FileError> {
        let mut row = 0_u32;
        loop {
            match self.next()? {
                Next::Opens(element) if element.name == b"table:table-row" => {
                    let times = element.times("table:number-rows-repeated");
                    match lines.as_deref_mut().filter(|lines| !lines.are_enough()) {
                        Some(lines) => {
                            let cells = self.row()?;
                            for more in (0..times).take_while(|_| !cells.is_empty()) {
                                for (column, value) in &cells {
                                    lines.write(row.saturating_add(more), *column, value)?;
                                }
                                if lines.are_enough() {
                                    break;
                                }
                            }
                        }
                        None => self.skip(&element)?,
                    }
                    row = row.saturating_add(times);
                }
                // These may contain tables that are not sheets.
                Next::Opens(element)
                    if matches!(element.name.as_slice(), b"table:shapes" | b"office:forms" | b"table:table") =>
                {
                    self.skip(&element)?;
                }
                Next::Closes(name) if name == b"table:table" => return Ok(()),
                Next::End => return Err(cut_off()),
                Next::Opens(_) | Next::Closes(_) | Next::Text(_) => {}
            }
        }
    }

    /// Reads a row and returns its cells with a value.
    fn row(&mut self) -> Result<Vec<(u32, String)>, FileError> {
        let mut cells = Vec::new();
        let (mut column, mut bytes) = (0_u32, 0_usize);
        loop {
            match self.next()? {
                Next::Opens(element) if element.name == b"table:table-cell" => {
                    let times = element.times("table:number-columns-repeated");
                    let value = self.cell(&element)?;
                    if !value.trim().is_empty() {
                        // A sheet cannot have more; the columns before are enough to say that it has too many.
                        let times = times.min(u32::try_from(MOST_COLUMNS).unwrap_or(u32::MAX).saturating_add(1));
                        bytes = bytes.saturating_add(value.len().saturating_mul(times as usize));
                        if bytes > 16 * MAX_ROW_BYTES {
                            return Err(FileError::damaged_workbook("a row of more than 16 MiB"));
                        }
                        cells.extend((0..times).map(|more| (column.saturating_add(more), value.clone())));
                    }
                    column = column.saturating_add(times);
                }
                Next::Opens(element) => {
                    // The part of a merged cell that its first part covers.
                    if element.name == b"table:covered-table-cell" {
                        column = column.saturating_add(element.times("table:number-columns-repeated"));
                    }
                    self.skip(&element)?;
                }
                Next::Closes(name) if name == b"table:table-row" => return Ok(cells),
                Next::End => return Err(cut_off()),
                Next::Closes(_) | Next::Text(_) => {}
            }
        }
    }

    /// Reads a cell and returns its value; for a formula that is its last result.
    fn cell(&mut self, cell: &Element) -> Result<String, FileError> {
        let text = self.text()?;
        let value = |attribute: &str| cell.get(attribute).filter(|value| !value.is_empty());
        let typed = match cell.get("office:value-type") {
            Some("float" | "percentage" | "currency") => value("office:value").map(number),
            Some("date") => value("office:date-value").map(value::iso),
            Some("time") => value("office:time-value").map(value::iso_time),
            Some("boolean") => value("office:boolean-value").map(str::to_owned),
            _ => value("office:string-value").map(str::to_owned),
        };
        Ok(typed.unwrap_or(text))
    }

    /// Reads the paragraphs of a cell to its end. Notes and pictures are left out.
    fn text(&mut self) -> Result<String, FileError> {
        let (mut text, mut paragraphs) = (String::new(), 0_usize);
        loop {
            match self.next()? {
                Next::Opens(element) => match element.name.as_slice() {
                    b"text:p" => {
                        paragraphs += 1;
                        if !text.is_empty() {
                            text.push(' ');
                        }
                    }
                    b"text:s" => {
                        let spaces = element.times("text:c") as usize;
                        text.extend(std::iter::repeat_n(' ', spaces.min(MOST_SPACES)));
                    }
                    b"text:tab" | b"text:line-break" => text.push(' '),
                    b"text:span" | b"text:a" => {}
                    _ => self.skip(&element)?,
                },
                Next::Text(more) if paragraphs > 0 => text.push_str(&more),
                Next::Closes(name) => match name.as_slice() {
                    b"text:p" => paragraphs = paragraphs.saturating_sub(1),
                    b"table:table-cell" => return Ok(text),
                    _ => {}
                },
                Next::Text(_) => {}
                Next::End => return Err(cut_off()),
            }
        }
    }
}

fn element(start: &BytesStart<'_>, decoder: quick_xml::Decoder) -> Result<Element, FileError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(FileError::damaged_workbook)?;
        let value = attribute.decoded_and_normalized_value(XmlVersion::Implicit1_0, decoder);
        let value = value.map_err(FileError::damaged_workbook)?.into_owned();
        attributes.push((attribute.key.as_ref().to_vec(), value));
    }
    Ok(Element { name: start.name().as_ref().to_vec(), attributes })
}

/// Returns what a reference such as `&amp;` or `&#233;` stands for; nothing if that is not known.
fn resolved(reference: &BytesRef<'_>) -> Result<String, FileError> {
    if let Some(letter) = reference.resolve_char_ref().map_err(FileError::damaged_workbook)? {
        return Ok(letter.to_string());
    }
    let name = reference.decode().map_err(FileError::damaged_workbook)?;
    Ok(escape::resolve_xml_entity(&name).unwrap_or_default().to_owned())
}

/// Returns a number as it is written if it is whole: it may have more digits than a spreadsheet keeps.
fn number(text: &str) -> String {
    let is_whole = text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole { text.to_owned() } else { text.parse().map_or_else(|_| text.to_owned(), value::number) }
}

fn cut_off() -> FileError {
    FileError::damaged_workbook("its sheets are cut off")
}
