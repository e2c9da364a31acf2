//! Proves what each JSON format says, on small samples of its shape.

use crate::support::{drain, handle, lines, options};
use compliance::instant::Instant;
use ingest::{FileError, Format, Options};
use rstest::rstest;
use uuid::Uuid;

/// 2026-04-08T10:00:00Z
fn collected() -> Options {
    Options { collected_at: Some(Instant::from_millis(1_775_642_400_000)), ..options() }
}

#[test]
fn yt_dlp_items_take_their_epoch_for_the_capture_instant() {
    assert_eq!(
        lines(include_bytes!("../samples/yt_dlp.json"), &options()),
        [
            "1: profile chef.lena Chef Lena -",
            "1: post 7301540000000000003 chef.lena - 04-01T10:00:00Z knife skills in 30 seconds #cooking",
            "1: stats 7301540000000000003 chef.lena 04-08T10:00:00Z 52100/4100/93/210/640",
        ]
    );
}

#[test]
fn an_entry_of_a_yt_dlp_playlist_takes_from_the_playlist_what_it_does_not_say() {
    assert_eq!(
        lines(include_bytes!("../samples/yt_dlp_playlist.json"), &options()),
        [
            "2: profile chef.lena Chef Lena -",
            "2: post 7301540000000000003 chef.lena - 04-01T10:00:00Z -",
            "2: stats 7301540000000000003 chef.lena 04-08T10:00:00Z 52100/4100/-/-/-",
            "3: !not_an_object -",
            "5: !not_tiktok extractor",
            "4: post 7301540000000000004 chef.lena - 04-02T10:00:00Z -",
            "4: stats 7301540000000000004 chef.lena 04-08T10:01:00Z 11/-/-/-/-",
        ]
    );
}

#[test]
fn display_api_counters_without_a_capture_instant_are_left_out_and_counted() {
    let options = Options { default_creator: Some(handle("tom_outdoors")), ..options() };
    let mut reader = ingest::read(&include_bytes!("../samples/display_video_list.json")[..], &options).unwrap();
    assert_eq!(reader.format(), Some(Format::DisplayApi));
    let (lines, summary) = drain(&mut reader);
    assert_eq!(
        lines,
        [
            "2: post 7301540000000000005 tom_outdoors - 04-01T10:00:00Z Trail day",
            "3: post 7301540000000000006 tom_outdoors - 04-02T10:00:00Z no address",
        ]
    );
    assert_eq!((summary.rows, summary.facts, summary.posts, summary.rejected), (2, 2, 2, 0));
    assert_eq!((summary.counters_without_instant, summary.latest_capture), (8, None));
}

#[test]
fn display_api_counters_take_the_instant_the_importer_gives() {
    assert_eq!(
        lines(include_bytes!("../samples/display_video_list.json"), &collected()),
        [
            "2: post 7301540000000000005 tom_outdoors - 04-01T10:00:00Z Trail day",
            "2: stats 7301540000000000005 tom_outdoors 04-08T10:00:00Z 400/20/2/1/-",
            "3: !missing_field creator",
        ]
    );
    assert_eq!(
        lines(include_bytes!("../samples/display_user_info.json"), &collected()),
        [
            "1: profile tom_outdoors Tom Outdoors https://p16.example.com/a.jpg",
            "1: followers tom_outdoors 04-08T10:00:00Z 1201",
        ]
    );
}

#[test]
fn an_error_answer_of_an_api_is_told_as_such() {
    let Err(FileError::Unrecognised { reason }) =
        ingest::read(&include_bytes!("../samples/display_error.json")[..], &options())
    else {
        panic!("an error answer was read as data")
    };
    assert!(reason.contains("access_token_invalid The access token is invalid"), "{reason}");
}

#[test]
fn research_api_items_name_their_creator_and_count_saves() {
    assert_eq!(
        lines(include_bytes!("../samples/research.json"), &collected()),
        [
            "1: post 7301540000000000007 unbox_ana - 04-01T10:00:00Z unboxing",
            "1: stats 7301540000000000007 unbox_ana 04-08T10:00:00Z 6000/700/80/5/90",
        ]
    );
}

