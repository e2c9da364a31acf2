//! Tests for finding the items in a stream.

use super::*;
use rstest::rstest;
use std::io::{self, Read};

/// A reader that returns one byte at a time, so that every boundary is inside a value.
struct Dripping<'a>(&'a [u8]);

impl Read for Dripping<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let count = 1.min(self.0.len()).min(target.len());
        target[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

fn show(reader: impl Read) -> Vec<String> {
    let mut scanner = Scanner::open(Input::open(reader, None).unwrap()).unwrap();
    let mut shown = Vec::new();
    loop {
        shown.push(match scanner.next() {
            Ok(None) => return shown,
            Ok(Some(Event::Item { line, depth, bytes })) => {
                format!("{line}/{depth} {}", String::from_utf8_lossy(&bytes))
            }
            Ok(Some(Event::EnvelopeEnd { depth, bytes, .. })) => {
                format!("end/{depth} {}", String::from_utf8_lossy(&bytes))
            }
            Ok(Some(Event::Bad { line, error })) => format!("{line} !{}", error.code),
            Err(error) => {
                shown.push(format!("!!{}", error.code()));
                return shown;
            }
        });
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(show(text.as_bytes()), expected);
    // Whether a stream is NDJSON is decided by its first buffer, so a slow reader must give the same result.
    assert_eq!(show(Dripping(text.as_bytes())), expected);
}

#[rstest]
#[case("{\"a\":1}", &["1/0 {\"a\":1}"])]
#[case("[{\"a\":1},{\"b\":\"]}\\\"\"}]", &["1/0 {\"a\":1}", "1/0 {\"b\":\"]}\\\"\"}"])]
#[case("{\"a\":1}\n{\"b\":2}\n", &["1/0 {\"a\":1}", "2/0 {\"b\":2}"])]
#[case("{\"a\":1}{\"b\":2}[{\"c\":[{}]}]", &["1/0 {\"a\":1}", "1/0 {\"b\":2}", "1/0 {\"c\":[{}]}"])]
#[case("{\n \"a\": {\n  \"b\": [1, 2]\n }\n}\n{\n \"c\": 3\n}", &["1/0 {\"a\":{  \"b\": [1, 2] }}", "6/0 {\"c\":3}"])]
#[case("[[{\"a\":1}],[{\"b\":2}]]", &["1/0 {\"a\":1}", "1/0 {\"b\":2}"])]
#[case("[]", &[])]
#[case(
    "{\"data\":{\"videos\":[{\"id\":1},{\"id\":2}],\"cursor\":3},\"error\":{\"code\":\"ok\"}}",
    &["1/2 {\"id\":1}", "1/2 {\"id\":2}", "end/1 {\"videos\":null,\"cursor\":3}", "end/0 {\"data\":null,\"error\":{\"code\":\"ok\"}}"]
)]
#[case(
    "{\"id\":7,\"entries\":[{\"id\":1},{\"entries\":[{\"id\":2}],\"uploader\":\"b\"}],\"uploader\":\"a\"}",
    &["1/1 {\"id\":1}", "1/2 {\"id\":2}", "end/1 {\"entries\":null,\"uploader\":\"b\"}", "end/0 {\"id\":7,\"entries\":null,\"uploader\":\"a\"}"]
)]
#[case("{\"data\":{\"user\":{\"x\":1}}}", &["1/1 {\"user\":{\"x\":1}}", "end/0 {\"data\":null}"])]
fn items_are_found_in_every_kind_of_document(#[case] text: &str, #[case] expected: &[&str]) {
    check(text, expected);
}

#[test]
fn watched_videos_are_not_taken_for_own_posts() {
    check(
        "{\"Activity\":{\"Watch History\":{\"VideoList\":[{\"a\":1}]}},\"VideoList\":[{\"b\":1}],\"Post\":{\"Posts\":{\"VideoList\":[{\"c\":1}]}}}",
        &[
            "1/3 {\"c\":1}",
            "end/2 {\"VideoList\":null}",
            "end/1 {\"Posts\":null}",
            "end/0 {\"Activity\":{\"Watch History\":{\"VideoList\":[{\"a\":1}]}},\"VideoList\":[{\"b\":1}],\"Post\":null}",
        ],
    );
}

