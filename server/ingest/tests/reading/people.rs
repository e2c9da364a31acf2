//! Files as people have them: what spreadsheets, scrapers and TikTok's own exports do to them.

use crate::support::{drain, lines, options};
use compliance::calendar::Zone;
use compliance::fact::Handle;
use compliance::instant::Instant;
use ingest::{DateOrder, Decimal, Field, FileError, Options};
use rstest::rstest;
use std::fmt::Write;
use std::io::Cursor;

/// 2026-11-18T10:00:00Z
const COLLECTED: i64 = 1_794_996_000_000;

fn utc() -> Options {
    Options::new(Zone::UTC)
}

fn of_mia() -> Options {
    let default_creator = Some(Handle::parse("mia").expect("a handle"));
    Options { default_creator, collected_at: Some(Instant::from_millis(COLLECTED)), ..utc() }
}

#[track_caller]
fn check(file: &str, options: &Options, expected: &[&str]) {
    assert_eq!(lines(file.as_bytes(), options), expected);
}

#[test]
fn the_address_wins_over_an_id_that_has_lost_digits() {
    let table = "id,handle,post_url,captured_at,views\n\
        7571000000000120000,mia,https://www.tiktok.com/@mia/video/7571000000000123401,2026-11-17T12:00:00Z,500\n\
        7571000000000123000,mia,https://www.tiktok.com/@mia/video/7571000000000123401,2026-11-17T13:00:00Z,501\n\
        7.571E+18,mia,www.tiktok.com/@mia/video/7571000000000123401,2026-11-17T14:00:00Z,502\n\
        1,mia,tiktok.com/@mia/video/7571000000000123401,2026-11-17T15:00:00Z,503\n\
        N/A,mia,m.tiktok.com/v/7571000000000123401.html,2026-11-17T16:00:00Z,504\n";
    check(
        table,
        &utc(),
        &[
            "2: stats 7571000000000123401 mia 11-17T12:00:00Z 500/-/-/-/-",
            "2: ~rounded_id id",
            "3: stats 7571000000000123401 mia 11-17T13:00:00Z 501/-/-/-/-",
            "3: ~rounded_id id",
            "4: stats 7571000000000123401 mia 11-17T14:00:00Z 502/-/-/-/-",
            "4: ~rounded_id id",
            "5: stats 7571000000000123401 mia 11-17T15:00:00Z 503/-/-/-/-",
            "5: ~other_id id",
            "6: stats 7571000000000123401 mia 11-17T16:00:00Z 504/-/-/-/-",
        ],
    );
}

#[test]
fn a_row_that_names_two_posts_is_refused_naming_both() {
    let table = "id,post_url,captured_at,views\n\
        7571000000000123402,https://www.tiktok.com/@mia/video/7571000000000123401,2026-11-17T12:00:00Z,500\n";
    let mut rows = ingest::read(table.as_bytes(), &utc()).unwrap();
    let error = rows.next().unwrap().unwrap().outcome.unwrap_err();
    assert_eq!(error.code, "two_posts");
    assert!(error.reason.contains("7571000000000123402") && error.reason.contains("7571000000000123401"));
}

#[test]
fn numbers_of_json_that_have_lost_digits_are_mended_by_the_address_or_refused() {
    let item = |id: &str, rest: &str| {
        format!(
            r#"{{"id":{id},"createTimeISO":"2026-11-16T09:00:00Z","authorMeta":{{"name":"mia"}},"playCount":500,"scrapedAt":"2026-11-17T12:00:00Z"{rest}}}"#
        )
    };
    let address = r#","webVideoUrl":"https://www.tiktok.com/@mia/video/7571000000000123401""#;
    for id in ["7571000000000123000", "7.571000000000123e18", "\"7571000000000120000\""] {
        let read = lines(item(id, address).as_bytes(), &utc());
        assert!(read[0].starts_with("1: post 7571000000000123401 mia"), "{id}: {read:?}");
        assert_eq!(read[2], "1: ~rounded_id id", "{id}");
    }
    for id in ["7571000000000123000", "7.571000000000123e18"] {
        check(&item(id, ""), &utc(), &["1: !invalid_post_id id"]);
    }
    let read = lines(item("7571000000000123401", "").as_bytes(), &utc());
    assert!(read[0].starts_with("1: post 7571000000000123401 mia"), "{read:?}");
}

