//! Tests for finding the items in a stream.

use super::*;
use crate::json::node::Node;
use proptest::collection::vec;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Map, Value};
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
    let mut scanner = Scanner::open(Input::open(reader, None, None).unwrap()).unwrap();
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
#[case("{\n \"a\": {\n  \"b\": [1, 2]\n }\n}\n{\n \"c\": 3\n}", &["1/0 {\"a\":{\n  \"b\": [1, 2]\n }}", "6/0 {\"c\":3}"])]
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

#[rstest]
#[case("{\n\"data\":\n{ }\n}", &["3/1 {}", "end/0 {\"data\":null}"])]
#[case(
    "{\"data\":[\n{\"id\":1},\n{\"id\":2}\n],\"uploader\":\"a\"}\n",
    &["2/1 {\"id\":1}", "3/1 {\"id\":2}", "end/0 {\"data\":null,\"uploader\":\"a\"}"]
)]
fn an_envelope_with_an_item_on_each_line_is_one_document(#[case] text: &str, #[case] expected: &[&str]) {
    check(text, expected);
}

#[test]
fn a_line_break_inside_a_number_does_not_join_its_digits() {
    let [Event::Item { bytes, .. }] = &events(b"{\"stats\":{\"views\":1\n2}}")[..] else { panic!("one item") };
    assert!(Node::parse(bytes).is_err(), "{}", bytes.escape_ascii());
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

/// An event with its value instead of bytes.
#[derive(Debug, PartialEq)]
enum Found {
    Item(usize, Value),
    End(usize, Value),
    Bad(&'static str),
}

/// Returns the events of a text until its end, or until it cannot be read further.
fn events(text: &[u8]) -> Vec<Event> {
    let mut scanner = Scanner::open(Input::open(text, None, None).unwrap()).unwrap();
    let mut events = Vec::new();
    while let Ok(Some(event)) = scanner.next() {
        events.push(event);
        assert!(events.len() <= text.len(), "more events than bytes");
    }
    events
}

fn found(text: &str) -> Vec<Found> {
    let value = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap();
    let found = events(text.as_bytes()).into_iter().map(|event| match event {
        Event::Item { depth, bytes, .. } => Found::Item(depth, value(&bytes)),
        Event::EnvelopeEnd { depth, bytes, .. } => Found::End(depth, value(&bytes)),
        Event::Bad { error, .. } => Found::Bad(error.code),
    });
    found.collect()
}

/// Adds what is to be found in a list or document to `all`.
fn expect(value: &Value, depth: usize, holds_posts: bool, all: &mut Vec<Found>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| expect(value, depth, false, all)),
        Value::Object(members) => {
            let (mut kept, mut is_envelope) = (Map::new(), false);
            for (key, value) in members {
                let mut object = Object::begin(0, 0, holds_posts);
                object.key = format!("\"{key}\"").into_bytes();
                let way_in = match value {
                    Value::Array(_) => object.way_in(b'['),
                    Value::Object(_) => object.way_in(b'{'),
                    _ => None,
                };
                if let Some(holds_posts) = way_in {
                    is_envelope = true;
                    expect(value, depth + 1, holds_posts, all);
                }
                kept.insert(key.clone(), if way_in.is_some() { Value::Null } else { value.clone() });
            }
            let kept = Value::Object(kept);
            all.push(if is_envelope { Found::End(depth, kept) } else { Found::Item(depth, kept) });
        }
        _ => all.push(Found::Bad("not_an_object")),
    }
}

fn key() -> impl Strategy<Value = String> {
    const KNOWN: [&str; 10] =
        ["data", "videos", "entries", "itemList", "Video", "Videos", "Posts", "VideoList", "userInfo", "id"];
    prop_oneof![3 => prop::sample::select(&KNOWN[..]).prop_map(str::to_owned), 1 => any::<String>()]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\[\\]{}\",:\\\\\n ]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let object = vec((key(), inner.clone()), 0..5).prop_map(|members| Value::Object(members.into_iter().collect()));
        prop_oneof![vec(inner, 0..5).prop_map(Value::Array), object]
    })
}

