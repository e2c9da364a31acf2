//! Tests of uploaded files that wait, are read, are cancelled, are too large, or were left behind by a stopped server.

use super::support::{HOUR, NOW, World, eventually, location, text};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use flate2::{Compression, write::GzEncoder};
use futures_util::future::join_all;
use futures_util::stream;
use program::imports::record::{Import, ImportCounts, ImportState, UNFINISHED_IMPORTS};
use program::projects::record::ProjectChange;
use program::store::SharedStore;
use server::{
    AppState, Limits, Network, Peer, Places, Site, UploadLimits, Uploads, interrupt_unfinished, resume, router, tidy,
};
use std::convert::Infallible;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant as StdInstant};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use uuid::Uuid;

const BOUNDARY: &str = "boundary";

fn folder(world: &World) -> PathBuf {
    world.folder.path().join("uploads")
}

fn files_kept(world: &World) -> usize {
    fs::read_dir(folder(world))
        .map_or(0, |files| files.filter(|file| file.as_ref().unwrap().file_name() != ".held").count())
}

fn server_with(world: &World, limits: UploadLimits) -> Router {
    server_within(world, limits, Limits::default())
}

/// Limits under which one client may upload eight files at once.
fn without_shares() -> Limits {
    Limits { uploads: Places { all: 8, each: 8 }, uploads_of_project: 8, ..Limits::default() }
}

fn server_within(world: &World, of_uploads: UploadLimits, limits: Limits) -> Router {
    let uploads = Uploads::with_limits(folder(world), None, of_uploads);
    router(AppState::new(world.server(), uploads, Site::empty(), Network::default(), limits, CancellationToken::new()))
}

fn upload(world: &World, form_id: &str, name: &str, content: &[u8]) -> Request<Body> {
    let part = |name: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
    let head = format!("{}\r\n\r\n{form_id}\r\n{}; filename=\"{name}\"\r\n\r\n", part("form_id"), part("file"));
    let body = [head.as_bytes(), content, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
    Request::builder()
        .method("POST")
        .uri(format!("/projects/{}/imports", world.id()))
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap()
}

fn import_of(response: &Response) -> Uuid {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    location(response).rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("{}", location(response)))
}

fn form(path: &str, body: &str) -> Request<Body> {
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(body.to_owned())).unwrap()
}

/// Waits until an import is in one of these states.
async fn reaches(store: &SharedStore, project_id: Uuid, import_id: Uuid, wanted: &[ImportState]) -> Import {
    eventually(&format!("the import is one of {wanted:?}"), async || {
        let import = store.import(project_id, import_id).await.unwrap().unwrap();
        wanted.contains(&import.state).then_some(import)
    })
    .await
}

async fn until_no_file_is_kept(world: &World) {
    eventually("no file is kept", async || (files_kept(world) == 0).then_some(())).await;
}

/// Returns a compressed table whose only row does not end during a test.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(b"video_id,username,published_at\n1,mia,2026-08-17T10:00:00Z\n").unwrap();
    let lines = b"\n".repeat(1 << 20);
    for _ in 0..mebibytes {
        encoder.write_all(&lines).unwrap();
    }
    encoder.finish().unwrap()
}