#[test]
fn one_id_in_a_thousand_ends_in_zeros_by_chance() {
    let row = |n: u64| format!("{},mia,2026-11-17T12:00:00Z,1\n", 7_571_000_000_000_123_401 + n * 7);
    let table: String = std::iter::once("id,handle,captured_at,views\n".to_owned()).chain((0..200).map(row)).collect();
    let with_zeros = format!("{table}7571000000000200000,mia,2026-11-17T12:00:00Z,1\n");
    assert!(lines(with_zeros.as_bytes(), &utc()).iter().all(|line| !line.contains('!')));
    // A file whose ids all end in zeros is a rounded one, from its first row on.
    let rounded = "id,handle,captured_at,views\n7571000000000120000,mia,2026-11-17T12:00:00Z,1\n\
        7571000000000980000,mia,2026-11-17T12:00:00Z,2\n";
    check(rounded, &utc(), &["2: !invalid_post_id id", "3: !invalid_post_id id"]);
}

#[test]
fn a_short_link_is_named_as_one() {
    let table = "handle,link,captured_at,views\nmia,https://vm.tiktok.com/ZMabc/,2026-11-17T12:00:00Z,1\n";
    check(table, &utc(), &["2: !short_link link"]);
}

#[test]
fn an_unusable_counter_never_costs_the_post() {
    let values = ["NA", "NaN", "N/A", "--", "None", "#N/A", "-", "", "-1", "1.2K", "12,5", "abc", "99999999999999"];
    let mut table = "handle,post_id,posted,captured_at,views,saves\n".to_owned();
    for (number, value) in values.iter().enumerate() {
        let id = 301 + number;
        writeln!(table, "mia,{id},2026-11-16T09:00:00Z,2026-11-18T10:00:00Z,500,\"{value}\"").unwrap();
    }
    let (read, summary) = drain(&mut ingest::read(table.as_bytes(), &utc()).unwrap());
    assert_eq!((summary.posts, summary.rejected), (13, 0), "{read:?}");
    assert_eq!(read.iter().filter(|line| line.contains(" 500/-/-/-/-")).count(), 13, "{read:?}");
    assert_eq!(read.iter().filter(|line| line.contains("~no_value saves")).count(), 8, "{read:?}");
    assert_eq!(read.iter().filter(|line| line.contains("~invalid_count saves")).count(), 4, "{read:?}");
}

#[test]
fn bare_words_and_minus_one_in_json_are_unknown() {
    let item = |count: &str| {
        format!(
            r#"{{"id":"321","createTimeISO":"2026-11-16T09:00:00Z","authorMeta":{{"name":"mia"}},"playCount":500,"diggCount":5,"collectCount":{count},"scrapedAt":"2026-11-18T10:00:00Z"}}"#
        )
    };
    for (count, read, left_out) in [
        ("NaN", "500/5/-/-/-", None),
        ("null", "500/5/-/-/-", None),
        ("2.0", "500/5/-/-/2", None),
        ("-1", "500/5/-/-/-", Some("1: ~no_value collectCount")),
        ("\"1,204\"", "500/5/-/-/1204", None),
        ("[]", "500/5/-/-/-", Some("1: ~wrong_type collectCount")),
    ] {
        let stats = format!("1: stats 321 mia 11-18T10:00:00Z {read}");
        let mut expected = vec!["1: post 321 mia - 11-16T09:00:00Z -", &stats];
        expected.extend(left_out);
        check(&item(count), &utc(), &expected);
    }
}

#[test]
fn separators_of_thousands_are_read_where_they_have_one_meaning() {
    let table = "handle;post_id;captured_at;views;likes\n\
        mia;1;2026-11-18T10:00:00Z;1.234.567;12\u{a0}400\nmia;2;2026-11-18T10:00:00Z;1.234;1'204\n";
    // The first row proves what the point means in the second.
    check(
        table,
        &utc(),
        &["2: stats 1 mia 11-18T10:00:00Z 1234567/12400/-/-/-", "3: stats 2 mia 11-18T10:00:00Z 1234/1204/-/-/-"],
    );
    let open = "handle;post_id;captured_at;views\nmia;2;2026-11-18T10:00:00Z;1.234\n";
    check(open, &utc(), &["2: !invalid_count views"]);
    let said = Options { decimal: Some(Decimal::Comma), ..utc() };
    check(open, &said, &["2: stats 2 mia 11-18T10:00:00Z 1234/-/-/-/-"]);
}