/// Renders a value with a text of `spaces` between any two tokens.
fn render<'s>(value: &Value, spaces: &mut impl Iterator<Item = &'s str>, text: &mut String) {
    let mut space = |text: &mut String| text.push_str(spaces.next().unwrap_or_default());
    space(text);
    match value {
        Value::Array(values) => {
            text.push('[');
            for (place, value) in values.iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "," });
                render(value, spaces, text);
            }
            text.push_str(spaces.next().unwrap_or_default());
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (place, (key, value)) in members.iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "," });
                render(&Value::from(key.as_str()), spaces, text);
                text.push(':');
                render(value, spaces, text);
            }
            text.push_str(spaces.next().unwrap_or_default());
            text.push('}');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
    text.push_str(spaces.next().unwrap_or_default());
}

/// A value and its text, with white space of these kinds between its tokens.
fn document(spaces: &'static [&'static str]) -> impl Strategy<Value = String> {
    (value(), vec(prop::sample::select(spaces), 1..40)).prop_map(|(value, spaces)| {
        let mut text = String::new();
        render(&value, &mut spaces.iter().copied().cycle(), &mut text);
        text
    })
}

const SPACES: [&str; 7] = ["", "", " ", "\n", "\r\n", "\n\t", "\n\n  "];

/// Bytes that mean something are drawn more often. They never form a byte order mark or gzip.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![0x20_u8..0x7f, prop::sample::select(&b"{}[]\",:\n\r\\ 0129-.e\x00\x0c\xc3\xa9\xed"[..])]
}

/// Returns the objects that the parser reads somewhere in the text, each with its line.
fn objects_in(text: &[u8]) -> Vec<(u64, Node)> {
    let begins = (0..text.len()).filter(|place| text[*place] == b'{');
    let read = |place: usize| {
        let mut values = serde_json::Deserializer::from_slice(&text[place..]).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        Node::parse(&text[place..place + values.byte_offset()]).ok()
    };
    let line = |place: usize| 1 + memchr::memchr_iter(b'\n', &text[..place]).count() as u64;
    begins.filter_map(|place| Some((line(place), read(place)?))).collect()
}

/// Checks that each accepted item stands in the text as JSON, on its line, and that a slow reader gets the same.
fn check_accepted(text: &[u8]) {
    let objects = objects_in(text);
    for event in events(text) {
        if let Event::Item { line, bytes, .. } = event
            && let Ok(item) = Node::parse(&bytes)
        {
            assert!(
                objects.contains(&(line, item)),
                "line {line}: {} of {}",
                bytes.escape_ascii(),
                text.escape_ascii()
            );
        }
    }
    assert_eq!(show(text), show(Dripping(text)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn a_document_is_found_whole_however_it_is_spaced(text in document(&SPACES)) {
        let mut expected = Vec::new();
        expect(&serde_json::from_str(&text).unwrap(), 0, false, &mut expected);
        prop_assert_eq!(found(&text), expected, "{}", text);
    }

    #[test]
    fn documents_on_lines_are_found_whole(texts in vec(document(&["", " ", "\t", "\r"]), 0..6)) {
        let mut expected = Vec::new();
        for text in &texts {
            expect(&serde_json::from_str(text).unwrap(), 0, false, &mut expected);
        }
        let text = texts.join("\n");
        prop_assert_eq!(found(&text), expected, "{}", text);
    }

    #[test]
    fn an_item_of_arbitrary_bytes_is_accepted_only_if_the_parser_reads_it_there(bytes in vec(byte(), 0..80)) {
        check_accepted(&bytes);
    }

    #[test]
    fn an_item_of_a_mutated_document_is_accepted_only_if_the_parser_reads_it_there(
        text in document(&SPACES),
        edits in vec((any::<prop::sample::Index>(), byte(), 0_u8..6), 1..6),
    ) {
        let mut bytes = text.into_bytes();
        for (place, byte, edit) in edits {
            let at = place.index(bytes.len() + 1);
            match edit {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => { bytes.remove(at); }
                2 => bytes.truncate(at),
                3 => bytes.insert(at, b'\n'),
                4 => {
                    let copy = bytes[at..(at + 20).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copy);
                }
                _ => bytes.insert(at, byte),
            }
        }
        // Those would be read as UTF-16 or gzip, or be left out.
        prop_assume!(![&b"\xff\xfe"[..], b"\xfe\xff", b"\x1f\x8b", b"\xef\xbb\xbf"].iter().any(|mark| bytes.starts_with(mark)));
        check_accepted(&bytes);
    }
}