fn table(rows: usize) -> String {
    let rows = (0..rows).map(|row| format!("{row},mia,2026-08-17T10:00:00Z\n"));
    std::iter::once("video_id,username,published_at\n".to_owned()).chain(rows).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_files_are_read_at_a_time_the_others_wait_in_order_and_each_can_be_cancelled_at_once() {
    let world = World::new().await;
    let router = server_with(&world, UploadLimits { most_unpacked: u64::MAX, kept_free: Some(0) });
    let (store, project) = (&world.store, world.id());
    let endless = bomb(4_000);
    let mut ids = Vec::new();
    for name in ["a.csv.gz", "b.csv.gz", "c.csv.gz", "d.csv.gz"] {
        ids.push(import_of(&router.clone().oneshot(upload(&world, "", name, &endless)).await.unwrap()));
    }
    let states = async || {
        let imports = join_all(ids.iter().map(|id| store.import(project, *id))).await;
        imports.into_iter().map(|import| import.unwrap().unwrap().state).collect::<Vec<_>>()
    };
    let (running, queued) = (ImportState::Running, ImportState::Queued);
    assert_eq!(states().await, [running, running, queued, queued]);
    let page = text(world.get(&format!("/projects/{project}/imports/{}", ids[2])).await).await;
    assert!(page.contains("Waiting for its turn") && page.contains("Cancel the import"), "{page}");

    // Another server with the same database is asked to cancel; this one notices.
    let other = World::having(world.project.clone(), world.url.clone()).await;
    let cancel = |id: Uuid| form(&format!("/projects/{project}/imports/{id}/cancel"), "");
    for (place, said) in
        [(3, "Cancelled before anything was read."), (0, "Cancelled. Rows read before that were imported.")]
    {
        let asked = StdInstant::now();
        other.send(cancel(ids[place])).await;
        let import = store.import(project, ids[place]).await.unwrap().unwrap();
        assert_eq!((import.state, import.failure.as_deref()), (ImportState::Failed, Some(said)));
        let file = folder(&world).join(ids[place].simple().to_string());
        eventually("whoever had the file notices", async || (!file.exists()).then_some(())).await;
        assert!(asked.elapsed() < Duration::from_secs(10), "whoever had the file noticed late");
    }
    // Its turn came.
    reaches(store, project, ids[2], &[running]).await;
    for id in [ids[1], ids[2]] {
        router.clone().oneshot(cancel(id)).await.unwrap();
    }
    until_no_file_is_kept(&world).await;
    assert_eq!(states().await, [ImportState::Failed; 4]);
    // A finished import stays as it is.
    router.oneshot(cancel(ids[1])).await.unwrap();
    let import = store.import(project, ids[1]).await.unwrap().unwrap();
    assert_eq!(import.failure.as_deref(), Some("Cancelled. Rows read before that were imported."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn imports_that_wait_for_their_turn_hardly_ask_the_database() {
    let world = World::new().await;
    let router = server_with(&world, UploadLimits { most_unpacked: u64::MAX, kept_free: Some(0) });
    let endless = bomb(4_000);
    let mut ids = Vec::new();
    for name in ["a.csv.gz", "b.csv.gz"] {
        ids.push(import_of(&router.clone().oneshot(upload(&world, "", name, &endless)).await.unwrap()));
    }
    // A project receives no more than its share at a time, even from different addresses.
    for _ in 0..4 {
        let waiting = (1..=4).map(|client| {
            let mut request = upload(&world, "", "c.csv", table(1).as_bytes());
            request.extensions_mut().insert(Peer([10, 0, 0, client].into()));
            router.clone().oneshot(request)
        });
        ids.extend(join_all(waiting).await.iter().map(|answer| import_of(answer.as_ref().unwrap())));
    }
    let before = world.sql.statements_run();
    // There is nothing to wait for: what is counted is how little happens in a second.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let asked = world.sql.statements_run() - before;
    assert!(asked < 30, "{asked} statements in a second");
    for id in ids {
        let cancel = form(&format!("/projects/{}/imports/{id}/cancel", world.id()), "");
        router.clone().oneshot(cancel).await.unwrap();
    }
    until_no_file_is_kept(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mapped_import_that_is_sent_eight_times_at_once_is_read_once() {
    let world = World::new().await;
    let router = server_with(&world, UploadLimits::default());
    let file = "nr,wer,wann\n7301,mia,2026-08-17T10:00:00Z\n";
    let id = import_of(&router.clone().oneshot(upload(&world, "", "a.csv", file.as_bytes())).await.unwrap());
    let path = format!("/projects/{}/imports/{id}/columns", world.id());
    let sent = (0..8).map(|_| {
        let form = form(&path, "column-0=post_id&column-1=creator&column-2=published_at");
        tokio::spawn(router.clone().oneshot(form))
    });
    for answer in join_all(sent).await {
        assert_eq!(answer.unwrap().unwrap().status(), StatusCode::SEE_OTHER);
    }
    let done = reaches(&world.store, world.id(), id, &[ImportState::Done, ImportState::Failed]).await;
    assert_eq!((done.state, done.counts.rows, done.counts.accepted), (ImportState::Done, 1, 1), "{done:?}");
    until_no_file_is_kept(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_upload_sent_eight_times_at_once_is_one_import() {
    let world = World::new().await;
    let router = server_within(&world, UploadLimits::default(), without_shares());
    let form_id = Uuid::now_v7().to_string();
    let content = table(3);
    let sent =
        (0..8).map(|_| tokio::spawn(router.clone().oneshot(upload(&world, &form_id, "a.csv", content.as_bytes()))));
    let ids: Vec<Uuid> = join_all(sent).await.into_iter().map(|sent| import_of(&sent.unwrap().unwrap())).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let done = reaches(&world.store, world.id(), ids[0], &[ImportState::Done, ImportState::Failed]).await;
    assert_eq!((done.state, done.counts.accepted), (ImportState::Done, 3));
    assert_eq!(world.store.imports(world.id()).await.unwrap().len(), 1);
    until_no_file_is_kept(&world).await;
    // Another file on the same page is another import.
    let other = router.oneshot(upload(&world, &form_id, "a.csv", table(4).as_bytes())).await.unwrap();
    assert_ne!(import_of(&other), ids[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_upload_whose_import_failed_can_be_sent_again_from_the_same_page() {
    let world = World::new().await;
    let form_id = Uuid::now_v7().to_string();
    let content = table(1 << 16);
    let send = async |most_unpacked| {
        let router = server_with(&world, UploadLimits { most_unpacked, kept_free: Some(0) });
        let id = import_of(&router.oneshot(upload(&world, &form_id, "a.csv", content.as_bytes())).await.unwrap());
        reaches(&world.store, world.id(), id, &[ImportState::Done, ImportState::Failed]).await
    };
    let failed = [send(1 << 16).await, send(1 << 16).await];
    assert_eq!(failed.each_ref().map(|import| import.state), [ImportState::Failed; 2]);
    let done = send(1 << 30).await;
    assert_eq!((done.state, done.counts.rows), (ImportState::Done, 1 << 16), "{done:?}");
    assert!(failed.iter().all(|import| import.import_id != done.import_id));
    assert_eq!(send(1 << 30).await.import_id, done.import_id, "what is done is not done again");
    until_no_file_is_kept(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_small_file_that_unpacks_to_more_than_may_be_read_ends_there_and_says_so() {
    let world = World::new().await;
    let router = server_with(&world, UploadLimits { most_unpacked: 1 << 20, kept_free: None });
    let id = import_of(&router.clone().oneshot(upload(&world, "", "a.csv.gz", &bomb(64))).await.unwrap());
    let ended = reaches(&world.store, world.id(), id, &[ImportState::Done, ImportState::Failed]).await;
    let said = ended.failure.unwrap();
    assert!(ended.state == ImportState::Failed && said.contains("more than 1 MiB"), "{said}");
    assert_eq!(ended.counts.accepted, 1, "the rows up to there are in");
    until_no_file_is_kept(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_reads_no_further_than_the_import_may() {
    let world = World::new().await;
    let router = server_with(&world, UploadLimits { most_unpacked: 1 << 20, kept_free: None });
    // Unrecognised columns after 64 MiB of blank rows: a preview that got there would ask for them.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let lines = b"\"\"\r\n".repeat(1 << 18);
    for _ in 0..64 {
        encoder.write_all(&lines).unwrap();
    }
    encoder.write_all(b"nr,wer,wann\n1,mia,2026-08-17\n").unwrap();
    let file = encoder.finish().unwrap();
    let id = import_of(&router.oneshot(upload(&world, "", "a.csv.gz", &file)).await.unwrap());
    let over = [ImportState::Done, ImportState::Failed, ImportState::Waiting];
    let ended = reaches(&world.store, world.id(), id, &over).await;
    assert_eq!(ended.state, ImportState::Failed);
    let said = ended.failure.unwrap();
    assert!(said.contains("more than 1 MiB"), "{said}");
    until_no_file_is_kept(&world).await;
}

#[tokio::test]
async fn an_upload_for_which_the_disk_has_too_little_room_is_refused_before_it_comes() {
    let world = World::new().await;
    // More than any disk has.
    let router = server_with(&world, UploadLimits { most_unpacked: 1 << 20, kept_free: Some(u64::MAX / 2) });
    let answer = router.oneshot(upload(&world, "", "a.csv", table(3).as_bytes())).await.unwrap();
    let sent_back = location(&answer);
    assert!(sent_back.contains("refused=no_room"), "{sent_back}");
    assert!(text(world.get(&sent_back).await).await.contains("not enough room on the server"));
    assert_eq!(files_kept(&world), 0);
    assert_eq!(world.store.imports(world.id()).await.unwrap(), []);
    // A file larger than the disk, by its declared length, is refused before it is received.
    let router = server_with(&world, UploadLimits::default());
    let mut huge = upload(&world, "", "a.csv", table(3).as_bytes());
    huge.headers_mut().insert(header::CONTENT_LENGTH, (u64::MAX / 4).to_string().parse().unwrap());
    assert!(location(&router.oneshot(huge).await.unwrap()).contains("refused=no_room"));
}

/// Uploads into a project, as a client of its own.
fn upload_by(client: u8, world: &World, project_id: Uuid) -> Request<Body> {
    let mut request = upload(world, "", "b.csv", table(1).as_bytes());
    *request.uri_mut() = format!("/projects/{project_id}/imports").parse().unwrap();
    request.extensions_mut().insert(Peer([192, 0, 2, client].into()));
    request
}

/// Sends the beginning of a file, more than the server buffers before it processes a body, and then nothing.
fn without_end(mut request: Request<Body>) -> Request<Body> {
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n")
        + &"x".repeat(32 * 1024);
    let beginning = stream::iter([Ok::<_, Infallible>(Bytes::from(head))]);
    request.headers_mut().remove(header::CONTENT_LENGTH);
    *request.body_mut() = Body::from_stream(futures_util::StreamExt::chain(beginning, stream::pending()));
    request
}

#[tokio::test]
async fn more_uploads_at_once_than_are_received_are_refused_and_those_that_break_off_leave_nothing() {
    let world = World::new().await;
    let router = server_with(&world, UploadLimits::default());
    let mut projects = vec![world.id()];
    for name in ["Autumn", "Winter"] {
        let (zone, settings) = (world.project.zone, world.project.settings);
        let new = ProjectChange { name: name.to_owned(), zone, settings };
        projects.push(world.store.create_project(Uuid::now_v7(), &new, NOW).await.unwrap().project_id);
    }
    let mut uploads = Vec::new();
    for (client, project, refused) in [
        (1, 0, None),
        (1, 0, None),
        // One client takes two places and no more, whatever the project.
        (1, 0, Some("share")),
        (1, 1, Some("share")),
        (2, 0, None),
        (3, 0, None),
        // One project takes four.
        (4, 0, Some("share")),
        (2, 1, None),
        (4, 1, None),
        (4, 1, None),
        (5, 1, None),
        (6, 2, Some("busy")),
    ] {
        let request = upload_by(client, &world, projects[project]);
        if let Some(why) = refused {
            let refused = router.clone().oneshot(request).await.unwrap();
            assert!(location(&refused).ends_with(&format!("refused={why}")), "{client}: {}", location(&refused));
        } else {
            uploads.push(tokio::spawn(router.clone().oneshot(without_end(request))));
            let all = uploads.len();
            eventually("the file is being received", async || (files_kept(&world) == all).then_some(())).await;
        }
    }
    for upload in uploads {
        // As when the browser disconnects.
        upload.abort();
        assert!(upload.await.unwrap_err().is_cancelled());
    }
    assert_eq!(files_kept(&world), 0);
    let id = import_of(&router.oneshot(upload(&world, "", "b.csv", table(1).as_bytes())).await.unwrap());
    reaches(&world.store, world.id(), id, &[ImportState::Done]).await;
}

#[tokio::test]
async fn an_upload_that_takes_too_long_gives_its_place_back_and_leaves_nothing() {
    let world = World::new().await;
    let limits = Limits { upload: Duration::from_millis(200), ..Limits::default() };
    let router = server_within(&world, UploadLimits::default(), limits);
    let refused = router.oneshot(without_end(upload_by(1, &world, world.id()))).await.unwrap();
    assert!(location(&refused).ends_with("refused=slow"), "{}", location(&refused));
    assert_eq!(files_kept(&world), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_imports_wait_than_may_be_however_many_come_at_once() {
    let world = World::new().await;
    let router = server_within(&world, UploadLimits { most_unpacked: 1 << 20, kept_free: Some(0) }, without_shares());
    let (mut waiting, mut refused) = (0, 0);
    for _ in 0..8 {
        let sent =
            (0..8).map(|_| tokio::spawn(router.clone().oneshot(upload(&world, "", "a.csv", b"nr,wer\n1,mia\n"))));
        for answer in join_all(sent).await {
            let led_to = location(&answer.unwrap().unwrap());
            if led_to.contains("refused=many") { refused += 1 } else { waiting += 1 }
        }
    }
    assert_eq!((waiting, refused), (UNFINISHED_IMPORTS, 64 - UNFINISHED_IMPORTS));
    assert_eq!(i64::try_from(files_kept(&world)).unwrap(), UNFINISHED_IMPORTS);
}

fn import(world: &World, state: ImportState, folder_id: Option<Uuid>) -> Import {
    Import {
        project_id: world.id(),
        import_id: Uuid::now_v7(),
        file_name: "a.csv".to_owned(),
        state,
        choices: "{}".to_owned(),
        bytes_total: i64::try_from(table(2).len()).unwrap(),
        bytes_done: 0,
        counts: ImportCounts::default(),
        failure: None,
        created_at: NOW.plus_millis(-48 * HOUR),
        finished_at: None,
        removed_creators: String::new(),
        folder_id,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_looks_at_every_import_however_many_came_after_it() {
    let world = World::new().await;
    let (store, uploads) = (&world.store, Uploads::in_folder(folder(&world)));
    let held = uploads.hold().unwrap();
    let own: Uuid = fs::read_to_string(folder(&world).join(".held")).unwrap().trim().parse().unwrap();
    let put = |id: Uuid| fs::write(folder(&world).join(id.simple().to_string()), table(2)).unwrap();
    let make = async |state, folder_id, with_file: bool| {
        let import = import(&world, state, folder_id);
        store.create_import(&import).await.unwrap();
        if with_file {
            put(import.import_id);
        }
        import.import_id
    };
    let (waiting, queued, running, stranger) =
        (ImportState::Waiting, ImportState::Queued, ImportState::Running, Some(Uuid::now_v7()));
    let waits = make(waiting, Some(own), true).await;
    let in_line = make(queued, Some(own), true).await;
    let interrupted = make(running, Some(own), true).await;
    let without_file = make(running, Some(own), false).await;
    let lost = make(waiting, Some(own), false).await;
    let of_old = make(running, None, false).await;
    let elsewhere = make(running, stranger, false).await;
    for _ in 0..250 {
        store.create_import(&import(&world, ImportState::Done, Some(own))).await.unwrap();
    }
    // A partial file of a killed server.
    fs::write(folder(&world).join(format!("{}.part", Uuid::now_v7().simple())), "cut off").unwrap();
    fs::write(folder(&world).join("a note of somebody's"), "not ours").unwrap();

    let waiting_for_their_turn = interrupt_unfinished(store, &uploads, NOW).await.unwrap();
    assert_eq!(waiting_for_their_turn.iter().map(|(_, import)| import.import_id).collect::<Vec<_>>(), [in_line]);
    let state = async |id| store.import(world.id(), id).await.unwrap().unwrap().state;
    assert_eq!(state(waits).await, ImportState::Waiting);
    for id in [interrupted, without_file, lost, of_old] {
        assert_eq!(state(id).await, ImportState::Failed);
    }
    assert_eq!(state(elsewhere).await, ImportState::Running, "another server reads it");
    assert_eq!(files_kept(&world), 3, "the two that wait, and what is not ours");

    resume(&world.server(), &uploads, waiting_for_their_turn);
    let done = reaches(store, world.id(), in_line, &[ImportState::Done, ImportState::Failed]).await;
    assert_eq!((done.state, done.counts.accepted), (ImportState::Done, 2), "{done:?}");
    drop(held);
}

#[tokio::test]
async fn a_file_that_became_shorter_while_it_waited_is_not_read() {
    let world = World::new().await;
    let uploads = Uploads::in_folder(folder(&world));
    let _held = uploads.hold().unwrap();
    let own: Uuid = fs::read_to_string(folder(&world).join(".held")).unwrap().trim().parse().unwrap();
    let queued = import(&world, ImportState::Queued, Some(own));
    world.store.create_import(&queued).await.unwrap();
    fs::write(folder(&world).join(queued.import_id.simple().to_string()), table(1)).unwrap();
    resume(&world.server(), &uploads, interrupt_unfinished(&world.store, &uploads, NOW).await.unwrap());
    let over = [ImportState::Done, ImportState::Failed];
    let ended = reaches(&world.store, world.id(), queued.import_id, &over).await;
    let said = ended.failure.unwrap_or_default();
    assert!(said.contains("no longer complete"), "{said}");
    assert_eq!((ended.state, ended.counts.rows), (ImportState::Failed, 0));
    until_no_file_is_kept(&world).await;
}

#[tokio::test]
async fn a_file_whose_import_was_cancelled_on_another_server_is_put_away() {
    let world = World::new().await;
    let uploads = Uploads::in_folder(folder(&world));
    let router = server_with(&world, UploadLimits::default());
    let file = b"nr,wer,wann\n1,mia,2026-08-17\n";
    let cancelled = import_of(&router.clone().oneshot(upload(&world, "", "a.csv", file)).await.unwrap());
    let waiting = import_of(&router.oneshot(upload(&world, "", "b.csv", file)).await.unwrap());
    // Its files are in another folder.
    let other = World::having(world.project.clone(), world.url.clone()).await;
    other.send(form(&format!("/projects/{}/imports/{cancelled}/cancel", world.id()), "")).await;
    assert_eq!(files_kept(&world), 2);
    tidy(&world.store, &uploads, NOW).await.unwrap();
    assert_eq!(files_kept(&world), 1);
    assert_eq!(world.store.import(world.id(), waiting).await.unwrap().unwrap().state, ImportState::Waiting);
}

#[tokio::test]
async fn what_waits_in_a_deleted_project_is_there_when_it_is_brought_back() {
    let world = World::new().await;
    let uploads = Uploads::in_folder(folder(&world));
    let _held = uploads.hold().unwrap();
    let router = server_with(&world, UploadLimits::default());
    let id = import_of(&router.oneshot(upload(&world, "", "a.csv", b"nr,wer,wann\n1,mia,2026-08-17\n")).await.unwrap());
    world.store.delete_project(world.id(), NOW).await.unwrap();
    interrupt_unfinished(&world.store, &uploads, NOW).await.unwrap();
    assert_eq!(files_kept(&world), 1);
    world.store.restore_project(world.id(), NOW).await.unwrap();
    assert_eq!(world.store.import(world.id(), id).await.unwrap().unwrap().state, ImportState::Waiting);
}

#[tokio::test]
async fn pastes_push_no_import_out_and_old_ones_move_to_their_place() {
    let world = World::new().await;
    let id = world.id();
    let file = import(&world, ImportState::Done, None);
    world.store.create_import(&file).await.unwrap();
    // As the previous version stored a paste.
    let choices = r#"{"creator":null,"collected_at":null,"columns":[],"is_paste":true}"#.to_owned();
    let counts = ImportCounts { rows: 3, accepted: 1, duplicates: 1, rejected: 1, ..ImportCounts::default() };
    let old = Import { choices, counts, ..import(&world, ImportState::Done, None) };
    world.store.create_import(&old).await.unwrap();
    let row = |position: i64, text: &str, code: &str| program::imports::record::Rejection {
        position,
        line: position + 1,
        field: Some(text.to_owned()),
        code: code.to_owned(),
        reason: String::new(),
    };
    let rows = [row(0, "mia", "added"), row(1, "mia", "repeated"), row(2, "?", "unreadable")];
    world.store.add_rejections(id, old.import_id, &rows).await.unwrap();
    for undo in [
        "DROP TABLE paste_texts",
        "DROP TABLE pastes",
        "DROP TABLE write_probes",
        "ALTER TABLE imports DROP COLUMN folder_id",
        "ALTER TABLE imports DROP COLUMN removed_creators",
        "DELETE FROM _sqlx_migrations WHERE version = 8",
    ] {
        world.texts(undo).await;
    }
    let world = World::having(world.project.clone(), world.url.clone()).await;
    assert_eq!(world.store.imports(id).await.unwrap(), std::slice::from_ref(&file));
    assert_eq!(world.store.import(id, old.import_id).await.unwrap(), None);
    let (paste, texts) = world.store.paste(id, old.import_id).await.unwrap().unwrap();
    assert_eq!((paste.texts, paste.added, paste.present, paste.unreadable), (3, 1, 1, 1));
    let texts: Vec<(i64, &str, &str)> =
        texts.iter().map(|text| (text.line, text.text.as_str(), text.outcome.name())).collect();
    assert_eq!(texts, [(1, "mia", "added"), (2, "mia", "repeated"), (3, "?", "unreadable")]);
    let page = text(world.get(&format!("/projects/{id}/creators/pasted/{}", old.import_id)).await).await;
    assert!(page.contains("This is no TikTok handle"), "{page}");

    for number in 0..110 {
        let handles = format!("a{number}\nb{number}");
        let form = [("project_id", id.to_string()), ("handles", handles), ("tracking_mode", "auto".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert!(location(&world.post("/forms/add_creators", "text/html", &form).await).contains("added=2"));
    }
    assert_eq!(world.store.imports(id).await.unwrap(), [file]);
    assert_eq!(world.texts("SELECT CAST(texts AS TEXT) FROM pastes").await.len(), 100, "the latest are kept");
    assert_eq!(world.store.paste(id, old.import_id).await.unwrap(), None);
}
