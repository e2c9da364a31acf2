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
    &["1: followers mia 11-16T09:00:00Z 1000", "2: !malformed_json -", "3: followers mia 11-17T09:00:00Z 1010"]
)]
#[case::a_fraction_is_no_count(
    r#"[{"handle":"mia","post_id":"7571000000000123401","posted":"2026-11-16T09:00:00Z","captured_at":"2026-11-18T10:00:00Z","views":1.234}]"#,
    &["1: post 7571000000000123401 mia - 11-16T09:00:00Z -", "1: collection mia 11-18T10:00:00Z", "1: ~invalid_count views"]
)]
#[case::errors_among_the_items(
    r#"[{"url":"https://www.tiktok.com/@noa","error":"dead_page"},
        {"url":"https://www.tiktok.com/@mia/video/7571000000000123401","posted":"2026-11-16T09:00:00Z"}]"#,
    &["1: !source_error error", "2: post 7571000000000123401 mia - 11-16T09:00:00Z -"]
)]
#[case::captions_called_message(
    r#"[{"handle":"mia","post_id":"7571000000000123401","posted":"2026-11-16T09:00:00Z","message":"Total glücklich"}]"#,
    &["1: post 7571000000000123401 mia - 11-16T09:00:00Z -"]
)]
#[case::an_answer_that_tells_an_error(
    r#"{"results":[{"handle":"mia","followers":1000,"date":"2026-11-16T09:00:00Z"}],"error":{"code":"rate_limit","message":"Slow down."}}"#,
    &["1: followers mia 11-16T09:00:00Z 1000", "1: !api_error error"]
)]
#[case::an_item_without_any_of_the_fields(
    "{\"handle\":\"mia\",\"followers\":1000,\"date\":\"2026-11-16T09:00:00Z\"}\n{\"handle\":null,\"tags\":[\"a\"]}\n",
    &["1: followers mia 11-16T09:00:00Z 1000", "2: !unrecognised_item -"]
)]
#[case::the_hour_beside_the_date_of_the_publication(
    r#"[{"id":"7571000000000123401","uploader":"mia","upload_date":"20261116","timestamp":1794819600,"views":5}]"#,
    &["1: post 7571000000000123401 mia - 11-15T15:00:00Z -"]
)]
#[case::sums_and_what_is_true_or_false(
    r#"[{"handle":"mia","followers":1000,"date":"2026-11-16T09:00:00Z"},{"handle":"Total","followers":1000},{"handle":false,"followers":5}]"#,
    &["1: followers mia 11-16T09:00:00Z 1000", "1: !missing_field handle"]
)]
#[case::flat_items_with_names_of_known_formats(
    "{\"handle\":\"mia\",\"post_id\":\"7571000000000123401\",\"create_time\":\"2026-11-16T09:00:00Z\",\"views\":5}\n\
     {\"handle\":\"mia\",\"post_id\":\"7571000000000123402\",\"create_time\":\"2026-11-16T09:00:00Z\",\"views\":6}\n",
    &["1: post 7571000000000123401 mia - 11-16T09:00:00Z -", "2: post 7571000000000123402 mia - 11-16T09:00:00Z -"]
)]
#[case::a_field_error_without_an_error(
    r#"[{"handle":"mia","followers":1000,"date":"2026-11-16T09:00:00Z","error":"N/A"}]"#,
    &["1: followers mia 11-16T09:00:00Z 1000"]
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