#[test]
fn web_items_prefer_the_exact_numbers_and_tell_carousels() {
    assert_eq!(
        lines(include_bytes!("../samples/web_item_list.json"), &collected()),
        [
            "2: profile style.iris Iris ✨ https://p16.example.com/i.jpg",
            "2: post 7301540000000000008 style.iris video 04-01T10:00:00Z spring haul",
            "2: stats 7301540000000000008 style.iris 04-08T10:00:00Z 1523411/120333/812/951/7044",
            "2: followers style.iris 04-08T10:00:00Z 50000",
            "3: post 7301540000000000009 style.iris photo_carousel 04-02T10:00:00Z -",
            "3: stats 7301540000000000009 style.iris 04-08T11:00:00Z 10/1/0/0/2",
        ]
    );
    assert_eq!(
        lines(include_bytes!("../samples/web_user_info.json"), &collected()),
        ["1: profile style.iris Iris https://p16.example.com/l.jpg", "1: followers style.iris 04-08T10:00:00Z 50100",]
    );
}

#[test]
fn apify_items_carry_profile_post_counters_and_followers() {
    assert_eq!(
        lines(include_bytes!("../samples/apify.json"), &collected()),
        [
            "2: profile max.lifts Max https://p16.example.com/m.jpg",
            "2: post 7301540000000000010 max.lifts video 04-01T10:00:00Z gym day",
            "2: stats 7301540000000000010 max.lifts 04-08T10:00:00Z 555/40/6/4/8",
            "2: followers max.lifts 04-08T10:00:00Z 3200",
            "3: post 7301540000000000011 max.lifts photo_carousel 04-02T10:00:00Z progress",
            "3: stats 7301540000000000011 max.lifts 04-08T10:00:00Z -/1/0/0/-",
            "3: followers max.lifts 04-08T10:00:00Z 3201",
            "3: ~no_value playCount",
        ]
    );
}

#[test]
fn of_a_data_download_only_own_posts_are_read_with_dates_in_utc() {
    let options = Options { default_creator: Some(handle("ana")), ..collected() };
    assert_eq!(
        lines(include_bytes!("../samples/data_download.json"), &options),
        [
            "3: post 7301540000000000012 ana - 04-01T10:00:00Z -",
            "3: stats 7301540000000000012 ana 04-08T10:00:00Z -/12/-/-/-",
            "4: !missing_field Link",
        ]
    );
}

#[test]
fn facts_are_read_as_the_api_takes_them() {
    let options = Options { creator_ids: true, ..options() };
    let expected = [
        "post 7301540000000000013 ana photo_carousel 04-01T10:00:00Z hello included",
        "stats 7301540000000000013 ana 04-08T10:00:00Z 5/4/3/2/-",
        "followers ana 04-08T10:00:00Z 99",
        "collection 019f0000-0000-7000-8000-000000000001 04-08T10:00:00Z",
    ];
    let ndjson = include_str!("../samples/facts.ndjson");
    let numbered: Vec<String> = expected.iter().zip(1..).map(|(fact, line)| format!("{line}: {fact}")).collect();
    assert_eq!(lines(ndjson.as_bytes(), &options), numbered);
    let array = format!("[{}]", ndjson.trim().replace('\n', ","));
    let first: Vec<String> = expected.iter().map(|fact| format!("1: {fact}")).collect();
    assert_eq!(lines(array.as_bytes(), &options), first);
    let ids = ingest::read(ndjson.as_bytes(), &options).unwrap().map(|row| row.unwrap().creator_id);
    let id = Uuid::from_u128(0x019f_0000_0000_7000_8000_0000_0000_0001);
    assert_eq!(ids.collect::<Vec<_>>(), [None, None, None, Some(id)]);
}

