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
#[case::an_address_of_a_post_in_some_rows_goes_before_one_of_a_profile_in_all(
    "platform,handle,post_url,tiktok_link,posted\n\
     TikTok,mia,https://www.tiktok.com/@mia/video/ID,https://www.tiktok.com/@mia,2026-11-16\n\
     Instagram,mia,https://www.instagram.com/reel/Cx/,https://www.tiktok.com/@mia,2026-11-16\n",
    &["2: post ID mia - 11-16T00:00:00Z -", "3: !not_tiktok platform"]
)]
#[case::ids_of_accounts_are_no_ids_of_posts(
    "id,video_id,handle,posted\n6800000000000000123,ID,mia,2026-11-16\n6800000000000000123,7.70906E+18,mia,2026-11-17\n",
    &["2: post ID mia - 11-16T00:00:00Z -", "3: !invalid_post_id video_id"]
)]
#[case::rounded_ids_beside_addresses_are_several_posts(
    "video_id,url,date,views\n\
     7.70869E+18,https://www.tiktok.com/@mia/video/ID,2026-11-16,1\n\
     7.70869E+18,https://www.tiktok.com/@mia/video/OTHER,2026-11-17,2\n",
    &[
        "2: post ID mia - 11-16T00:00:00Z -", "2: ~rounded_id video_id",
        "3: post OTHER mia - 11-17T00:00:00Z -", "3: ~rounded_id video_id",
    ]
)]
#[case::one_day_in_two_spellings_is_one_date(
    "video_id,username,date\nID,mia,2026-11-16\nID,mia,16 November 2026\n",
    &["2: post ID mia - 11-16T00:00:00Z -", "3: post ID mia - 11-16T00:00:00Z -"]
)]
#[case::a_shop_in_a_row_about_tiktok(
    "handle,post_id,posted,link\nmia,ID,2026-11-16,https://youtube.com/@mia\n",
    &["2: post ID mia - 11-16T00:00:00Z -"]
)]
#[case::a_link_of_a_profile_to_another_site(
    "handle,followers,link,captured_at\nmia,1000,https://instagram.com/mia,2026-11-16\n",
    &["2: followers mia 11-16T00:00:00Z 1000"]
)]
#[case::a_list_of_handles_with_their_platform("handle,platform\nmia,TikTok\n", &["2: profile mia - -"])]
#[case::a_profile_that_could_not_be_read(
    "authorMeta/name,authorMeta/nickName,error\nmia,Mia,This profile is private.\nnoa,Noa,\n",
    &["2: !source_error error", "3: profile noa Noa -"]
)]
#[case::a_message_that_is_a_caption(
    "handle,post_id,posted,message\nmia,ID,2026-13-16,Suppe kochen\n",
    &["2: !invalid_instant posted"]
)]
#[case::likes_of_a_profile_without_followers(
    "handle,display_name,likes\nmia,Mia,700\n",
    &["2: profile mia Mia -", "2: ~no_post likes"]
)]
#[case::a_list_of_handles_with_notes("handle,name,notes\nmia,,VIP\nnoa,,\n", &["2: profile mia - -", "3: profile noa - -"])]
#[case::a_number_of_the_row_is_no_id_beside_an_address(
    "ID,Creator,Video,Posted\n1,mia,https://www.tiktok.com/@mia/video/ID,2026-11-16T09:00:00Z\n\
     2,mia,https://www.tiktok.com/@mia/video/OTHER,2026-11-17T09:00:00Z\n",
    &["2: post ID mia - 11-16T09:00:00Z -", "3: post OTHER mia - 11-17T09:00:00Z -"]
)]
#[case::ids_tell_that_a_date_is_that_of_the_reading(
    "date,handle,video_id,views\n2026-12-18T09:00:00Z,mia,ID,500\n2026-12-18T09:00:00Z,mia,OTHER,600\n",
    &["2: stats ID mia 12-18T09:00:00Z 500/-/-/-/-", "3: stats OTHER mia 12-18T09:00:00Z 600/-/-/-/-"]
)]
#[case::the_address_of_a_profile_goes_before_a_first_name(
    "Creator,Profile URL,date,Followers\nMia,https://www.tiktok.com/@mia.moves,2026-11-16T09:00:00Z,1000\n",
    &["2: followers mia.moves 11-16T09:00:00Z 1000"]
)]
#[case::the_address_of_somebody_else_does_not_go_before_a_handle(
    "handle,Partner,date,Followers\nmia,https://www.tiktok.com/@noa,2026-11-16T09:00:00Z,1000\n",
    &["2: followers mia 11-16T09:00:00Z 1000"]
)]
#[case::a_column_with_values_goes_before_an_empty_one_and_dates_before_words(
    "handle,username,post_id,published,create_time,views,play_count,captured_at,scraped_at\n\
     ,mia,ID,true,2026-11-16T09:00:00Z,,500,,2026-11-18T09:00:00Z\n",
    &["2: post ID mia - 11-16T09:00:00Z -", "2: stats ID mia 11-18T09:00:00Z 500/-/-/-/-"]
)]
#[case::a_word_for_sums_is_a_value_elsewhere(
    "handle,date,followers,Performance\nmia,2026-11-16T09:00:00Z,1000,Average\nSubtotal,,1000,\n",
    &["2: followers mia 11-16T09:00:00Z 1000"]
)]
#[case::a_header_that_comes_again("handle,name\nmia,Mia\nhandle,name\nnoa,Noa\n", &["2: profile mia - -", "4: profile noa - -"])]
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
    // One such id alone may be exact, and so is one whose address says the same, and a text of JSON.
    let alone = format!("id,author.uniqueId,createTime\n{},mia,2026-11-16T09:00:00Z\n", rounded[0]);
    assert_eq!(lines(alone.as_bytes(), &options()).len(), 1);
    assert!(!lines(alone.as_bytes(), &options())[0].contains('!'));
    let linked = rounded.map(|id| format!("{id},https://www.tiktok.com/@mia/video/{id},2026-11-16T09:00:00Z\n"));
    let linked = lines(format!("id,url,posted\n{}", linked.concat()).as_bytes(), &options());
    assert!(linked.len() == 3 && linked.iter().all(|line| !line.contains('!')), "{linked:?}");
    let texts = rounded.map(|id| format!(r#"{{"id":"{id}","createTime":1794819600,"author":{{"uniqueId":"mia"}}}}"#));
    let texts = lines(texts.join("\n").as_bytes(), &options());
    assert!(texts.len() == 3 && texts.iter().all(|line| !line.contains('!')), "{texts:?}");
    // Among many others, two are multiples of 1024 by chance.
    let exact = (0..28).map(|place| 7_708_691_486_874_237_361_u64 + 2 * place).map(|id| id.to_string());
    let ids = exact.chain(rounded[..2].iter().map(ToString::to_string));
    let table = ids.map(|id| format!("{id},mia,2026-11-16T09:00:00Z\n")).collect::<Vec<_>>().concat();
    let by_chance = lines(format!("id,author.uniqueId,createTime\n{table}").as_bytes(), &options());
    assert!(by_chance.len() == 30 && by_chance.iter().all(|line| !line.contains('!')), "{by_chance:?}");
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
    assert_eq!(proposed("member_id,followers_lost,views_7d\nmia,500,700\n"), [creator, None, None]);
    assert_eq!(proposed("member_id,birthday,order no,wert\nmia,2001-02-03,123456,rot\n"), [creator, None, None, None]);
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

/// A series of readings that is sorted by day: the first rows do not show that the posts come again.
#[test]
fn a_series_that_the_first_rows_do_not_show_is_refused_from_its_second_day_on() {
    let rows = |day: u32| -> String {
        let row = |post: u64| format!("{},mia,2026-11-{day},5\n", 7_708_691_486_874_237_361 + post);
        (0..600).map(row).collect()
    };
    let table = format!("video_id,username,date,views\n{}{}", rows(16), rows(17));
    let read = lines(table.as_bytes(), &options());
    let refused: Vec<_> = read.iter().filter(|line| line.contains("!several_dates date")).collect();
    assert_eq!((read.len(), refused.len()), (1_200, 600));
}

#[test]
fn a_table_whose_numbers_are_not_recognised_is_no_list_of_handles() {
    for table in ["username,Vistas\nmia,1.2K\n", "username,error\nmia,This profile does not exist.\n"] {
        assert!(ingest::read(table.as_bytes(), &options()).is_err(), "{table}");
    }
}
