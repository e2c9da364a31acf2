//! Tests for splitting a table into rows.

use super::*;
use rstest::rstest;

/// Returns each row as its cells joined by `|`, bad ones as `!code`, with its line.
fn rows(text: &[u8]) -> Vec<String> {
    let mut records = Records::new(Input::open(text, None).unwrap(), b',');
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
#[case(",\n", &["1 |"])]
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