#[test]
fn a_long_list_is_mapped_too_and_an_item_of_a_known_format_late_in_it_is_refused() {
    let item = |place: u64| {
        let note = "x".repeat(100);
        format!(
            r#"{{"nr":"{}","wer":"mia","wann":"2026-11-16T09:00:00Z","notiz":"{note}"}}"#,
            7_571_000_000_000_123_401 + place
        )
    };
    let known = r#"{"id":"7571000000000123400","createTime":1794819600,"author":{"uniqueId":"mia"}}"#.to_owned();
    let items: Vec<String> = (0..1_000).map(item).chain([known]).collect();
    let text = format!("[{}]", items.join(",\n"));
    assert!(matches!(ingest::read(text.as_bytes(), &options()), Err(FileError::UnknownColumns(_))));
    let fields = [("Nr", Field::PostId), ("wer", Field::Creator), ("wann", Field::PublishedAt)];
    let mut options = options();
    options.mapping = fields.iter().map(|(column, field)| ((*column).to_owned(), *field)).collect();
    let rows: Vec<_> =
        ingest::read(text.as_bytes(), &options).expect("its columns are mapped").map(Result::unwrap).collect();
    assert_eq!(rows.iter().filter(|row| row.outcome.is_ok()).count(), 1_000);
    let refused = rows.last().unwrap();
    assert_eq!((refused.line, refused.outcome.as_ref().unwrap_err().code), (1_001, "unrecognised_item"));
}

#[test]
fn a_mapped_field_may_first_occur_late() {
    let item = |place: u64, more: &str| {
        let (id, note) = (7_571_000_000_000_123_401 + place, "x".repeat(100));
        format!(r#"{{"handle":"mia","post_id":"{id}","posted":"2026-11-16T09:00:00Z","note":"{note}"{more}}}"#)
    };
    let last = item(1_001, r#","views":5,"captured_at":"2026-11-18T10:00:00Z""#);
    let text = (0..1_000).map(|place| item(place, "")).chain([last]).collect::<Vec<_>>().join("\n");
    let mut options = options();
    options.mapping = vec![("views".to_owned(), Field::Views), ("captured_at".to_owned(), Field::CapturedAt)];
    let read = lines(text.as_bytes(), &options);
    assert_eq!(read.last().unwrap(), "1001: stats 7571000000000124402 mia 11-18T10:00:00Z 5/-/-/-/-");
}

#[test]
fn long_names_of_fields_take_no_memory() {
    let fields: Vec<String> = (0..2_000).map(|place| format!(r#""f{place}":1"#)).collect();
    let json = format!(
        r#"[{{"handle":"mia","followers":5,"date":"2026-11-16T09:00:00Z","{}":{{{}}}}}]"#,
        "k".repeat(30_000),
        fields.join(",")
    );
    let mut reader = ingest::read(json.as_bytes(), &options()).expect("a table");
    assert_eq!(reader.by_ref().count(), 1);
    assert!(reader.unused().iter().all(|name| name.len() < 100));
}

#[test]
fn what_stands_beside_a_list_and_lists_in_items_are_told() {
    let json = r#"{"handle":"mia","followers":1000,"posts":[{"post_id":"7571000000000123401","username":"mia",
        "posted":"2026-11-16T09:00:00Z","tags":["a"]}]}"#;
    let mut reader = ingest::read(json.as_bytes(), &options()).expect("a table");
    assert_eq!(reader.by_ref().filter(|row| row.as_ref().is_ok_and(|row| row.outcome.is_ok())).count(), 1);
    assert_eq!(reader.unused(), ["tags", "handle", "followers"]);
}

#[test]
fn an_item_longer_than_a_row_of_a_text_is_read() {
    let item = |id: u64, text: &str| {
        format!(r#"{{"handle":"mia","post_id":"{id}","posted":"2026-11-16T09:00:00Z","text":"{text}"}}"#)
    };
    let long = item(7_571_000_000_000_123_402, &"'xé".repeat(300_000));
    let json = format!("[{},\n{long}]", item(7_571_000_000_000_123_401, "x"));
    let read = lines(json.as_bytes(), &options());
    assert_eq!(read[0], "1: post 7571000000000123401 mia - 11-16T09:00:00Z x");
    assert!(
        read.len() == 2 && read[1].starts_with("2: post 7571000000000123402 mia - 11-16T09:00:00Z 'xé"),
        "{}",
        read[1]
    );
}

#[rstest]
#[case::a_settings_file(r#"{"name":"x","version":"1.0.0","scripts":{"a":"b"}}"#)]
#[case::nothing_but_texts(r#"["a","b"]"#)]
fn json_without_rows_is_no_table(#[case] json: &str) {
    assert!(matches!(ingest::read(json.as_bytes(), &options()), Err(FileError::Unrecognised { .. })));
}
