//! Tests of the Import page's routes: a file is uploaded, read in the background, and its columns mapped if necessary.

use super::file_form::{self, assert_refused, files_kept, import_of, until_no_file_is_kept};
use super::markup::page::Page;
use super::short::{self, at};
use super::support::{NOW, World, eventually, location, text};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use program::ids::ImportId;
use program::imports::record::{Import, ImportState};
use program::once::FORM_ID;
use rstest::rstest;
use server::{Uploads, interrupt_unfinished};
use uuid::Uuid;

/// A part of the form whose content is text.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a str);

pub async fn upload(world: &World, parts: &[Part<'_>]) -> Response {
    let parts: Vec<_> = parts.iter().map(|(name, file, content)| (*name, *file, content.as_bytes())).collect();
    world.send(file_form::form(world, &parts)).await
}

/// Waits until the background job has ended.
pub async fn ended(world: &World, import_id: ImportId) -> Import {
    eventually("the import has ended", async || {
        let import = world.store.import(world.id(), import_id).await.unwrap().unwrap();
        let ended = !matches!(import.state, ImportState::Queued | ImportState::Running);
        ended.then_some(import)
    })
    .await
}

pub const TABLE: &str = "video_id,username,published_at,captured_at,view_count\n\
    1,mia,2026-08-17T10:00:00Z,2026-08-18T10:00:00Z,5\n\
    2,mia,someday,2026-08-18T10:00:00Z,7\n";

#[tokio::test]
async fn an_uploaded_file_is_read_in_the_background_and_then_removed() {
    let world = World::new().await;
    let import_id = import_of(&upload(&world, &[("file", Some("posts.csv"), TABLE)]).await);
    let import = ended(&world, import_id).await;
    assert_eq!((import.state, import.failure.as_deref()), (ImportState::Done, None));
    assert_eq!((import.file_name.as_str(), import.counts.rows, import.counts.rejected), ("posts.csv", 2, 1));
    assert_eq!(import.bytes_done, i64::try_from(TABLE.len()).unwrap());
    let rejections = world.store.rejections(world.id(), import_id).await.unwrap();
    assert_eq!((rejections[0].line, rejections[0].field.as_deref()), (3, Some("published_at")));
    assert_eq!(world.standings(NOW).await.len(), 1);
    until_no_file_is_kept(&world).await;

    let progress = world.get(&format!("/projects/{}/imports/{import_id}/progress", world.id())).await;
    assert_eq!(text(progress).await, r#"{"percent":100,"rows":2,"state":"done"}"#);
    let page = world.get(&format!("/projects/{}/imports/{import_id}", world.id())).await;
    assert_eq!(page.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_progress_of_an_import_of_a_deleted_project_is_not_found_until_it_is_restored() {
    let world = World::new().await;
    let import_id = import_of(&upload(&world, &[("file", Some("posts.csv"), TABLE)]).await);
    ended(&world, import_id).await;
    let status = async || world.get(&format!("/projects/{}/imports/{import_id}/progress", world.id())).await.status();
    assert_eq!(status().await, StatusCode::OK);
    world.store.delete_project(world.id(), NOW).await.unwrap();
    assert_eq!(status().await, StatusCode::NOT_FOUND);
    world.store.restore_project(world.id(), NOW).await.unwrap();
    assert_eq!(status().await, StatusCode::OK);
}

#[tokio::test]
async fn a_counter_that_is_too_large_is_left_out_with_its_line_and_the_post_goes_in() {
    let world = World::new().await;
    let table =
        TABLE.replace("someday,2026-08-18T10:00:00Z,7", "2026-08-17T10:00:00Z,2026-08-18T10:00:00Z,1000000000001");
    let import_id = import_of(&upload(&world, &[("file", Some("posts.csv"), &table)]).await);
    let import = ended(&world, import_id).await;
    assert_eq!((import.state, import.counts.rejected, import.details.posts), (ImportState::Done, 0, 2));
    let first = &import.details.left_out[0];
    assert_eq!((first.line, first.field.as_str(), first.code.as_str()), (3, "view_count", "invalid_count"));
    assert!(first.reason.contains("1,000,000,000,000"), "{}", first.reason);
    let mia = world.creator("mia").await;
    let totals = world.store.creator_totals(world.id(), &[mia]).await.unwrap();
    assert_eq!(totals[0].views, 5, "the other row is accepted");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_fails_and_says_why() {
    let world = World::new().await;
    let page = "<!doctype html><html><body>Log in</body></html>";
    let import = ended(&world, import_of(&upload(&world, &[("file", Some("a.json"), page)]).await)).await;
    assert_eq!(import.state, ImportState::Failed);
    assert!(import.failure.unwrap().contains("web page"));
    assert!(import.finished_at.is_some());
    until_no_file_is_kept(&world).await;
}

#[rstest]
#[case::nothing(&[], "Choose a file.")]
#[case::no_file_chosen(&[("file", Some(""), "")], "Choose a file.")]
#[case::empty(&[("file", Some("a.csv"), "")], "This file is empty.")]
#[case::creator(&[("file", Some("a.csv"), TABLE), ("creator", None, "no handle!")], "not a TikTok handle")]
#[case::instant(&[("file", Some("a.csv"), TABLE), ("collected_at", None, "yesterday")], "Enter a date and a time")]
#[case::ahead(&[("file", Some("a.csv"), TABLE), ("collected_at", None, "2027-01-01T00:00")], "from 2000 until now")]
#[case::long_ago(&[("file", Some("a.csv"), TABLE), ("collected_at", None, "1969-01-01T00:00")], "Enter a date and a time")]
#[tokio::test]
async fn an_upload_that_cannot_be_used_is_sent_back(#[case] parts: &[Part<'_>], #[case] why: &str) {
    let world = World::new().await;
    let page = assert_refused(upload(&world, parts).await, 422, why).await;
    for (_, _, typed) in parts.iter().filter(|(name, ..)| *name != "file") {
        assert!(page.contains(&format!("value=\"{typed}\"")), "what was typed is there again: {page}");
    }
    assert_eq!(world.store.imports(world.id()).await.unwrap(), []);
    assert_eq!(files_kept(&world), 0);
}

#[tokio::test]
async fn what_the_file_does_not_say_is_taken_from_the_page_in_the_projects_zone() {
    let world = World::in_zone("Asia/Seoul").await;
    let parts = [
        ("creator", None, " @Mia "),
        ("collected_at", None, "2026-08-18T09:00"),
        ("file", Some("a.csv"), "video_id,published_at,view_count\n1,2026-08-17,5\n"),
    ];
    let import = ended(&world, import_of(&upload(&world, &parts).await)).await;
    assert_eq!((import.state, import.counts.rejected), (ImportState::Done, 0));
    let mia = world.creator("mia").await;
    let creator = world.store.creator(world.id(), mia).await.unwrap().unwrap();
    assert_eq!(creator.looks.latest(), Some(at("2026-08-18T00:00:00Z")));
    let posts = world.store.posts(world.id(), mia, &program::posts::record::PostsQuery::default()).await.unwrap();
    assert_eq!(posts.posts[0].published_at, at("2026-08-16T15:00:00Z"), "a date is that local day's start");
}

#[tokio::test]
async fn columns_that_are_not_recognised_are_mapped_by_hand() {
    let world = World::new().await;
    let table = "nr,wer,wann\n7301,mia,2026-08-17T10:00:00Z\n";
    let import_id = import_of(&upload(&world, &[("file", Some("a.csv"), table)]).await);
    let waiting = ended(&world, import_id).await;
    assert_eq!(waiting.state, ImportState::Waiting);
    assert!(waiting.failure.is_some() && waiting.choices.contains("7301"), "{waiting:?}");
    assert_eq!(files_kept(&world), 1, "the file waits with the import");

    let columns = format!("/projects/{}/imports/{import_id}/columns", world.id());
    let half = [("column-0", "post_id"), ("column-1", "ignore"), ("column-2", "nonsense")];
    assert_eq!(world.post(&columns, "text/html", &half).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(ended(&world, import_id).await.state, ImportState::Waiting, "it still cannot be read");

    let whole = [("column-0", "post_id"), ("column-1", "creator"), ("column-2", "published_at")];
    let sent = world.post(&columns, "text/html", &whole).await;
    assert_eq!(location(&sent), format!("/projects/{}/imports/{import_id}", world.id()));
    let done = ended(&world, import_id).await;
    assert_eq!((done.state, done.counts.accepted, done.failure), (ImportState::Done, 1, None));
    until_no_file_is_kept(&world).await;

    world.post(&columns, "text/html", &half).await;
    assert_eq!(ended(&world, import_id).await.state, ImportState::Done, "what is done stays done");
}

#[tokio::test]
async fn an_import_that_waits_for_its_columns_can_be_cancelled() {
    let world = World::new().await;
    let import_id = import_of(&upload(&world, &[("file", Some("a.csv"), "nr,wer,wann\n1,mia,2026-08-17\n")]).await);
    let columns = format!("/projects/{}/imports/{import_id}/columns", world.id());
    world.post(&columns, "text/html", &[("column-0", "post_id"), ("cancel", "1")]).await;
    let import = ended(&world, import_id).await;
    assert_eq!((import.state, import.counts.rows), (ImportState::Failed, 0));
    assert_eq!(import.failure.as_deref(), Some("Cancelled before anything was read."));
    assert_eq!(files_kept(&world), 0);
}

#[tokio::test]
async fn the_address_of_a_form_leads_to_its_page_when_it_is_opened_again() {
    let world = World::new().await;
    let project = format!("/projects/{}", world.id());
    let import = format!("{project}/imports/{}", ImportId::new());
    for (address, page) in [
        (format!("{project}/imports"), format!("{project}/import")),
        (format!("{import}/columns"), import.clone()),
        (format!("{import}/cancel"), import.clone()),
    ] {
        let answer = world.get(&address).await;
        assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, page), "{address}");
    }
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_no_file() {
    let world = World::new().await;
    let request = file_form::request(&world, file_form::beginning("file", Some("a.csv")) + TABLE);
    assert_eq!(world.send(request).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(files_kept(&world), 0);
    assert_eq!(world.store.imports(world.id()).await.unwrap(), []);
}

#[tokio::test]
async fn a_restart_ends_what_was_being_read_and_keeps_what_waits() {
    let world = World::new().await;
    let waiting = import_of(&upload(&world, &[("file", Some("a.csv"), "nr,wer,wann\n1,mia,2026-08-17\n")]).await);
    let mut running = world.store.import(world.id(), waiting).await.unwrap().unwrap();
    (running.import_id, running.state) = (ImportId::new(), ImportState::Running);
    world.store.create_import(&running).await.unwrap();
    let folder = file_form::folder(&world);
    std::fs::write(folder.join(running.import_id.uuid().simple().to_string()), TABLE).unwrap();
    std::fs::write(folder.join(Uuid::now_v7().simple().to_string()), "cut off").unwrap();
    std::fs::write(folder.join("a note of somebody's"), "not ours").unwrap();

    interrupt_unfinished(&world.store, &Uploads::in_folder(folder), NOW).await.unwrap();
    assert_eq!(files_kept(&world), 2, "the file that waits, and what is not ours");
    let interrupted = world.store.import(world.id(), running.import_id).await.unwrap().unwrap();
    assert_eq!((interrupted.state, interrupted.finished_at), (ImportState::Failed, Some(NOW)));
    assert_eq!(world.store.import(world.id(), waiting).await.unwrap().unwrap().state, ImportState::Waiting);
}

#[tokio::test]
async fn uploads_to_projects_and_imports_that_are_not_there_are_not_found() {
    let world = World::new().await;
    let stranger = Uuid::now_v7();
    let id = world.id();
    for (path, form) in [
        (format!("/projects/{stranger}/imports/{stranger}/columns"), [("column-0", "post_id")]),
        (format!("/projects/{id}/imports/{stranger}/columns"), [("column-0", "post_id")]),
    ] {
        assert_eq!(world.post(&path, "text/html", &form).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let progress = world.get(&format!("/projects/{id}/imports/{stranger}/progress")).await;
    assert_eq!(progress.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_upload_asked_for_by_another_site_is_refused() {
    let world = World::new().await;
    let mut request = file_form::request(&world, Body::empty());
    request.headers_mut().insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    let response = world.send(request).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_table_with_too_many_columns_says_how_many_there_may_be_and_makes_no_large_page() {
    let world = World::new().await;
    let table = "unknown,".repeat(100_000) + "\n1\n";
    let import_id = import_of(&upload(&world, &[("file", Some("wide.csv"), &table)]).await);
    let import = ended(&world, import_id).await;
    assert_eq!(import.state, ImportState::Failed);
    let page = text(world.get(&format!("/projects/{}/imports/{import_id}", world.id())).await).await;
    assert!(page.contains("This table has 100001 columns; at most 500 are read.") && page.len() < 100_000, "{page}");
    until_no_file_is_kept(&world).await;
}

#[tokio::test]
async fn several_files_are_read_at_once_and_one_that_cannot_be_read_is_named() {
    let world = World::new().await;
    let open = "handle,post_id,posted\nmia,7,3/4/2026\n";
    let parts = [
        ("file", Some("a.csv"), TABLE),
        ("file", Some("b.csv"), "<html>"),
        ("file", Some("c.csv"), open),
        ("look", None, "1"),
    ];
    let answer = upload(&world, &parts).await;
    assert_eq!(location(&answer), format!("/projects/{}/import?uploaded=3", world.id()));
    eventually("the clear file is read, and the others are named", async || {
        let imports = world.store.imports(world.id()).await.unwrap();
        let mut states: Vec<_> = imports.iter().map(|import| (import.file_name.as_str(), import.state)).collect();
        states.sort_by_key(|(name, _)| *name);
        let expected = [("a.csv", ImportState::Done), ("b.csv", ImportState::Failed), ("c.csv", ImportState::Waiting)];
        (states == expected).then_some(())
    })
    .await;
    let page = text(world.get(&location(&answer)).await).await;
    assert!(page.contains("3 files were uploaded."), "{page}");
    let many: Vec<_> = (0..21).map(|_| ("file", Some("a.csv"), TABLE)).collect();
    let refused = upload(&world, &many).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("at most 20 files"));
}

#[tokio::test]
async fn a_file_in_another_encoding_is_understood_at_once_and_read_with_one_answer() {
    let world = World::new().await;
    let table = b"handle;Ver\xf6ffentlicht am;post_id;Aufrufe\nmia;3.4.2026;601;1.234\n";
    let request = file_form::form(&world, &[("file", Some("mai.csv"), table), ("look", None, b"1")]);
    let page = location(&world.send(request).await);
    let shown = text(world.get(&page).await).await;
    for expected in
        ["not UTF-8 text", "Veröffentlicht am", "3 Apr 2026", "1.234", "name=\"decimal\"", "name=\"collected_at\""]
    {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(!shown.contains("There is a problem"), "{shown}");
    // What is asked about the whole file is not repeated at the cell.
    assert!(shown.contains("wait for your answer above") && !shown.contains("Aufrufe: "), "{shown}");
    let columns =
        [("column-0", "creator"), ("column-1", "published_at"), ("column-2", "post_id"), ("column-3", "views")];
    let answers = [("encoding", "windows-1252"), ("decimal", "comma"), ("collected_at", "2026-08-19T10:00")];
    // The rows can be shown once more with the answers, and with other columns, before anything is taken in.
    let again = [&columns[..3], &answers, &[("column-3", "ignore"), ("look", "1")]].concat();
    world.post(&format!("{page}/columns"), "text/html", &again).await;
    let shown = text(world.get(&page).await).await;
    assert!(!shown.contains("1,234 views"), "{shown}");
    // An answer can be changed.
    assert!(shown.contains("name=\"decimal\" value=\"comma\" checked"), "{shown}");
    let again = [&columns[..], &answers, &[("look", "1")]].concat();
    world.post(&format!("{page}/columns"), "text/html", &again).await;
    let shown = text(world.get(&page).await).await;
    assert!(shown.contains("1,234 views") && shown.contains("points group thousands"), "{shown}");
    let whole = [&columns[..], &answers].concat();
    world.post(&format!("{page}/columns"), "text/html", &whole).await;
    let import_id = page.rsplit('/').next().unwrap().parse().unwrap();
    let import = ended(&world, import_id).await;
    assert_eq!((import.state, import.counts.rejected, import.details.readings), (ImportState::Done, 0, 1));
}

#[tokio::test]
async fn the_first_rows_are_shown_as_import_takes_them_in() {
    let world = World::new().await;
    // One column looks like instants although its name says nothing; the other file does not say when it was read.
    let named = "handle,post_id,posted,seen,views\nmia,601,2026-08-17T09:00:00Z,2026-08-18T10:00:00Z,50\n";
    let undated = "handle,post_id,posted,views\nmia,602,2026-08-17T09:00:00Z,60\n";
    for (file, when) in [(named, "18 Aug 2026, 10:00"), (undated, "19 Aug 2026, 12:00")] {
        let page = location(&upload(&world, &[("file", Some("a.csv"), file), ("look", None, "1")]).await);
        let shown = text(world.get(&page).await).await;
        let forms = Page::read(&shown, true).forms();
        let fields = forms.iter().find(|form| form.sends_to(&format!("{page}/columns"))).unwrap();
        assert!(shown.contains(when) && shown.contains("views"), "{when}: {shown}");
        let sent = fields.untouched();
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.post(&format!("{page}/columns"), "text/html", &sent).await;
        let import = ended(&world, page.rsplit('/').next().unwrap().parse().unwrap()).await;
        assert_eq!((import.details.readings, import.counts.without_instant), (1, 0), "{when}");
    }
    // Somebody who clears the field imports the posts alone, and the preview says so.
    let page = location(&upload(&world, &[("file", Some("b.csv"), undated), ("look", None, "1")]).await);
    let columns =
        [("column-0", "creator"), ("column-1", "post_id"), ("column-2", "published_at"), ("column-3", "views")];
    let cleared = [&columns[..], &[("collected_at", ""), ("look", "1")]].concat();
    world.post(&format!("{page}/columns"), "text/html", &cleared).await;
    let shown = text(world.get(&page).await).await;
    assert!(!shown.contains("60 views") && !shown.contains("value=\"2026-08-19T12:00\""), "{shown}");
}

#[tokio::test]
async fn one_of_several_files_waits_if_its_numbers_would_be_lost() {
    let world = World::new().await;
    let undated = "handle,post_id,posted,views\nmia,602,2026-08-17T09:00:00Z,60\n";
    upload(&world, &[("file", Some("a.csv"), TABLE), ("file", Some("b.csv"), undated)]).await;
    eventually("one is read, the other waits", async || {
        let imports = world.store.imports(world.id()).await.unwrap();
        let mut states: Vec<_> = imports.iter().map(|import| (import.file_name.as_str(), import.state)).collect();
        states.sort_by_key(|(name, _)| *name);
        (states == [("a.csv", ImportState::Done), ("b.csv", ImportState::Waiting)]).then_some(())
    })
    .await;
}

#[tokio::test]
async fn of_several_files_those_that_were_taken_in_and_the_one_that_was_not_are_named() {
    let world = World::new().await;
    let open = |number: usize| format!("handle,post_id,posted\nmia,{number},3/4/2026\n");
    let files: Vec<_> = (0..51).map(open).collect();
    for files in files[..48].chunks(16) {
        let parts: Vec<_> = files.iter().map(|file| ("file", Some("a.csv"), file.as_str())).collect();
        assert_eq!(upload(&world, &parts).await.status(), StatusCode::SEE_OTHER);
    }
    // 50 imports may be unfinished, so there is room for two of these three.
    let names = ["first.csv", "second.csv", "third.csv"];
    let form_id = Uuid::now_v7().to_string();
    let mut parts = vec![(FORM_ID, None, form_id.as_str())];
    parts.extend(files[48..].iter().zip(names).map(|(file, name)| ("file", Some(name), file.as_str())));
    let refused = upload(&world, &parts).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let page = text(refused).await;
    let told = "Uploaded, and listed below: “first.csv”, “second.csv”. The upload ended at “third.csv”, which was not taken \
        in: This project has 50 unfinished imports.";
    assert!(page.contains(told), "{page}");
    let listed = world.store.imports(world.id()).await.unwrap();
    assert!(listed.iter().any(|import| import.file_name == "second.csv"), "{listed:?}");
    // The same form again, once there is room: the two imports are the same as before, and the third is recorded.
    let oldest = listed.iter().find(|import| import.file_name == "a.csv").unwrap().import_id;
    world.post(&format!("/projects/{}/imports/{oldest}/cancel", world.id()), "text/html", &[]).await;
    assert_eq!(upload(&world, &parts).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_time_zone_of_a_file_is_chosen_on_its_page() {
    let world = World::new().await;
    let table = "handle,post_id,posted\nmia,7,2026-08-17 20:00\n";
    let page = location(&upload(&world, &[("file", Some("a.csv"), table), ("look", None, "1")]).await);
    let columns = [("column-0", "creator"), ("column-1", "post_id"), ("column-2", "published_at")];
    let send = async |zone: &'static str, more: &[(&str, &str)]| {
        let fields = [&columns[..], &[("zone", zone)], more].concat();
        world.post(&format!("{page}/columns"), "text/html", &fields).await
    };
    let refused = send("Mars/Olympus", &[]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = text(refused).await;
    assert!(refused.contains("This is not a time zone.") && refused.contains("id=\"zone-error\""), "{refused}");
    assert!(refused.contains("value=\"Mars/Olympus\""), "what was typed stays: {refused}");
    // The first rows can be shown once more, as they are understood now.
    send("America/New_York", &[("look", "1")]).await;
    let shown = text(world.get(&page).await).await;
    assert!(shown.contains("18 Aug 2026, 00:00") && shown.contains("times in UTC"), "{shown}");
    send("America/New_York", &[]).await;
    eventually("the post is stored", async || {
        let found = world.store.post_ids(world.id(), &["7"]).await.unwrap();
        found.contains_key("7").then_some(())
    })
    .await;
    let post = short::a_post(&world, "7").await;
    let post = world.store.post(world.id(), post).await.unwrap().unwrap().post;
    assert_eq!(post.published_at, short::at("2026-08-18T00:00:00Z"));
}
