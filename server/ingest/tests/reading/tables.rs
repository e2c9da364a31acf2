//! Proves how tables are read: the columns, the rows, and what is asked when a column is missing.

use crate::support::{drain, gzip, handle, lines, mapped, options};
use compliance::instant::Instant;
use ingest::{Encoding, Field, FileError, Format, Options, Question};
use rstest::rstest;

#[test]
fn mapped_columns_make_posts_whose_date_is_the_local_days_start() {
    let options = mapped(&[("video_no", "post_id"), ("member_id", "creator")]);
    let mut reader = ingest::read(&include_bytes!("../samples/posts_by_member.csv")[..], &options).unwrap();
    let (lines, summary) = drain(&mut reader);
    assert_eq!(
        lines,
        [
            "2: profile mina_park 미나 박 -",
            "2: post 12588860 mina_park - 04-04T15:00:00Z Morning stream, part 1",
            "3: post 12550133 mina_park - 04-02T15:00:00Z 엘든 링 ~",
        ]
    );
    assert_eq!((summary.counters_without_instant, summary.rejected), (2, 0));
    assert_eq!(summary.handles.into_iter().next(), Some(handle("mina_park")));
}

#[test]
fn a_date_in_a_table_of_followers_is_the_day_they_were_read() {
    let options = mapped(&[("Member ID", "creator")]);
    let mut reader = ingest::read(&include_bytes!("../samples/followers_by_member.csv")[..], &options).unwrap();
    let (lines, summary) = drain(&mut reader);
    assert_eq!(
        lines,
        [
            "2: profile mina_park 미나 박 -",
            "2: followers mina_park 04-14T15:00:00Z 237400",
            "3: followers mina_park 04-15T15:00:00Z 237451",
        ]
    );
    assert_eq!(summary.latest_capture, Some(Instant::from_millis(1_776_265_200_000)));
}

#[test]
fn snapshots_need_no_creator_and_may_be_gzipped() {
    let expected =
        ["2: stats 12588860 - 04-15T04:17:03Z 4833/-/-/-/-", "3: stats 12550133 - 04-15T04:17:03Z 2203/17/-/-/-"];
    assert_eq!(lines(include_bytes!("../samples/snapshots.csv"), &options()), expected);
    assert_eq!(lines(&gzip(include_bytes!("../samples/snapshots.csv")), &options()), expected);
}

#[test]
fn handle_id_and_kind_may_come_out_of_the_address() {
    assert_eq!(
        lines(include_bytes!("../samples/scraper_report.csv"), &options()),
        [
            "2: post 7301540000000000001 bright.bakes - 04-01T09:30:00Z -",
            "2: stats 7301540000000000001 bright.bakes 04-08T00:00:00Z 15400/1203/45/88/301",
            "2: followers bright.bakes 04-08T00:00:00Z 88012",
            "3: post 7301540000000000002 bright.bakes photo_carousel 04-01T15:00:00Z -",
            "3: stats 7301540000000000002 bright.bakes 04-08T00:00:00Z 900/77/5/3/-",
            "3: followers bright.bakes 04-08T00:00:00Z 88012",
        ]
    );
}

#[test]
fn a_table_that_never_names_a_creator_takes_the_importers() {
    let bytes = include_bytes!("../samples/generic.csv");
    let Err(FileError::UnknownColumns(preview)) = ingest::read(&bytes[..], &options()) else { panic!("it was read") };
    assert!(preview.problem.unwrap().contains("whose posts"));
    assert_eq!(
        lines(bytes, &Options { default_creator: Some(handle("kim")), ..options() }),
        [
            "2: post v_1 kim - 04-01T10:00:00Z First; the best",
            "2: stats v_1 kim 04-02T10:00:00Z 100/10/1/-/-",
            "3: post v_2 kim - 04-03T08:00:00Z Second",
            "3: collection kim 04-04T10:00:00Z",
        ]
    );
}

