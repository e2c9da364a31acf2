//! Proves how workbooks are read: which sheet, what its cells are, and that no archive takes more than it may.

use crate::support::{gzip, lines, options};
use ingest::{Decimal, FileError, Format as FileFormat, Options, Question};
use proptest::prelude::*;
use rstest::rstest;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A cell of a test.
enum Cell {
    Text(&'static str),
    Number(f64),
    /// A day and time of November 2026.
    Moment(u8, u16, u8),
    /// The same, formatted as a day alone.
    Day(u8),
    Truth(bool),
    /// A formula and its last result.
    Result(&'static str),
}

use Cell::{Day, Moment, Number, Result as Computed, Text, Truth};

fn fill(sheet: &mut Worksheet, rows: &[&[Cell]]) {
    let format = |format| Format::new().set_num_format(format);
    let day = |day| ExcelDateTime::from_ymd(2026, 11, day).expect("a day of November");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            let written = match cell {
                Text(text) => sheet.write_string(row, column, *text),
                Number(number) => sheet.write_number(row, column, *number),
                Moment(date, hour, minute) => {
                    let moment = day(*date).and_hms(*hour, *minute, 0).expect("a time");
                    sheet.write_datetime_with_format(row, column, &moment, &format("dd.mm.yyyy hh:mm"))
                }
                Day(date) => sheet.write_datetime_with_format(row, column, day(*date), &format("d. mmm yy")),
                Truth(value) => sheet.write_boolean(row, column, *value),
                Computed(result) => sheet.write_formula(row, column, Formula::new("=A1").set_result(*result)),
            };
            written.expect("a cell that fits");
        }
    }
}

/// An `.xlsx` with these sheets.
fn workbook(sheets: &[(&str, &[&[Cell]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        fill(workbook.add_worksheet().set_name(*name).expect("a name"), rows);
    }
    workbook.save_to_buffer().expect("memory to write to")
}

/// A zip archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a name");
        archive.write_all(bytes).expect("memory to write to");
    }
    archive.finish().expect("memory to write to").into_inner()
}