const ROW: &str = "mia,601,2026-11-16T09:00:00Z,2026-11-18T10:00:00Z,500";

#[rstest]
#[case("sep=;\nHEADER;\nROW;\n", 3)]
#[case("sep=,\r\nHEADER\r\nROW\r\n", 3)]
#[case("Weekly creator report,,,,\nExported 18 Nov 2026,,,,\n,,,,\nHEADER\nROW\n,,,,\n,,,,\n", 5)]
#[case("\n\nHEADER|\nROW|\n", 4)]
#[case("HEADER,likes,comments\nROW\n", 2)]
#[case("HEADER\n\u{ff20}mia\u{200b},'601,=\"2026-11-16T09:00:00Z\",\u{200e}2026-11-18T10:00:00Z,500\n", 2)]
fn what_a_spreadsheet_adds_to_a_table_is_no_row(#[case] table: &str, #[case] line: u64) {
    let table = table.replace("HEADER", "handle,post_id,posted,captured_at,views").replace("ROW", ROW);
    let table = match table.find([';', '|']) {
        Some(at) => table.replace(',', &table[at..=at]),
        None => table,
    };
    let expected = [
        format!("{line}: post 601 mia - 11-16T09:00:00Z -"),
        format!("{line}: stats 601 mia 11-18T10:00:00Z 500/-/-/-/-"),
    ];
    let (read, summary) = drain(&mut ingest::read(table.as_bytes(), &utc()).unwrap());
    assert_eq!(read, expected);
    assert_eq!((summary.rows, summary.rejected), (1, 0));
}

#[rstest]
#[case("Total,,,,500")]
#[case("Grand total,,,,500")]
#[case(",,Total,,500")]
#[case(",,,,500")]
#[case("Summe,,,,\"1,500\"\n,,,,")]
fn a_last_row_of_sums_is_neither_a_creator_nor_a_post(#[case] sums: &str) {
    let table = format!("handle,post_id,posted,captured_at,views\n{ROW}\n{sums}\n");
    let (read, summary) = drain(&mut ingest::read(table.as_bytes(), &utc()).unwrap());
    assert_eq!(read.len(), 2, "{read:?}");
    assert_eq!((summary.rows, summary.rejected, summary.totals), (1, 0, 1));
}

#[test]
fn a_row_of_numbers_in_the_middle_is_refused() {
    let table = "handle,post_id,captured_at,views\n,,,500\nmia,601,2026-11-18T10:00:00Z,500\n";
    check(table, &utc(), &["2: !missing_field post_id", "3: stats 601 mia 11-18T10:00:00Z 500/-/-/-/-"]);
}

#[test]
fn a_last_row_that_is_cut_off_is_refused() {
    let table = "handle,captured_at,followers,post_id,views\nmia,2026-11-18T10:00:00Z,50";
    check(table, &utc(), &["2: !wrong_width -"]);
}

#[test]
fn no_word_for_no_value_becomes_a_creator() {
    let table = "handle,date,followers\nnull,2026-11-18,5\nN/A,2026-11-18,5\n#REF!,2026-11-18,5\n@none,2026-11-18,6\n";
    check(
        table,
        &utc(),
        &[
            "2: !missing_field handle",
            "3: !missing_field handle",
            "4: !missing_field handle",
            "5: followers none 11-18T00:00:00Z 6",
        ],
    );
}

#[rstest]
#[case("16.11.2026 09:00", "18.11.2026 10:00")]
#[case("11/16/2026 9:00", "11/18/2026 10:00 AM")]
#[case("16/11/2026 09:00", "18/11/2026 10:00")]
#[case("Nov 16, 2026 9:00 AM", "Wed, 18 Nov 2026 10:00:00 GMT")]
#[case("46342.375", "46344.4166666667")]
fn dates_of_spreadsheets_are_read(#[case] posted: &str, #[case] captured: &str) {
    let table = format!("handle;post_id;posted;captured_at;views\nmia;901;{posted};{captured};500\n");
    let expected = ["2: post 901 mia - 11-16T09:00:00Z -", "2: stats 901 mia 11-18T10:00:00Z 500/-/-/-/-"];
    check(&table, &utc(), &expected);
}