#[test]
fn a_table_whose_columns_are_unknown_comes_back_with_proposals() {
    let table =
        "video_no,when,member_id,seen\n12588860,2026-04-05 10:00,mina_park,17\n12550133,2026-04-06 10:00,bo,18\n";
    let preview = ingest::survey(table.as_bytes(), &options()).unwrap().preview;
    assert_eq!(preview.format, Some(Format::Csv));
    let columns: Vec<_> = preview.columns.iter().map(|c| (c.header.as_str(), c.field, c.suggestion)).collect();
    assert_eq!(
        columns,
        [
            ("video_no", None, Some(Field::PostId)),
            ("when", None, Some(Field::PublishedAt)),
            ("member_id", None, Some(Field::Creator)),
            ("seen", None, None),
        ]
    );
    assert_eq!(preview.rows[1], ["12550133", "2026-04-06 10:00", "bo", "18"]);
    assert_eq!(
        preview.problem.as_deref(),
        Some(
            "No column was recognised as naming a post or a creator. Name the column, or the creator of the whole file."
        )
    );
}

#[test]
fn columns_that_are_left_out_are_named() {
    let options = mapped(&[("video_no", "post_id"), ("member_id", "creator"), ("category", "ignore")]);
    let preview = ingest::survey(&include_bytes!("../samples/posts_by_member.csv")[..], &options).unwrap().preview;
    assert_eq!(preview.problem, None);
    assert_eq!(preview.left_out().collect::<Vec<_>>(), ["duration_min"]);
    assert_eq!(preview.columns[1].field, Some(Field::PublishedAt));
}

#[rstest]
#[case("post_id,views\n1,2\n", "No column says when the numbers were read")]
#[case("handle,followers\na,2\n", "No column says when the numbers were read")]
#[case("post_id,handle\n1,a\n", "none that counts views")]
#[case("handle,rank\na,5\n", "says anything about them")]
#[case("handle,captured_at,views\na,2026-04-05,5\n", "names a post")]
#[case("time_utc,views\n2026-04-05,3\n", "naming a post or a creator")]
fn a_table_says_which_column_is_missing(#[case] table: &str, #[case] problem: &str) {
    let Err(FileError::UnknownColumns(preview)) = ingest::read(table.as_bytes(), &options()) else {
        panic!("it was read")
    };
    let said = preview.problem.unwrap();
    assert!(said.contains(problem), "{said}");
}

#[rstest]
#[case("5,2026-02-30,a", "invalid_instant Date Posted")]
#[case("5,0000-00-00,a", "implausible_instant Date Posted")]
#[case("5,9999-12-31,a", "implausible_instant Date Posted")]
#[case("5,,a", "missing_field Date Posted")]
#[case("5,2026-04-01,not a handle", "invalid_handle Account")]
#[case("5,2026-04-01,", "missing_field Account")]
#[case("5,2026-04-01", "missing_field id")]
#[case("5,2026-04-01,a,extra", "wrong_width -")]
#[case("5,\"2026-04-01,a", "broken_quote -")]
fn a_bad_row_names_its_column_and_the_next_goes_in(#[case] bad: &str, #[case] expected: &str) {
    let table = format!("Views,Date Posted,Account,id\n1,2026-04-01,a,1\n{bad},2\n3,2026-04-01,a,3\n");
    assert_eq!(
        lines(table.as_bytes(), &options()),
        ["2: post 1 a - 03-31T15:00:00Z -", &format!("3: !{expected}"), "4: post 3 a - 03-31T15:00:00Z -"]
    );
}

#[test]
fn a_quoted_row_beyond_the_largest_is_refused_for_its_size() {
    let table = format!("post_id,handle,posted,title\n1,mia,2026-08-17,\"{}\"\n", "x".repeat(2 << 20));
    let mut reader = ingest::read(table.as_bytes(), &options()).unwrap();
    let error = reader.next().unwrap().unwrap().outcome.unwrap_err();
    assert_eq!(error.code, "broken_quote");
    assert!(error.reason.contains("in the next 1024 KiB, the most that a row may have"), "{}", error.reason);
}

#[test]
fn a_row_that_is_not_utf8_costs_itself_only() {
    let table = b"post_id,captured_at,views,title\n1,2026-04-01,5,caf\xe9\n2,2026-04-01,6,ok\n";
    assert_eq!(lines(table, &options()), ["2: !not_utf8 -", "3: stats 2 - 03-31T15:00:00Z 6/-/-/-/-"]);
}

/// A table as an older Windows program writes it.
const WINDOWS: &[u8] = b"handle;post_id;posted;captured_at;views;title\n\
    mia;1;2026-11-16 09:00;2026-11-18 10:00;5;caf\xe9, hei\xdf, 3 \x80\n";

