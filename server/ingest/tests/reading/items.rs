//! Tests with JSON in no known format: lists that databases and workflows write are read as tables.

use crate::support::{lines, options};
use ingest::{Field, FileError, Format};
use rstest::rstest;

#[rstest]
#[case::a_list_of_flat_objects(
    r#"[{"handle":"mia","video_id":"7571000000000123401","published":"2026-11-16T09:00:00Z","views":500,"likes":12.0,
         "scraped_at":"2026-11-18T10:00:00Z","tags":["a"]},
        {"handle":"mia","video_id":"7571000000000123402","published":"2026-11-17T09:00:00Z","views":"1,200","likes":null,
         "scraped_at":"2026-11-18T10:00:00Z"}]"#,
    &["1: post 7571000000000123401 mia - 11-16T09:00:00Z -", "1: stats 7571000000000123401 mia 11-18T10:00:00Z 500/12/-/-/-",
      "3: post 7571000000000123402 mia - 11-17T09:00:00Z -", "3: stats 7571000000000123402 mia 11-18T10:00:00Z 1200/-/-/-/-"]
)]
#[case::records_of_a_database(
    r#"{"records":[
      {"id":"rec1","createdTime":"2026-11-01T00:00:00Z","fields":{"Handle":"mia","Post link":"https://www.tiktok.com/@mia/video/7571000000000123401","Posted":"2026-11-16T09:00:00Z"}},
      {"id":"rec2","createdTime":"2026-11-01T00:00:00Z","fields":{"Handle":"noa","Post link":"https://www.tiktok.com/@noa/video/7571000000000123402","Posted":"2026-11-17T09:00:00Z"}}
    ],"offset":"itr1"}"#,
    &["2: post 7571000000000123401 mia - 11-16T09:00:00Z -", "3: post 7571000000000123402 noa - 11-17T09:00:00Z -"]
)]
#[case::items_of_a_workflow(
    r#"[{"json":{"handle":"mia","post":{"id":"7571000000000123401"},"posted":"2026-11-16T09:00:00Z"},"pairedItem":{"item":0}}]"#,
    &["1: post 7571000000000123401 mia - 11-16T09:00:00Z -"]
)]
#[case::lines_of_a_log(
    "{\"handle\":\"mia\",\"followers\":1000,\"date\":\"2026-11-16T09:00:00Z\"}\n{\"handle\":\"mia\", broken\n\
     {\"handle\":\"mia\",\"followers\":1010,\"date\":\"2026-11-17T09:00:00Z\"}\n",
    &["2: !malformed_json -", "1: followers mia 11-16T09:00:00Z 1000", "3: followers mia 11-17T09:00:00Z 1010"]
)]
#[case::a_fraction_is_no_count(
    r#"[{"handle":"mia","post_id":"7571000000000123401","posted":"2026-11-16T09:00:00Z","captured_at":"2026-11-18T10:00:00Z","views":1.234}]"#,
    &["1: post 7571000000000123401 mia - 11-16T09:00:00Z -", "1: collection mia 11-18T10:00:00Z", "1: ~invalid_count views"]
)]
#[case::ids_that_lost_digits(
    r#"[{"handle":"mia","post_id":7571000000000120000,"posted":"2026-11-16T09:00:00Z"}]"#,
    &["1: !invalid_post_id post_id"]
)]
fn a_list_of_items_in_no_known_format_is_a_table(#[case] json: &str, #[case] expected: &[&str]) {
    assert_eq!(lines(json.as_bytes(), &options()), expected);
}

#[test]
fn a_post_of_a_data_seller_has_its_views() {
    let json = r#"[{"url":"https://www.tiktok.com/@mia/video/7571000000000123401","post_id":"7571000000000123401",
        "create_time":"2026-11-16T09:00:00.000Z","digg_count":"46","share_count":"3","collect_count":"4","comment_count":5,
        "play_count":600,"profile_username":"mia","profile_followers":1000,"timestamp":"2026-11-18T09:00:00.000Z"}]"#;
    let read = lines(json.as_bytes(), &options());
    assert!(read.iter().any(|line| line.ends_with("600/46/5/3/4")), "{read:?}");
}

#[test]
fn columns_that_say_nothing_are_mapped_like_those_of_a_table() {
    let json = r#"[{"nr":"7571000000000123401","wer":"mia","wann":"2026-11-16T09:00:00Z"},
        {"nr":"7571000000000123402","wer":"mia","wann":"2026-11-17T09:00:00Z","zahl":7}]"#;
    let Err(FileError::UnknownColumns(preview)) = ingest::read(json.as_bytes(), &options()) else {
        panic!("it was read");
    };
    let headers: Vec<&str> = preview.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["nr", "wer", "wann", "zahl"]);
    let fields = [("nr", Field::PostId), ("wer", Field::Creator), ("wann", Field::PublishedAt)];
    let mut options = options();
    options.mapping = fields.iter().map(|(column, field)| ((*column).to_owned(), *field)).collect();
    let mut reader = ingest::read(json.as_bytes(), &options).expect("its columns are mapped");
    assert_eq!(reader.format(), Some(Format::Csv));
    assert_eq!(reader.by_ref().filter(|row| row.as_ref().is_ok_and(|row| row.outcome.is_ok())).count(), 2);
    assert_eq!(reader.unused(), ["zahl"]);
}

#[test]
fn a_field_that_first_occurs_late_is_told_as_unused() {
    let item = |place: u64, more: &str| {
        format!(
            r#"{{"handle":"mia","post_id":"{}","posted":"2026-11-16T09:00:00Z","note":"{}"{more}}}"#,
            7_571_000_000_000_123_401_u64 + place,
            "x".repeat(100)
        )
    };
    let items: Vec<String> = (0..1_000).map(|place| item(place, "")).chain([item(1_001, r#","late":5"#)]).collect();
    let text = items.join("\n");
    let mut reader = ingest::read(text.as_bytes(), &options()).expect("a table");
    assert_eq!(reader.by_ref().filter(|row| row.as_ref().is_ok_and(|row| row.outcome.is_ok())).count(), 1_001);
    assert_eq!(reader.unused(), ["note", "late"]);
}

#[rstest]
#[case::a_settings_file(r#"{"name":"x","version":"1.0.0","scripts":{"a":"b"}}"#)]
#[case::nothing_but_texts(r#"["a","b"]"#)]
fn json_without_rows_is_no_table(#[case] json: &str) {
    assert!(matches!(ingest::read(json.as_bytes(), &options()), Err(FileError::Unrecognised { .. })));
}
