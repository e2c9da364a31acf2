//! Where the header of a table is, and what separates its cells.

use super::records::first_rows;
use crate::field::{Field, normalised};
use crate::options::Options;
use crate::synonyms::{field_of, names_a_moment};
use compliance::address::Address;
use compliance::cell::cleaned;

/// How many rows may stand above the header.
const ROWS_ABOVE: usize = 30;
/// What may separate cells; the first wins a tie.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where the header of a table is, and what separates its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub delimiter: u8,
    /// Rows above the header that are not blank: titles, and a line that names the delimiter.
    pub above: usize,
    /// Whether there is no header, and every row names a creator.
    pub lists_handles: bool,
}

/// Returns the layout of a table that begins like this. `is_end` says that nothing follows.
pub(super) fn find(beginning: &[u8], is_end: bool, options: &Options) -> Layout {
    let named = named_delimiter(beginning);
    let candidates: Vec<u8> = named.map_or_else(|| DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let mut best: Option<(usize, usize, Layout)> = None;
    for delimiter in candidates {
        let rows = first_rows(beginning, delimiter, is_end, ROWS_ABOVE);
        let known: Vec<usize> = rows.iter().map(|row| known_names(row, options)).collect();
        let most = known.iter().copied().max().unwrap_or(0);
        let wide = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1;
        let after_name = usize::from(named.is_some());
        let named_row =
            known.iter().position(|count| *count == most).filter(|row| is_header(most, &rows[..=*row], after_name));
        let above = if named_row.is_some() {
            named_row
        } else {
            // Nothing is recognised: the first row that has several cells is asked about.
            rows.iter().skip(after_name).position(wide).map(|row| row + after_name)
        };
        let width = above.and_then(|row| rows.get(row)).map_or(0, Vec::len);
        let lists_handles = most == 0 && lists_handles(&rows);
        let above = if lists_handles { 0 } else { above.unwrap_or(after_name) };
        let found = (most, width, Layout { delimiter, above, lists_handles });
        if best.is_none_or(|best| (found.0, found.1) > (best.0, best.1)) {
            best = Some(found);
        }
    }
    best.map_or(Layout { delimiter: b',', above: 0, lists_handles: false }, |(_, _, layout)| layout)
}

/// Returns whether the last of these rows is the header, of which `known` names are recognised. One name alone could be
/// the caption of a post, unless only titles stand above it.
fn is_header(known: usize, rows: &[Vec<String>], after_name: usize) -> bool {
    let cells = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    match known {
        0 => false,
        1 => rows.len() == after_name + 1 || rows.iter().all(|row| cells(row) == 1),
        _ => true,
    }
}

/// Returns the delimiter that a first line such as `sep=;` names.
fn named_delimiter(beginning: &[u8]) -> Option<u8> {
    let start = beginning.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let line = beginning[start..].split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let line: Vec<u8> = line.iter().copied().filter(|byte| *byte != b'"').collect();
    match line.as_slice() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, rest @ ..] => {
            // A spreadsheet may have filled the line up with empty cells.
            rest.iter().all(|byte| byte == delimiter || byte.is_ascii_whitespace()).then_some(*delimiter)
        }
        _ => None,
    }
}

/// Returns the most fields that one of the first rows of a table names. Its cells are separated by commas.
pub(crate) fn fields_named(beginning: &[u8], options: &Options) -> usize {
    let rows = first_rows(beginning, b',', true, ROWS_ABOVE);
    rows.iter().map(|row| known_names(row, options)).max().unwrap_or(0)
}

/// Returns the number of different fields that a row names.
fn known_names(row: &[String], options: &Options) -> usize {
    let mut fields: Vec<Option<Field>> = Vec::new();
    for cell in row {
        let header = cleaned(cell);
        let mapped = || {
            options
                .mapping
                .iter()
                .find(|(column, _)| normalised(column) == normalised(&header))
                .map(|(_, field)| *field)
        };
        let field = field_of(&header).map(|(field, _)| field).or_else(mapped);
        let is_moment = field.is_none() && names_a_moment(&header);
        if (field.is_some() || is_moment) && !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields.len()
}

/// Returns whether every row is one handle with `@`, or the address of one profile.
fn lists_handles(rows: &[Vec<String>]) -> bool {
    let names_creator = |row: &Vec<String>| {
        let mut cells = row.iter().map(|cell| cleaned(cell)).filter(|cell| !cell.is_empty());
        let cell = cells.next().unwrap_or_default();
        let is_handle = cell.strip_prefix('@').is_some_and(|rest| !rest.contains(char::is_whitespace));
        (is_handle || matches!(Address::parse(&cell), Some(Address::Profile(_)))) && cells.next().is_none()
    };
    !rows.is_empty() && rows.iter().all(names_creator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use compliance::calendar::Zone;
    use rstest::rstest;

    #[rstest]
    #[case("handle,views\nmia,1\n", b',', 0, false)]
    #[case("handle;views\nmia;1,5\n", b';', 0, false)]
    #[case("handle\tviews\n", b'\t', 0, false)]
    #[case("sep=;\nhandle;views\n", b';', 1, false)]
    #[case("sep=,\r\nhandle,views\r\n", b',', 1, false)]
    #[case("\"sep=;\"\nhandle;views\n", b';', 1, false)]
    #[case("Weekly report,,\nExported 18 Nov 2026,,\n,,\nhandle,post_id,views\n", b',', 2, false)]
    #[case("Weekly report; with, commas, in, it\nhandle;post_id;views\n", b';', 1, false)]
    #[case("nr,wer,wann\n1,mia,2026-08-17\n", b',', 0, false)]
    #[case("Report\nnr,wer,wann\n", b',', 1, false)]
    #[case("Our creators\nhandle\nmia\n", b',', 1, false)]
    #[case("nr,wer,was\n1,mia,views\n", b',', 0, false)]
    #[case("@mia\n@noa\n", b',', 0, true)]
    #[case("https://www.tiktok.com/@mia\ntiktok.com/@noa", b',', 0, true)]
    #[case("@mia\nnot a handle\n", b',', 0, false)]
    fn the_header_is_found_below_what_stands_above_it(
        #[case] text: &str,
        #[case] delimiter: u8,
        #[case] above: usize,
        #[case] lists_handles: bool,
    ) {
        let found = find(text.as_bytes(), true, &Options::new(Zone::UTC));
        assert_eq!(found, Layout { delimiter, above, lists_handles }, "{text:?}");
    }
}
