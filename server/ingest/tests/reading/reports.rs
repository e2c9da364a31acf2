//! Tests with files as reporting tools and scrapers write them: several columns that could be one field, rows about other
//! platforms, profiles, errors in place of data.

use crate::support::{lines, options};
use ingest::{Field, Options};
use rstest::rstest;

const ID: &str = "7708691486874237361";
const OTHER_ID: &str = "7709062570408080226";

/// Reads a table; `ID` and `OTHER` stand for the ids of two posts.
fn read(table: &str) -> Vec<String> {
    let said = Options { zone: compliance::calendar::Zone::UTC, ..options() };
    lines(table.replace("OTHER", OTHER_ID).replace("ID", ID).as_bytes(), &said)
        .into_iter()
        .map(|line| line.replace(OTHER_ID, "OTHER").replace(ID, "ID"))
        .collect()
}

#[rstest]
#[case::the_address_is_not_that_of_the_video_file(
    "handle,post_id,url,video_url,create_time\nmia,ID,https://www.tiktok.com/@mia/video/ID,https://v16.example/a.mp4,2026-11-16T09:00:00Z\n",
    &["2: post ID mia - 11-16T09:00:00Z -"]
)]
#[case::the_id_is_not_that_of_the_video_file(
    "id,createTime,author.uniqueId,video.id\nID,1794819600,mia,v09044g40000\nOTHER,1794819600,mia,\n",
    &["2: post ID mia - 11-16T09:00:00Z -", "3: post OTHER mia - 11-16T09:00:00Z -"]
)]
#[case::rows_of_other_platforms_are_refused(
    "Date,Post ID,Network,Username,Link,Likes\n\
     2026-11-16,ID,TikTok,mia,https://www.tiktok.com/@mia/video/ID,4\n\
     2026-11-17,1784140000000_1,Instagram,mia,,5\n\
     2026-11-17,dQw4w9WgXcQ,,mia,https://www.youtube.com/watch?v=dQw4w9WgXcQ,6\n",
    &["2: post ID mia - 11-16T00:00:00Z -", "3: !not_tiktok Network", "4: !not_tiktok Link"]
)]
#[case::a_post_with_several_dates_was_read_on_each(
    "video_id,username,date,views\nID,mia,2026-11-16,100\nID,mia,2026-11-17,200\n",
    &["2: stats ID mia 11-16T00:00:00Z 100/-/-/-/-", "3: stats ID mia 11-17T00:00:00Z 200/-/-/-/-"]
)]
#[case::likes_of_a_profile_are_those_of_no_post(
    "Username,Followers,Total Likes,Collected At\n@mia,1000,20000,2026-11-17 10:00\n",
    &["2: followers mia 11-17T10:00:00Z 1000", "2: ~no_post Total Likes"]
)]
#[case::what_a_source_could_not_read_is_told_in_its_words(
    "authorMeta/name,createTimeISO,id,input,error\nmia,2026-11-16T09:00:00Z,ID,mia,\n,,,gone,This profile does not exist.\n",
    &["2: post ID mia - 11-16T09:00:00Z -", "3: !source_error error"]
)]
#[case::the_address_names_the_creator_where_a_cell_has_a_display_name(
    "creator,post url,posted\nMia Müller,https://www.tiktok.com/@mia/video/ID,2026-11-16 09:00\n",
    &["2: post ID mia - 11-16T09:00:00Z -", "2: ~invalid_handle creator"]
)]
#[case::an_address_of_somebody_else_is_told(
    "handle,url,posted\nnoa,https://www.tiktok.com/@mia/video/ID,2026-11-16 09:00\n",
    &["2: post ID noa - 11-16T09:00:00Z -", "2: ~other_creator url"]
)]
#[case::the_export_of_a_german_account(
    "\"Videotitel\",\"Videolink\",\"Veröffentlichungszeit\",\"Gesamtzahl der Likes\",\"Gesamtzahl der Aufrufe\"\n\
     \"Suppe\",\"https://www.tiktok.com/@mia/video/ID\",\"16. November 2026\",\"40\",\"500\"\n",
    &["2: post ID mia - 11-16T00:00:00Z Suppe"]
)]
#[case::a_list_of_handles_with_notes("handle,name,notes\nmia,,VIP\nnoa,,\n", &["2: profile mia - -", "3: profile noa - -"])]
fn a_file_of_a_tool_is_read_as_it_is_meant(#[case] table: &str, #[case] expected: &[&str]) {
    assert_eq!(read(table), expected);
}