#[test]
fn one_date_proves_the_order_of_a_whole_file() {
    let table = "handle,post_id,posted,captured_at,views\n\
        mia,901,11/3/2026,11/4/2026,500\nmia,902,11/2/2026,11/18/2026,400\n";
    check(
        table,
        &utc(),
        &[
            "2: post 901 mia - 11-03T00:00:00Z -",
            "2: stats 901 mia 11-04T00:00:00Z 500/-/-/-/-",
            "3: post 902 mia - 11-02T00:00:00Z -",
            "3: stats 902 mia 11-18T00:00:00Z 400/-/-/-/-",
        ],
    );
}

#[test]
fn a_date_that_is_open_between_two_meanings_is_refused_until_somebody_says() {
    let table = "handle,date,followers\nmia,3/4/2026,500\n";
    check(table, &utc(), &["2: !open_date date"]);
    let said = |order| Options { date_order: Some(order), ..utc() };
    check(table, &said(DateOrder::DayFirst), &["2: followers mia 04-03T00:00:00Z 500"]);
    check(table, &said(DateOrder::MonthFirst), &["2: followers mia 03-04T00:00:00Z 500"]);
}

#[test]
fn a_file_may_have_a_zone_of_its_own() {
    let table = "handle,date,followers\nmia,2026-11-18 10:00,500\n";
    let options = Options { clock_zone: Some(Zone::parse("America/New_York").unwrap()), ..options() };
    check(table, &options, &["2: followers mia 11-18T15:00:00Z 500"]);
}

#[test]
fn the_content_export_of_tiktok_studio_needs_no_mapping() {
    let table = "Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n\
        \"Soup, fast\",https://www.tiktok.com/@mia/video/7571000000000000401,2026-11-16 09:00:00,40,3,1,500\n\
        Bread,https://www.tiktok.com/@mia/video/7571000000000000402,2026-11-17 09:00:00,20,2,0,400\n";
    check(
        table,
        &of_mia(),
        &[
            "2: post 7571000000000000401 mia - 11-16T09:00:00Z Soup, fast",
            "2: stats 7571000000000000401 mia 11-18T10:00:00Z 500/40/3/1/-",
            "3: post 7571000000000000402 mia - 11-17T09:00:00Z Bread",
            "3: stats 7571000000000000402 mia 11-18T10:00:00Z 400/20/2/0/-",
        ],
    );
}

#[test]
fn dates_of_tiktok_studio_without_a_year_belong_to_the_year_of_the_collection() {
    let posts = "Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n\
        November 18,Soup,https://www.tiktok.com/@mia/video/7571000000000000401,November 16,40,3,1,500\n";
    check(
        posts,
        &of_mia(),
        &[
            "2: post 7571000000000000401 mia - 11-16T00:00:00Z Soup",
            "2: stats 7571000000000000401 mia 11-18T10:00:00Z 500/40/3/1/-",
        ],
    );
    let followers =
        "Date,Followers,Difference in followers from previous day\nNovember 15,1000,0\nNovember 17,1030,20\n";
    let expected = ["2: followers mia 11-15T00:00:00Z 1000", "3: followers mia 11-17T00:00:00Z 1030"];
    check(followers, &of_mia(), &expected);
    // What its exports have besides is told.
    let content = "Time,Video title,Video link,Post time,Total views\nNovember 18,Soup,https://www.tiktok.com/@mia/video/7571000000000000401,November 16,500\n";
    assert_eq!(
        (unused(content, &of_mia()), unused(followers, &of_mia())),
        (vec!["Time".to_owned()], vec!["Difference in followers from previous day".to_owned()])
    );
}

#[test]
fn a_post_is_read_after_many_items_that_say_that_a_profile_is_gone() {
    let gone = r#"{"input":"gone","error":"This profile does not exist or is private."},"#;
    let post = r#"{"id":"7571000000000001121","createTimeISO":"2026-11-16T09:00:00Z","authorMeta":{"name":"mia"}}"#;
    let file = format!("[{}{post}]", gone.repeat(20));
    let read = lines(file.as_bytes(), &utc());
    assert_eq!(read.len(), 21);
    assert_eq!(read[19], "1: !source_error error");
    assert_eq!(read[20], "1: post 7571000000000001121 mia - 11-16T09:00:00Z -");
    // If a file contains nothing else, each item is reported with its error.
    let mut rows = ingest::read(gone.trim_end_matches(',').as_bytes(), &utc()).unwrap();
    let error = rows.next().unwrap().unwrap().outcome.unwrap_err();
    assert_eq!(error.reason, "The source says of “gone”: This profile does not exist or is private.");
}

