//! Tests for splitting a table into rows.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use rstest::rstest;

/// Returns each row as its cells joined by `|`, bad ones as `!code`, with its line.
fn rows(text: &[u8]) -> Vec<String> {
    let mut records = Records::new(Input::open(text, None, None).unwrap(), b',');
    let mut rows = Vec::new();
    while let Some(fetched) = records.next().unwrap() {
        let shown = match fetched {
            Fetched::Cells => records.cells().texts().unwrap().join("|"),
            Fetched::Bad(error) => format!("!{}", error.code),
        };
        rows.push(format!("{} {shown}", records.line()));
    }
    rows
}

#[rstest]
#[case("a,b\n1,2\n", &["1 a|b", "2 1|2"])]
#[case("a,b\r\n1,2", &["1 a|b", "2 1|2"])]
#[case("a,b\r1,2\r", &["1 a|b", "1 1|2"])]
#[case("a\n\n \nb\n", &["1 a", "4 b"])]
#[case("\"x,y\",\"line\nbreak\",\"say \"\"hi\"\"\"\nnext,,\n", &["1 x,y|line\nbreak|say \"hi\"", "3 next||"])]
#[case("a \"quoted\" word,b\n", &["1 a \"quoted\" word|b"])]
#[case(",\n", &[])]
#[case(" , \n,1\n", &["2 |1"])]
#[case("\"\"", &[])]
fn rows_are_split_as_spreadsheets_write_them(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(rows(text.as_bytes()), expected);
}

#[rstest]
#[case("1,\"open\n2,fine\n3,fine\n", &["1 !broken_quote", "2 2|fine", "3 3|fine"])]
#[case("1,\"open\n2,\"shut\"\n3,fine\n", &["1 !broken_quote", "2 2|shut", "3 3|fine"])]
#[case("1,\"a \"b\" c\"\n2,fine", &["1 !broken_quote", "2 2|fine"])]
fn a_broken_quote_costs_its_own_row_only(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(rows(text.as_bytes()), expected);
}

#[test]
fn a_row_that_is_too_long_costs_its_own_row_only() {
    let text = format!("a\n{}\nb,c\n", "x".repeat(3 * MAX_ROW_BYTES));
    assert_eq!(rows(text.as_bytes()), ["1 a", "2 !too_large", "3 b|c"]);
}

#[test]
fn a_quote_that_stays_open_for_longer_than_a_row_may_be_costs_its_own_row_only() {
    let text = format!("a,\"b\n{}end\n", "fine,row\n".repeat(300_000));
    let rows = rows(text.as_bytes());
    assert_eq!(rows.len(), 300_002);
    assert_eq!(rows[0], "1 !broken_quote");
    assert_eq!(rows[300_001], "300002 end");
}

#[test]
fn a_file_full_of_broken_quotes_is_not_read_over_and_over() {
    let text = "a\",\"\n".repeat(600_000);
    assert!(rows(text.as_bytes()).len() < 100);
}

/// Reads every row, `None` for a bad one.
fn read(text: &[u8], delimiter: u8) -> Vec<Option<Vec<String>>> {
    let mut records = Records::new(Input::open(text, None, None).unwrap(), delimiter);
    let mut rows = Vec::new();
    while let Some(fetched) = records.next().unwrap() {
        rows.push(match fetched {
            Fetched::Cells => Some(records.cells().texts().unwrap()),
            Fetched::Bad(_) => None,
        });
    }
    rows
}

/// Reads every row with the `csv` crate, without rows that are blank here.
fn read_by_csv(text: &[u8], delimiter: u8) -> Vec<Option<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    let is_blank = |row: &Vec<String>| row.iter().all(|cell| cell.bytes().all(|byte| byte.is_ascii_whitespace()));
    rows.filter(|row| !is_blank(row)).map(Some).collect()
}

/// A cell as it is written, quoted or not.
fn cell(delimiter: char) -> impl Strategy<Value = String> {
    let plain = vec(prop::sample::select(vec!['a', 'é', ' ', '\'', ',', ';', '\t']), 0..6);
    let any = vec(prop::sample::select(vec!['a', '1', '🎬', ' ', '"', ',', ';', '\t', '\r', '\n']), 0..9);
    prop_oneof![
        plain.prop_map(move |cell| cell.into_iter().filter(|char| *char != delimiter).collect()),
        any.prop_map(|cell| format!("\"{}\"", String::from_iter(cell).replace('"', "\"\""))),
    ]
}

/// A table as a program may write it, with its delimiter.
fn table() -> impl Strategy<Value = (char, String)> {
    prop::sample::select(vec![',', ';', '\t']).prop_flat_map(|delimiter| {
        let row = (vec(cell(delimiter), 1..5), prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"]));
        let row = row.prop_map(move |(cells, end)| cells.join(&delimiter.to_string()) + end);
        (Just(delimiter), vec(row, 0..6), any::<bool>()).prop_map(|(delimiter, rows, ends)| {
            let text = rows.concat();
            (delimiter, if ends { text } else { text.trim_end_matches(['\r', '\n']).to_owned() })
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn a_well_formed_table_is_read_as_the_csv_crate_reads_it((delimiter, text) in table()) {
        prop_assert_eq!(read(text.as_bytes(), delimiter as u8), read_by_csv(text.as_bytes(), delimiter as u8));
    }

    #[test]
    fn a_text_without_broken_quotes_is_read_as_the_csv_crate_reads_it(text in "[a \",;\r\n]{0,24}") {
        let rows = read(text.as_bytes(), b',');
        if rows.iter().all(Option::is_some) {
            prop_assert_eq!(rows, read_by_csv(text.as_bytes(), b','));
        }
    }

    #[test]
    fn a_broken_quote_costs_its_own_row_only_in_any_table((delimiter, before) in table(), (_, after) in table()) {
        let before = if before.is_empty() { before } else { before + "\n" };
        let text = format!("{before}1{delimiter}\"say \"hi\"\n{after}");
        let delimiter = delimiter as u8;
        let mut rows = read(before.as_bytes(), delimiter);
        rows.push(None);
        rows.extend(read(after.as_bytes(), delimiter));
        prop_assert_eq!(read(text.as_bytes(), delimiter), rows);
    }
}