/// The same archive, with its files changed.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive_of = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut files = Vec::new();
    for index in 0..archive_of.len() {
        let mut file = archive_of.by_index(index).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("a text");
        files.push((file.name().to_owned(), change(file.name(), text).into_bytes()));
    }
    archive(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// An `.ods` of these tables, in XML.
fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>
        <style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
        <style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    archive(&[
        ("mimetype", ODS),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn refusal(bytes: &[u8], options: &Options) -> FileError {
    match ingest::read(bytes, options) {
        Ok(_) => panic!("it was read"),
        Err(error) => error,
    }
}

const GERMAN: &str = "Nutzername;Video-ID;Veröffentlicht am;Erfasst am;Aufrufe;Gefällt mir;Titel\n\
    mia;7571000000000123401;16.11.2026 09:00;18.11.2026;1.234.567;1.234;Suppe, schnell\n\
    noa;7571000000000123402;17.11.2026 10:30;18.11.2026;12;0;ja\n";

fn german() -> Vec<u8> {
    let header =
        ["Nutzername", "Video-ID", "Veröffentlicht am", "Erfasst am", "Aufrufe", "Gefällt mir", "Titel"].map(Text);
    workbook(&[(
        "Beiträge",
        &[
            &header,
            &[
                Text("mia"),
                Text("7571000000000123401"),
                Moment(16, 9, 0),
                Day(18),
                Number(1_234_567.0),
                Number(1_234.0),
                Text("Suppe, schnell"),
            ],
            &[
                Text("noa"),
                Text("7571000000000123402"),
                Moment(17, 10, 30),
                Day(18),
                Computed("12"),
                Number(0.0),
                Text("ja"),
            ],
        ],
    )])
}

#[test]
fn a_workbook_reads_like_the_table_that_would_be_saved_of_it() {
    let said = Options { decimal: Some(Decimal::Comma), ..options() };
    let expected = lines(GERMAN.as_bytes(), &said);
    assert_eq!(expected[0], "2: post 7571000000000123401 mia - 11-16T00:00:00Z Suppe, schnell");
    assert_eq!(lines(&german(), &said), expected);
    assert_eq!(lines(&german(), &options()), expected);
    assert_eq!(lines(&gzip(&german()), &options()), expected);
    assert_eq!(ingest::read(german().as_slice(), &options()).unwrap().format(), Some(FileFormat::Csv));
}

#[test]
fn dates_of_the_system_that_begins_in_1904_are_the_same_dates() {
    let in_1904 = changed(&german(), |name, text| match name {
        "xl/workbook.xml" => text.replace("<workbookPr ", "<workbookPr date1904=\"1\" "),
        // The day numbers of 16, 17 and 18 November.
        "xl/worksheets/sheet1.xml" => {
            text.replace("<v>46342", "<v>44880").replace("<v>46343", "<v>44881").replace("<v>46344", "<v>44882")
        }
        _ => text,
    });
    assert_eq!(lines(&in_1904, &options()), lines(&german(), &options()));
}

/// A header that is recognised.
const HEADER: [Cell; 5] = [Text("id"), Text("handle"), Text("captured_at"), Text("views"), Text("likes")];

#[test]
fn titles_above_the_header_and_totals_below_the_rows_are_no_rows() {
    let sheet: &[&[Cell]] = &[
        &[Text("Weekly report")],
        &[],
        &[Text("Exported"), Day(18)],
        &[],
        &HEADER,
        &[Text("1"), Text("mia"), Moment(18, 10, 0), Number(500.0), Number(5.0)],
        &[],
        &[Text("2"), Text("noa"), Moment(18, 10, 0), Number(400.0), Number(4.0)],
        &[Text("Total"), Text(""), Text(""), Computed("900"), Computed("9")],
    ];
    let bytes = workbook(&[("Report", sheet)]);
    let mut reader = ingest::read(bytes.as_slice(), &options()).unwrap();
    let expected = ["6: stats 1 mia 11-18T01:00:00Z 500/5/-/-/-", "8: stats 2 noa 11-18T01:00:00Z 400/4/-/-/-"];
    assert_eq!(lines(&bytes, &options()), expected);
    assert_eq!(reader.by_ref().count(), 2);
    assert_eq!(reader.summary().totals, 1);
}

#[test]
fn a_number_with_a_fraction_is_no_count_whatever_the_texts_of_the_file_mean() {
    let sheet: &[&[Cell]] = &[
        &HEADER,
        &[Text("1"), Text("mia"), Day(18), Number(1.234), Text("1.234")],
        &[Text("2"), Text("mia"), Day(18), Number(12.5), Text("1.234")],
    ];
    let bytes = workbook(&[("Posts", sheet)]);
    let said = |decimal| Options { decimal, ..options() };
    let comma = ["2: stats 1 mia 11-17T15:00:00Z -/1234/-/-/-", "2: ~invalid_count views"];
    assert_eq!(lines(&bytes, &said(Some(Decimal::Comma)))[..2], comma);
    let mut rows = ingest::read(bytes.as_slice(), &said(Some(Decimal::Comma))).unwrap();
    assert_eq!(rows.next().unwrap().unwrap().left_out[0].reason, "“1.234” is not a whole number.");
    // The texts are as ambiguous as those of a table: the numbers prove nothing about them.
    let survey = ingest::survey(bytes.as_slice(), &options()).unwrap();
    assert_eq!(survey.questions, [Question::Decimal { example: "1.234".to_owned() }]);
    assert_eq!(survey.preview.rows[0][3], "1.234");
}

#[test]
fn ids_that_were_stored_as_numbers_are_mended_by_the_address_or_refused() {
    let address = "https://www.tiktok.com/@mia/video/7571000000000123401";
    let with_address: &[&[Cell]] = &[
        &[Text("id"), Text("captured_at"), Text("views"), Text("url")],
        &[Number(7.571_000_000_000_12e18), Day(18), Number(5.0), Text(address)],
    ];
    let expected = ["2: stats 7571000000000123401 mia 11-17T15:00:00Z 5/-/-/-/-", "2: ~rounded_id id"];
    assert_eq!(lines(&workbook(&[("Posts", with_address)]), &options()), expected);
    let without: &[&[Cell]] = &[
        &[Text("id"), Text("captured_at"), Text("views")],
        &[Number(7.571_000_000_000_12e18), Day(18), Number(5.0)],
        &[Number(7.571_000_000_000_124e18), Day(18), Number(6.0)],
    ];
    let expected = ["2: !invalid_post_id id", "3: !invalid_post_id id"];
    assert_eq!(lines(&workbook(&[("Posts", without)]), &options()), expected);
}

#[test]
fn errors_are_no_values_and_other_cells_are_their_texts() {
    let sheet: &[&[Cell]] = &[
        &[Text("id"), Text("handle"), Text("posted"), Text("views"), Text("captured_at"), Text("title")],
        &[Text("1"), Text("mia"), Moment(16, 9, 0), Computed("#N/A"), Day(18), Truth(true)],
        &[Text("2"), Text("mia"), Moment(16, 9, 0), Computed("#DIV/0!"), Day(18), Text("two\nlines; \"quoted\"")],
        &[Text("3"), Text("mia"), Moment(16, 9, 0), Number(3.0), Text("soon"), Number(1.5)],
    ];
    assert_eq!(
        lines(&workbook(&[("Posts", sheet)]), &options()),
        [
            "2: post 1 mia - 11-16T00:00:00Z true",
            "2: collection mia 11-17T15:00:00Z",
            "2: ~no_value views",
            "3: post 2 mia - 11-16T00:00:00Z two lines; \"quoted\"",
            "3: collection mia 11-17T15:00:00Z",
            "3: ~no_value views",
            "4: !invalid_instant captured_at",
        ]
    );
}

#[test]
fn rich_text_is_text() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    fill(sheet, &[&[Text("handle"), Text("date"), Text("followers")], &[Text(""), Day(18), Number(5.0)]]);
    let (plain, bold) = (Format::new(), Format::new().set_bold());
    sheet.write_rich_string(1, 0, &[(&plain, "mi"), (&bold, "a")]).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(lines(&bytes, &options()), ["2: followers mia 11-17T15:00:00Z 5"]);
}

const NOTES: &[&[Cell]] = &[&[Text("Notes")], &[Text("Ask Mia about views")]];
const POSTS: &[&[Cell]] = &[&HEADER, &[Text("1"), Text("mia"), Day(18), Number(5.0), Number(1.0)]];
const FOLLOWERS: &[&[Cell]] =
    &[&[Text("handle"), Text("date"), Text("followers")], &[Text("mia"), Day(18), Number(900.0)]];

#[test]
fn the_only_sheet_with_data_or_with_a_header_is_read() {
    let expected = ["2: stats 1 mia 11-17T15:00:00Z 5/1/-/-/-"];
    for sheets in [
        &[("Empty", &[] as &[&[Cell]]), ("Posts", POSTS)][..],
        &[("Notes", NOTES), ("Posts", POSTS), ("Empty", &[])],
        &[("Posts", POSTS), ("Notes", NOTES)],
    ] {
        assert_eq!(lines(&workbook(sheets), &options()), expected);
    }
}

#[test]
fn a_workbook_with_several_tables_asks_which_it_is() {
    let bytes = workbook(&[("Posts", POSTS), ("Notes", NOTES), ("Followers", FOLLOWERS)]);
    let error = refusal(&bytes, &options());
    assert_eq!(error.code(), "sheets");
    assert_eq!(
        error.to_string(),
        "This workbook has several sheets that could hold the data: “Posts”, “Followers”. Choose one."
    );
    let names = vec!["Posts".to_owned(), "Followers".to_owned()];
    assert_eq!(ingest::survey(bytes.as_slice(), &options()).unwrap().questions, [Question::Sheet { names }]);
    let chosen = |name: &str| Options { sheet: Some(name.to_owned()), ..options() };
    assert_eq!(lines(&bytes, &chosen("Followers")), ["2: followers mia 11-17T15:00:00Z 900"]);
    assert_eq!(lines(&bytes, &chosen("posts ")), ["2: stats 1 mia 11-17T15:00:00Z 5/1/-/-/-"]);
    // A sheet that could hold data and is not read is told.
    let text = chosen("posts");
    let mut reader = ingest::read(bytes.as_slice(), &text).expect("a workbook of ours");
    assert_eq!((reader.by_ref().count(), reader.unused()), (1, vec!["sheet “Followers”".to_owned()]));
    let unknown = refusal(&bytes, &chosen("Videos")).to_string();
    assert_eq!(unknown, "This workbook has no sheet “Videos”. Its sheets are “Posts”, “Notes”, “Followers”.");
    // Without a header that is recognised, every sheet with data could be meant.
    let notes = workbook(&[("A", NOTES), ("B", NOTES), ("C", &[])]);
    assert!(refusal(&notes, &options()).to_string().contains("“A”, “B”. Choose"));
}

#[test]
fn a_hidden_sheet_is_read_only_if_it_is_named() {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("Posts").unwrap(), POSTS);
    fill(workbook.add_worksheet().set_name("Followers").unwrap().set_hidden(true), FOLLOWERS);
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(lines(&bytes, &options()), ["2: stats 1 mia 11-17T15:00:00Z 5/1/-/-/-"]);
    let named = Options { sheet: Some("Followers".to_owned()), ..options() };
    assert_eq!(lines(&bytes, &named), ["2: followers mia 11-17T15:00:00Z 900"]);
}

#[test]
fn an_empty_workbook_is_empty() {
    let bytes = workbook(&[("Sheet1", &[]), ("Sheet2", &[])]);
    assert_eq!(refusal(&bytes, &options()).code(), "empty");
    assert_eq!(refusal(&ods(r#"<table:table table:name="A"/>"#), &options()).code(), "empty");
}

#[test]
fn a_sheet_formatted_to_its_last_column_is_as_wide_as_its_values() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let format = Format::new().set_bold();
    fill(sheet, POSTS);
    for column in 5..16_384 {
        sheet.write_blank(0, column, &format).unwrap();
        sheet.write_blank(1, column, &format).unwrap();
    }
    sheet.write_blank(1_048_575, 16_383, &format).unwrap();
    assert_eq!(lines(&workbook.save_to_buffer().unwrap(), &options()), ["2: stats 1 mia 11-17T15:00:00Z 5/1/-/-/-"]);
    workbook.worksheet_from_index(0).unwrap().write_string(0, 16_383, "last").unwrap();
    let error = refusal(&workbook.save_to_buffer().unwrap(), &options());
    assert!(matches!(error, FileError::TooManyColumns { columns: 16_384 }), "{error:?}");
}

const ROWS: &str = r#"
    <table:table-column table:number-columns-repeated="16384"/>
    <table:table-row><table:table-cell office:value-type="string"><text:p>Report &amp; more</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
    <table:table-header-rows><table:table-row>
        <table:table-cell office:value-type="string"><text:p>handle</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>posted</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>captured_at</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>views</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>likes</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>title</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="16377"/>
    </table:table-row></table:table-header-rows>
    <table:table-row>
        <table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>mi<text:span>a</text:span></text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="7571000000000123401"><text:p>7.571E+18</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2026-11-16T09:00:00"><text:p>16.11.26</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2026-11-18"><text:p>18.11.26</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="1234"><text:p>1.234</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="1.234"><text:p>1,234</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>Soup<text:s text:c="2"/>&#252;ber</text:p><text:p>all</text:p></table:table-cell>
    </table:table-row>
    <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;

#[test]
fn an_ods_reads_like_an_xlsx() {
    let expected = [
        "5: post 7571000000000123401 mia - 11-16T00:00:00Z Soup  über all",
        "5: stats 7571000000000123401 mia 11-17T15:00:00Z 1234/-/-/-/-",
        "5: ~invalid_count likes",
    ];
    let sheet = |name: &str, style: &str| {
        format!(r#"<table:table table:name="{name}" table:style-name="{style}">{ROWS}</table:table>"#)
    };
    assert_eq!(lines(&ods(&sheet("Posts", "ta1")), &options()), expected);
    let two = ods(&(sheet("Posts", "ta1") + &sheet("Old posts", "ta2")));
    assert_eq!(lines(&two, &options()), expected);
    assert_eq!(lines(&two, &Options { sheet: Some("Old posts".to_owned()), ..options() }), expected);
    let several = ods(&(sheet("A", "ta1") + &sheet("B", "ta1")));
    assert!(refusal(&several, &options()).to_string().contains("“A”, “B”"));
}

#[test]
fn cells_of_an_ods_that_are_only_repeated_take_no_memory() {
    let cell = |repeated| {
        format!(
            r#"<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string"><text:p>a</text:p></table:table-cell>"#
        )
    };
    let wide = format!("<table:table-row>{}</table:table-row>", cell(4_000_000_000_u32)).repeat(10_000);
    let table = |rows: &str| ods(&format!(r#"<table:table table:name="A">{rows}</table:table>"#));
    assert_eq!(refusal(&table(&wide), &options()).code(), "too_many_columns");
    let row = format!(r#"<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>"#, cell(500));
    // With a small limit, which a billion cells reach as well.
    let small = Options { most_unpacked: Some(4 << 20), ..options() };
    assert_eq!(refusal(&table(&row), &small).code(), "workbook_too_large");
    let rows =
        r#"<table:table-row table:number-rows-repeated="4000000000"><table:table-cell/></table:table-row>"#.repeat(3);
    assert_eq!(
        refusal(&table(&format!("{rows}<table:table-row>{}</table:table-row>", cell(1))), &options()).code(),
        "damaged_workbook"
    );
}

#[rstest]
#[case(archive(&[("posts.csv", b"handle,views\n")]), "This is a zip archive; unpack it first.")]
#[case(archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>")]), "zip archive")]
#[case(archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"\x83\x01")]), "binary workbook (.xlsb)")]
#[case(archive(&[("Index/Document.iwa", b"\0")]), "Apple Numbers")]
#[case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0".to_vec(), "This is an older or a protected workbook")]
#[case(archive(&[("mimetype", ODS), ("META-INF/manifest.xml", b"<manifest:encryption-data/>"), ("content.xml", b"x")]), "protected")]
fn what_is_no_workbook_that_can_be_read_says_what_to_do(#[case] bytes: Vec<u8>, #[case] said: &str) {
    let error = refusal(&bytes, &options());
    assert!(error.code() == "not_text" && error.to_string().contains(said), "{error}");
}

#[test]
fn an_archive_where_facts_are_expected_is_refused() {
    let facts = Options { format: Some(FileFormat::Facts), ..options() };
    assert_eq!(refusal(&german(), &facts).code(), "not_text");
}

#[track_caller]
fn too_large(bytes: &[u8], options: &Options, said: &str) {
    let started = Instant::now();
    let error = refusal(bytes, options);
    assert!(error.code() == "workbook_too_large" && error.to_string().contains(said), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_workbook_beyond_a_limit_is_refused_before_it_takes_time_or_memory() {
    let part = vec![b' '; 1024 * 1024];
    let files: Vec<(String, &[u8])> = (0..258).map(|number| (format!("xl/{number}.xml"), part.as_slice())).collect();
    let mut files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    files.extend([("[Content_Types].xml", &b"<Types/>"[..]), ("xl/workbook.xml", b"<workbook/>")]);
    let bomb = archive(&files);
    assert!(bomb.len() < 1024 * 1024);
    too_large(&bomb, &options(), "more than 256 MiB, unpacked");
    too_large(&bomb, &Options { most_unpacked: Some(1 << 20), ..options() }, "more than 1 MiB, unpacked");
    too_large(&german(), &Options { most_unpacked: Some(5_000), ..options() }, "more than 5000 bytes, unpacked");
    let many: Vec<String> = (0..10_001).map(|number| number.to_string()).collect();
    too_large(
        &archive(&many.iter().map(|name| (name.as_str(), &b""[..])).collect::<Vec<_>>()),
        &options(),
        "10000 files",
    );
    let padding = vec![b' '; ingest::MAX_WORKBOOK_BYTES];
    too_large(&[german(), padding].concat(), &options(), "larger than 64 MiB");
    let mut tables = String::new();
    for number in 0..=ingest::MOST_SHEETS {
        write!(tables, r#"<table:table table:name="{number}"/>"#).unwrap();
    }
    too_large(&ods(&tables), &options(), "more than 200 sheets");
}

#[test]
fn the_number_of_strings_that_a_workbook_declares_is_not_believed() {
    let hostile = changed(&german(), |name, text| match (name, text.split_once("uniqueCount=\"")) {
        ("xl/sharedStrings.xml", Some((before, after))) => format!("{before}uniqueCount=\"9999999999{after}"),
        _ => text,
    });
    assert_eq!(refusal(&hostile, &options()).code(), "damaged_workbook");
}

#[rstest]
#[case("<v>12</v>", "<v>twelve</v>", "r=\"E3\"")]
#[case("r=\"A3\"", "r=\"A99999999999\"", "r=\"A3\"")]
#[case("r=\"A3\"", "r=\"ZZZZZZZZZZZ3\"", "r=\"A3\"")]
#[case("r=\"A3\"", "r=\"A1\"", "r=\"A3\"")]
#[case("<row r=\"3\"", "<row r=\"4294967295\"", "<row r=\"3\"")]
#[case("t=\"s\"", "t=\"x\"", "t=\"s\"")]
#[case("</sheetData>", "", "</sheetData>")]
fn a_sheet_that_is_not_as_it_should_be_never_panics(#[case] from: &str, #[case] to: &str, #[case] there: &str) {
    let bytes = changed(&german(), |name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            assert!(text.contains(there), "{text}");
            text.replace(from, to)
        }
        _ => text,
    });
    survives(&bytes);
}

/// Reads everything there is; fails only by panicking.
fn survives(bytes: &[u8]) {
    let _ = ingest::survey(bytes, &options()).map_err(|error| error.to_string());
    if let Ok(reader) = ingest::read(bytes, &options()) {
        assert!(reader.count() <= 1_048_576);
    }
}

/// Workbooks to be damaged, packed and not.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let table = format!(r#"<table:table table:name="Posts">{ROWS}</table:table>"#);
    let german = german();
    let mut unpacked = ZipArchive::new(Cursor::new(german.as_slice())).expect("an archive");
    let mut stored = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..unpacked.len() {
        let mut file = unpacked.by_index(index).expect("a file");
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        stored.start_file(file.name().to_owned(), options).expect("a name");
        std::io::copy(&mut file, &mut stored).expect("memory to write to");
    }
    let stored = stored.finish().expect("memory to write to").into_inner();
    vec![german, stored, ods(&table)]
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn arbitrary_bytes_after_the_sign_of_an_archive_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        survives(&[b"PK\x03\x04", bytes.as_slice()].concat());
    }

    #[test]
    fn damaged_workbooks_are_survived(
        sample in 0_usize..3,
        flips in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 0..6),
        end in proptest::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = SAMPLES[sample].clone();
        for (place, bit) in flips {
            let at = place.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        survives(&bytes);
    }

    /// The checksums of an archive hide damage to its parts; here the parts are damaged before they are packed.
    #[test]
    fn workbooks_with_damaged_parts_are_survived(
        sample in prop::sample::select(&[0_usize, 2][..]),
        part in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&b"<>/\"=0159AZ &;r"[..])), 1..4),
    ) {
        let files = ZipArchive::new(Cursor::new(SAMPLES[sample].as_slice())).unwrap().len();
        let number = std::cell::Cell::new(0);
        let chosen = part.index(files);
        let bytes = changed(&SAMPLES[sample], |_, text| {
            let is_chosen = number.replace(number.get() + 1) == chosen;
            let mut bytes = text.into_bytes();
            for (place, byte) in edits.iter().filter(|_| is_chosen) {
                let at = place.index(bytes.len());
                bytes[at] = *byte;
            }
            String::from_utf8_lossy(&bytes).into_owned()
        });
        survives(&bytes);
    }
}