#[rstest]
#[case("[{\"a\":1},{\"b\":[1},{\"c\":3}]", &["1/0 {\"a\":1}", "1 !malformed_json", "1/0 {\"c\":3}"])]
#[case("[{\"a\" 1},{\"c\":3}]", &["1 !malformed_json", "1/0 {\"c\":3}"])]
#[case("[{\"a\":},{\"c\":3}]", &["1 !malformed_json", "1/0 {\"c\":3}"])]
#[case("[{a:{\"b\":1}},{\"c\":3}]", &["1 !malformed_json", "1/0 {\"c\":3}"])]
#[case("[null,1,\"a,b\",{\"c\":3},nonsense]", &["1 !not_an_object", "1 !not_an_object", "1 !not_an_object", "1/0 {\"c\":3}", "1 !not_an_object"])]
#[case("[{\"a\":1}},{\"c\":3}]", &["1/0 {\"a\":1}", "1 !not_an_object", "1/0 {\"c\":3}"])]
fn a_bad_item_of_a_list_costs_itself_only(#[case] text: &str, #[case] expected: &[&str]) {
    check(text, expected);
}

#[rstest]
#[case("{\"a\":1}\n{\"b\":{\"c\":2\n{\"d\":3}\n", &["1/0 {\"a\":1}", "2 !malformed_json", "3/0 {\"d\":3}"])]
#[case("{\"a\":{\"b\":1\n{\"c\":2}\n{\"d\":3}\n", &["1 !malformed_json", "2/0 {\"c\":2}", "3/0 {\"d\":3}"])]
#[case("{\"a\":1}\n{\"b\":\"open}\n{\"d\":3}\n", &["1/0 {\"a\":1}", "2 !malformed_json", "3/0 {\"d\":3}"])]
#[case("{\"a\":1}\nnonsense\n{\"d\":3}\n", &["1/0 {\"a\":1}", "2 !not_an_object", "3/0 {\"d\":3}"])]
#[case("{\"a\":1}\r\n\r\n{\"b\":\r\n{\"d\":3}", &["1/0 {\"a\":1}", "3 !malformed_json", "4/0 {\"d\":3}"])]
#[case("{\"a\":1}\n{\"b\":2", &["1/0 {\"a\":1}", "2 !malformed_json"])]
fn a_bad_line_costs_itself_only(#[case] text: &str, #[case] expected: &[&str]) {
    check(text, expected);
}

#[rstest]
#[case("[{\"a\":1},{\"b\":", &["1/0 {\"a\":1}", "!!cut_off"])]
#[case("[{\"a\":1}", &["1/0 {\"a\":1}", "!!cut_off"])]
#[case("{\"entries\":[{\"a\":1}", &["1/1 {\"a\":1}", "!!cut_off"])]
fn a_list_that_is_cut_off_says_so_after_its_items(#[case] text: &str, #[case] expected: &[&str]) {
    check(text, expected);
}

#[test]
fn nesting_without_end_is_an_error_and_no_overflow() {
    assert_eq!(show("[".repeat(10_000).as_bytes()), ["!!too_deep"]);
    assert_eq!(show("{\"data\":".repeat(10_000).as_bytes()), ["!!too_deep"]);
    let deep = format!("[{}0{},{{\"b\":1}}]", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    assert_eq!(show(deep.as_bytes()), ["1 !too_deep", "1/0 {\"b\":1}"]);
}

#[test]
fn an_item_that_is_too_large_costs_itself_only() {
    let text = format!("[{{\"a\":\"{}\"}},{{\"b\":1}}]", "x".repeat(MAX_ITEM_BYTES));
    assert_eq!(show(text.as_bytes()), ["1 !too_large", "1/0 {\"b\":1}"]);
}

#[test]
fn what_is_too_large_beside_the_items_does_not_cost_them() {
    let text = format!("{{\"Activity\":\"{}\",\"entries\":[{{\"b\":1}}]}}", "x".repeat(MAX_ITEM_BYTES));
    assert_eq!(show(text.as_bytes()), ["1/1 {\"b\":1}", "end/0 {}"]);
}