#[rstest]
#[case(r#"{"type":"comment","tiktok_handle":"a"}"#, "unknown_type type")]
#[case(r#"{"tiktok_handle":"a"}"#, "missing_field type")]
#[case(r#"{"type":"post","tiktok_video_id":"1","tiktok_handle":"a"}"#, "missing_field published_at")]
#[case(r#"{"type":"post","tiktok_video_id":"1","published_at":1775642400}"#, "missing_field tiktok_handle")]
#[case(r#"{"type":"collection","creator_id":"x","collected_at":1775642400}"#, "unknown_creator creator_id")]
#[case(r#"{"type":"collection","tiktok_handle":"a b","collected_at":1775642400}"#, "invalid_handle tiktok_handle")]
#[case(r#"{"type":"collection","tiktok_handle":"a","collected_at":"2026-04-01"}"#, "invalid_instant collected_at")]
#[case(r#"{"type":"collection","tiktok_handle":"a","collected_at":[]}"#, "wrong_type collected_at")]
#[case(r#"{"type":"creator_stats","tiktok_handle":"a","captured_at":1775642400}"#, "missing_field follower_count")]
#[case(
    r#"{"type":"post_stats","tiktok_video_id":"1","tiktok_handle":"a","captured_at":1775642400,"view_count":1.5}"#,
    "invalid_count view_count"
)]
#[case(
    r#"{"type":"post","tiktok_video_id":"1","tiktok_handle":"a","published_at":1775642400,"kind":"story"}"#,
    "invalid_value kind"
)]
#[case(
    r#"{"type":"post","tiktok_video_id":"1","tiktok_handle":"a","published_at":1775642400,"url":"javascript:1"}"#,
    "invalid_url url"
)]
#[case("{}", "missing_field type")]
#[case("7", "not_an_object -")]
#[case(r#"{"type":"post""#, "malformed_json -")]
#[case(r#"{"type":"post",}"#, "malformed_json -")]
fn a_bad_fact_is_rejected_by_field_and_the_next_goes_in(#[case] bad: &str, #[case] expected: &str) {
    let good = r#"{"type":"collection","tiktok_handle":"a","collected_at":1775642400}"#;
    let options = Options { format: Some(Format::Facts), ..options() };
    assert_eq!(
        lines(format!("{good}\n{bad}\n{good}\n").as_bytes(), &options),
        ["1: collection a 04-08T10:00:00Z", &format!("2: !{expected}"), "3: collection a 04-08T10:00:00Z"]
    );
}

#[test]
fn lines_before_the_break_of_a_truncated_gzip_are_delivered() {
    let line = |n: i32| {
        let (at, count) = (1_775_642_400 + n, n * 7_919 % 100_003);
        format!(r#"{{"type":"creator_stats","tiktok_handle":"a","captured_at":{at},"follower_count":{count}}}"#)
    };
    let text = (0..20_000).map(line).collect::<Vec<_>>().join("\n");
    let whole = crate::support::gzip(text.as_bytes());
    let rows = lines(&whole[..whole.len() / 2], &options());
    let (last, good) = rows.split_last().unwrap();
    assert_eq!(last, "!!truncated_gzip");
    assert!(good.len() > 5_000, "{}", good.len());
    for (n, row) in good.iter().enumerate() {
        assert!(row.ends_with(&format!(" {}", n * 7_919 % 100_003)), "{row}");
    }
}

#[test]
fn an_array_without_items_has_no_rows() {
    assert!(lines(b"[]", &options()).is_empty());
    assert!(lines(br#"{"data":{"videos":[],"has_more":false},"error":{"code":"ok"}}"#, &options()).is_empty());
}

#[rstest]
#[case(b"", "empty")]
#[case(b" \n", "empty")]
#[case(b"\xef\xbb\xbf", "empty")]
#[case(b"<!DOCTYPE html><html>", "html")]
#[case(b"  <html>", "html")]
#[case(b"PK\x03\x04rest", "damaged_workbook")]
#[case(b"\x89PNG\r\n\x1a\n\x00\x00", "not_text")]
#[case(b"p\x00o\x00", "not_text")]
#[case(b"post_id;caf\xe9;views\n1;2;3\n", "wrong_encoding")]
#[case(b"just a sentence", "unrecognised")]
#[case(b"null", "unrecognised")]
#[case(br#"{"some":"object"}"#, "unrecognised")]
#[case(br#"[{"some":"object"},{"other":1}]"#, "unrecognised")]
#[case(b"[1,2,3]", "unrecognised")]
#[case(b"\x1f\x8b\x08", "truncated_gzip")]
#[case(b"[[[[", "cut_off")]
fn a_file_that_is_none_of_ours_says_what_it_is(#[case] bytes: &[u8], #[case] code: &str) {
    let Err(error) = ingest::read(bytes, &options()) else { panic!("it was read") };
    assert_eq!(error.code(), code, "{error}");
}