#[test]
fn flat_items_of_a_scraper_are_read_like_nested_ones() {
    let json = r#"[{"authorMeta.name":"mia","text":"soup","diggCount":40,"playCount":500,"createTimeISO":"2026-11-16T09:00:00.000Z","webVideoUrl":"https://www.tiktok.com/@mia/video/7571000000000001101","authorMeta.fans":1000}]"#;
    let csv = "authorMeta/name,authorMeta/fans,text,diggCount,playCount,createTimeISO,webVideoUrl,id\n\
        mia,1000,soup,40,500,2026-11-16T09:00:00.000Z,https://www.tiktok.com/@mia/video/7571000000000001101,7571000000000001101\n";
    let options = Options { default_creator: None, ..of_mia() };
    for (file, line) in [(json, 1), (csv, 2)] {
        let expected = [
            format!("{line}: post 7571000000000001101 mia - 11-16T09:00:00Z soup"),
            format!("{line}: stats 7571000000000001101 mia 11-18T10:00:00Z 500/40/-/-/-"),
            format!("{line}: followers mia 11-18T10:00:00Z 1000"),
        ];
        assert_eq!(lines(file.as_bytes(), &options), expected);
    }
}

/// What was not used of a file, once it has been read.
#[track_caller]
fn unused(file: &str, options: &Options) -> Vec<String> {
    let mut reader = ingest::read(file.as_bytes(), options).expect("a file of ours");
    reader.by_ref().for_each(drop);
    reader.unused()
}

#[test]
fn columns_with_values_that_are_not_used_are_told() {
    let csv = "authorMeta/name,text,createTimeISO,webVideoUrl,musicMeta/musicName,isAd,isPinned,,empty,notes\n\
        mia,soup,2026-11-16T09:00:00.000Z,https://www.tiktok.com/@mia/video/7571000000000001101,Song,,false,x,N/A,1\n\
        mia,bread,2026-11-16T09:00:00.000Z,https://www.tiktok.com/@mia/video/7571000000000001102,,true,,,,\n";
    let options = Options { mapping: vec![("notes".to_owned(), Field::Ignore)], ..utc() };
    assert_eq!(unused(csv, &options), ["musicMeta/musicName", "isAd", "isPinned", "column 8"]);
    // A second column of one name is told apart from the first.
    let twice = "handle,views,post_id,posted,views\nmia,5,1,2026-08-17,6\n";
    assert_eq!(unused(twice, &utc()), ["views (column 5)"]);
}