#[test]
fn a_table_of_an_older_windows_program_is_read_once_its_encoding_is_said() {
    let said = Options { encoding: Some(Encoding::Windows1252), ..options() };
    assert_eq!(
        lines(WINDOWS, &said),
        ["2: post 1 mia - 11-16T00:00:00Z café, heiß, 3 €", "2: stats 1 mia 11-18T01:00:00Z 5/-/-/-/-"]
    );
    assert_eq!(lines(&gzip(WINDOWS), &said).len(), 2);
    // The header may be what is not UTF-8.
    let german = b"handle;Ver\xf6ffentlicht am;post_id;Gef\xe4llt mir\nmia;2026-11-16 09:00;1;5\n";
    let said = Options { collected_at: Some(Instant::from_millis(1_794_996_000_000)), ..said };
    let expected = ["2: post 1 mia - 11-16T00:00:00Z -", "2: stats 1 mia 11-18T10:00:00Z -/5/-/-/-"];
    assert_eq!(lines(german, &said), expected);
    let Err(error) = ingest::read(&german[..], &options()) else { panic!("it was read") };
    assert!(matches!(error, FileError::WrongEncoding));
    assert!(error.to_string().contains("--encoding windows-1252"));
}

#[test]
fn the_encoding_is_asked_for_until_it_is_said() {
    let header = b"handle;Ver\xf6ffentlicht;post_id;views\nmia;2026-11-16 09:00;1;5\n";
    let said = Options { encoding: Some(Encoding::Windows1252), ..options() };
    for file in [WINDOWS, header] {
        assert!(ingest::survey(file, &options()).unwrap().questions.contains(&Question::Encoding));
        assert!(!ingest::survey(file, &said).unwrap().questions.contains(&Question::Encoding));
    }
}

#[test]
fn tabs_in_utf16_are_read_as_spreadsheets_write_unicode_text() {
    let table = "handle\tdate\tfollowers\r\nana\t2026-04-01\t7\r\n";
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(lines(&bytes, &options()), ["2: followers ana 03-31T15:00:00Z 7"]);
}

#[test]
fn a_column_that_says_utc_is_utc() {
    let table = "handle,time_utc,followers\nana,2026-04-01 00:00:00,7\n";
    assert_eq!(lines(table.as_bytes(), &options()), ["2: followers ana 04-01T00:00:00Z 7"]);
}

#[test]
fn the_mapping_wins_over_recognised_names() {
    let table = "id,video,captured_at,views,plays\n1,9,2026-04-01T00:00:00Z,5,6\n";
    let options = mapped(&[("video", "post_id"), ("plays", "views")]);
    assert_eq!(lines(table.as_bytes(), &options), ["2: stats 9 - 04-01T00:00:00Z 6/-/-/-/-"]);
}

#[test]
fn a_missing_capture_in_a_table_that_has_them_is_not_made_up() {
    let table = "post_id,captured_at,views\n1,,5\n2,2026-04-01T00:00:00Z,6\n";
    let options = Options { collected_at: Some(Instant::from_millis(1_775_642_400_000)), ..options() };
    let (lines, summary) = drain(&mut ingest::read(table.as_bytes(), &options).unwrap());
    assert_eq!(lines, ["3: stats 2 - 04-01T00:00:00Z 6/-/-/-/-"]);
    assert_eq!((summary.rows, summary.counters_without_instant), (2, 1));
}

#[test]
fn rows_before_the_break_of_a_truncated_gzip_are_delivered() {
    let rows = (0..20_000).map(|n| format!("{n},2026-04-01T00:00:00Z,{}\n", n * 7_919 % 100_003));
    let table: String = std::iter::once("post_id,captured_at,views\n".to_owned()).chain(rows).collect();
    let whole = gzip(table.as_bytes());
    let rows = lines(&whole[..whole.len() / 2], &options());
    let (last, good) = rows.split_last().unwrap();
    assert_eq!(last, "!!truncated_gzip");
    assert!(good.len() > 5_000, "{}", good.len());
    // The row in which the break falls must not be delivered with half a number.
    for (n, row) in good.iter().enumerate() {
        assert!(row.ends_with(&format!(" {}/-/-/-/-", n * 7_919 % 100_003)), "{row}");
    }
}

#[test]
fn a_header_without_rows_has_no_rows() {
    assert!(lines(b"post_id,captured_at,views\n", &options()).is_empty());
}