/// Ids that a data frame held as floating-point numbers: all are multiples of 1024.
#[test]
fn ids_that_went_through_a_data_frame_are_refused_and_mended_by_an_address() {
    let rounded = ["7708691486874236928", "7708691486874245120", "7708691486874253312"];
    let rows = rounded.map(|id| format!("{id},mia,2026-11-16T09:00:00Z\n")).concat();
    let read = lines(format!("id,author.uniqueId,createTime\n{rows}").as_bytes(), &options());
    assert_eq!(read, ["2: !invalid_post_id id", "3: !invalid_post_id id", "4: !invalid_post_id id"]);
    let table = format!("id,url,posted\n{},https://www.tiktok.com/@mia/video/{ID},2026-11-16T09:00:00Z\n", rounded[0]);
    let expected = [format!("2: post {ID} mia - 11-16T09:00:00Z -"), "2: ~rounded_id id".to_owned()];
    assert_eq!(lines(table.as_bytes(), &options()), expected);
    // The same number stands beside it as a text.
    for exact in ["id_str", "aweme_id"] {
        let item = format!(
            r#"[{{"id":{},"{exact}":"{ID}","createTime":1794819600,"author":{{"uniqueId":"mia"}}}}]"#,
            rounded[0]
        );
        assert_eq!(lines(item.as_bytes(), &options())[0], format!("1: post {ID} mia video 11-16T09:00:00Z -"));
    }
}

/// What the page proposes for the columns of a table.
#[track_caller]
fn proposed(table: &str) -> Vec<Option<Field>> {
    let table = table.replace("ID", ID);
    let preview = ingest::survey(table.as_bytes(), &options()).expect("a file of ours").preview;
    preview.columns.iter().map(|column| column.field.or(column.suggestion)).collect()
}

#[test]
fn nothing_is_proposed_that_only_sounds_right() {
    let creator = Some(Field::Creator);
    // A number is no handle, a title is no person, and an average is no count.
    assert_eq!(proposed("user_no,wert\n6800000000000000001,rot\n")[0], None);
    assert_eq!(proposed("Videobeschriftung,wert\nsuppe,rot\n"), [None, None]);
    assert_eq!(proposed("member_id,Average views\nmia,500\n"), [creator, None]);
    assert_eq!(proposed("member_id,views 2026-11-17\nmia,500\n"), [creator, None]);
    // A date beside a post is when it was published, unless its name speaks of the reading.
    assert_eq!(proposed("video_no,member_id,wann\nID,mia,2026-11-16 09:00\n")[2], Some(Field::PublishedAt));
    assert_eq!(proposed("video_no,member_id,last seen\nID,mia,2026-11-16 09:00\n")[2], Some(Field::CapturedAt));
}

#[test]
fn the_first_rows_are_shown_with_their_own_cells() {
    let table = "handle,post_id,posted,views\nmia,1,2026-08-17,5\nN/A,N/A,N/A,N/A\nnoa,2,2026-08-17,6\n";
    let survey = ingest::survey(table.as_bytes(), &options()).unwrap();
    let cells = |line: u64| survey.raw.iter().find(|raw| raw.line == line).map(|raw| raw.cells[0].1.clone());
    assert_eq!((cells(2).as_deref(), cells(3).as_deref()), (Some("mia"), Some("N/A")));
    assert_eq!(cells(4).as_deref(), Some("noa"));
}