#[test]
fn fields_of_json_that_are_not_used_are_told() {
    let item = |more: &str| {
        format!(
            r#"{{"id":"7571000000000001101","text":"soup","createTime":1794819600,"createTimeISO":"2026-11-16T09:00:00Z","authorMeta":{{"name":"mia","nickName":"Mia","verified":true,"bio":null}},"videoMeta":{{"duration":12,"definition":"","format":{{"codec":"h264","more":{{"deep":1}}}}}},"hashtags":["a"],"playCount":500,"scrapedAt":"2026-11-18T10:00:00Z"{more}}}"#
        )
    };
    let file = format!("[{},{}]", item(""), item(r#","isPinned":false"#));
    let expected = ["authorMeta.verified", "videoMeta.duration", "videoMeta.format.codec", "isPinned"];
    assert_eq!(unused(&file, &utc()), expected);
    let flat = r#"[{"authorMeta.name":"mia","videoMeta/duration":12,"createTimeISO":"2026-11-16T09:00:00.000Z","webVideoUrl":"https://www.tiktok.com/@mia/video/7571000000000001101"}]"#;
    assert_eq!(unused(flat, &utc()), ["videoMeta.duration"]);
    let many = (0..300).map(|number| format!(r#","x{number}":1"#)).collect::<Vec<_>>().concat();
    assert_eq!(unused(&item(&many), &utc()).len(), 200);
}

#[test]
fn a_plain_list_of_handles_adds_creators() {
    for (list, first) in
        [("@mia\n@noa\n", 1), ("handle\nmia\nnoa\n", 2), ("tiktok.com/@mia\nhttps://www.tiktok.com/@noa\n", 1)]
    {
        let expected = [format!("{first}: profile mia - -"), format!("{}: profile noa - -", first + 1)];
        assert_eq!(lines(list.as_bytes(), &utc()), expected, "{list}");
    }
    assert!(matches!(ingest::read(&b"Lina Baker\nMia Moves\n"[..], &utc()), Err(FileError::Unrecognised { .. })));
}

#[track_caller]
fn asked(file: &str, options: &Options) -> Vec<String> {
    let questions = ingest::survey(file.as_bytes(), options).expect("a file of ours").questions;
    questions.into_iter().map(|question| format!("{question:?}")).collect()
}

#[test]
fn a_survey_asks_what_a_file_leaves_open_and_takes_as_said_what_it_proves() {
    let open = "handle,post_id,posted,views\nmia,601,3/4/2026,1.234\n";
    let questions =
        ["DateOrder { example: \"3/4/2026\" }", "Decimal { example: \"1.234\" }", "CollectedAt"].map(str::to_owned);
    assert_eq!(asked(open, &utc()), questions);
    let said = Options {
        date_order: Some(DateOrder::DayFirst),
        decimal: Some(Decimal::Comma),
        collected_at: Some(Instant::from_millis(COLLECTED)),
        ..utc()
    };
    assert_eq!(asked(open, &said), [""; 0]);
    // The proof may come long after the first rows.
    let mut late = "handle,post_id,posted,captured_at,views\n".to_owned();
    for row in 0..2_000 {
        writeln!(late, "mia,{row},3/4/2026,3/4/2026,1.234").unwrap();
    }
    late += "mia,2000,3/31/2026,4/1/2026,1.234.567\n";
    let survey = ingest::survey(late.as_bytes(), &utc()).unwrap();
    assert_eq!(survey.questions, []);
    assert_eq!((survey.date_order, survey.decimal), (Some(DateOrder::MonthFirst), Some(Decimal::Comma)));
    assert_eq!(asked("handle,date,followers\nmia,November 15,5\n", &utc()), ["Year { example: \"November 15\" }"]);
}

#[test]
fn a_survey_shows_the_first_rows_as_they_were_understood() {
    let table = format!("handle,post_id,posted,captured_at,views\n{ROW}\nmia,x y,2026-11-16,2026-11-18,5\n");
    let survey = ingest::survey(table.as_bytes(), &utc()).unwrap();
    assert_eq!(survey.rows.len(), 2);
    assert_eq!(survey.rows[0].outcome.as_ref().unwrap().len(), 2);
    assert_eq!(survey.rows[1].outcome.as_ref().unwrap_err().code, "invalid_post_id");
    assert!(survey.unzoned);
    // With them come the cells of the file, even of a row that is refused; cells without a field are left out.
    assert_eq!(survey.raw.iter().map(|raw| raw.line).collect::<Vec<_>>(), [2, 3]);
    let cells: Vec<_> = survey.raw[1].cells.iter().map(|(field, text)| (field.name(), text.as_str())).collect();
    let expected = [
        ("creator", "mia"),
        ("post_id", "x y"),
        ("published_at", "2026-11-16"),
        ("captured_at", "2026-11-18"),
        ("views", "5"),
    ];
    assert_eq!(cells, expected);
}

#[test]
fn a_row_of_sums_does_not_shift_the_cells_beside_the_rows() {
    let table = format!("handle,note,post_id,posted,captured_at,views\nTotal,,,,,7\n{}\n", ROW.replacen(',', ",n,", 1));
    let survey = ingest::survey(table.as_bytes(), &utc()).unwrap();
    assert_eq!(survey.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3]);
    assert_eq!(survey.raw.iter().map(|raw| raw.line).collect::<Vec<_>>(), [3]);
    assert!(survey.raw[0].cells.iter().all(|(_, text)| text != "n"), "{:?}", survey.raw);
}

#[test]
fn a_file_in_another_encoding_is_asked_everything_at_once() {
    let table = b"handle;Ver\xf6ffentlicht am;post_id;Aufrufe\nmia;3.4.2026;601;1.234\n";
    let survey = ingest::survey_file(Cursor::new(table), &utc()).unwrap();
    let kinds: Vec<_> = survey.questions.iter().map(|question| format!("{question:?}")).collect();
    assert_eq!(kinds, ["Encoding", "Decimal { example: \"1.234\" }", "CollectedAt"]);
    assert_eq!(survey.rows.len(), 1);
    let header = &survey.preview.columns[1].header;
    assert_eq!(header, "Veröffentlicht am");
}
