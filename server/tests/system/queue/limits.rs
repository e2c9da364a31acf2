//! Tests of uploads that are too large, too many or too slow.

use super::{bomb, reaches, server_with, server_within, table, upload};
use crate::file_form::{self, Part, assert_refused, files_kept, import_of, until_no_file_is_kept};
use crate::support::{NOW, World, eventually, text};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use flate2::{Compression, write::GzEncoder};
use futures_util::stream;
use program::ids::ProjectId;
use program::imports::record::ImportState;
use program::projects::record::ProjectChange;
use server::{Limits, Peer, UploadLimits};
use std::convert::Infallible;
use std::io::Write as _;
use std::time::Duration;
use tower::ServiceExt as _;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_small_file_that_unpacks_to_more_than_may_be_read_ends_there_and_says_so() {
    let world = World::new().await;
    let router =
        server_with(&world, UploadLimits { most_unpacked: 1 << 20, kept_free: None, ..UploadLimits::default() });
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
    let router =
        server_with(&world, UploadLimits { most_unpacked: 1 << 20, kept_free: None, ..UploadLimits::default() });
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
    let router = server_with(
        &world,
        UploadLimits { most_unpacked: 1 << 20, kept_free: Some(u64::MAX / 2), ..UploadLimits::default() },
    );
    let rows = table(3);
    let parts: [Part<'_>; 2] = [("file", Some("a.csv"), rows.as_bytes()), ("creator", None, b"mia.moves")];
    let answer = router.oneshot(file_form::form(&world, &parts)).await.unwrap();
    let page = assert_refused(answer, 507, "not enough room on the server").await;
    assert!(page.contains("value=\"mia.moves\""), "what was typed after the file is there too: {page}");
    assert_eq!(files_kept(&world), 0);
    assert_eq!(world.store.imports(world.id()).await.unwrap(), []);
    // A file larger than the disk, by its declared length, is refused before it is received.
    let router = server_with(&world, UploadLimits::default());
    let mut huge = upload(&world, "", "a.csv", table(3).as_bytes());
    huge.headers_mut().insert(header::CONTENT_LENGTH, (u64::MAX / 4).to_string().parse().unwrap());
    assert_refused(router.oneshot(huge).await.unwrap(), 507, "not enough room on the server").await;
}

/// Uploads into a project, as a client of its own.
fn upload_by(client: u8, world: &World, project_id: ProjectId) -> Request<Body> {
    let mut request = upload(world, "", "b.csv", table(1).as_bytes());
    *request.uri_mut() = format!("/projects/{project_id}/imports").parse().unwrap();
    request.extensions_mut().insert(Peer([192, 0, 2, client].into()));
    request
}

/// Sends the beginning of a file, more than the server buffers before it processes a body, and then nothing.
fn without_end(mut request: Request<Body>) -> Request<Body> {
    let head = file_form::beginning("file", Some("a.csv")) + &"x".repeat(32 * 1024);
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
        projects.push(world.store.create_project(ProjectId::new(), &new, NOW).await.unwrap().project_id);
    }
    let mut uploads = Vec::new();
    for (client, project, refused) in [
        (1, 0, None),
        (1, 0, None),
        // One client takes two places and no more, whatever the project.
        (1, 0, Some((429, "from your network or into this project"))),
        (1, 1, Some((429, "from your network or into this project"))),
        (2, 0, None),
        (3, 0, None),
        // One project takes four.
        (4, 0, Some((429, "from your network or into this project"))),
        (2, 1, None),
        (4, 1, None),
        (4, 1, None),
        (5, 1, None),
        (6, 2, Some((503, "Too many files are being uploaded at once"))),
    ] {
        let request = upload_by(client, &world, projects[project]);
        if let Some((status, why)) = refused {
            assert_refused(router.clone().oneshot(request).await.unwrap(), status, why).await;
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
    assert_eq!(refusals_counted(&router).await, ["busy 1", "share 3"]);
    let id = import_of(&router.oneshot(upload(&world, "", "b.csv", table(1).as_bytes())).await.unwrap());
    reaches(&world.store, world.id(), id, &[ImportState::Done]).await;
}

#[tokio::test]
async fn an_upload_that_takes_too_long_gives_its_place_back_and_leaves_nothing() {
    let world = World::new().await;
    let limits = Limits { upload: Duration::from_millis(200), ..Limits::default() };
    let router = server_within(&world, UploadLimits::default(), limits);
    let refused = router.clone().oneshot(without_end(upload_by(1, &world, world.id()))).await.unwrap();
    assert_refused(refused, 422, "did not arrive within two hours").await;
    assert_eq!(files_kept(&world), 0);
    assert_eq!(refusals_counted(&router).await, ["slow 1"]);
}

/// Returns the reasons that the server logged and counted, and how often.
async fn refusals_counted(router: &Router) -> Vec<String> {
    let request = Request::get("/metrics").header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let metrics = text(router.clone().oneshot(request).await.unwrap()).await;
    let counted = metrics.lines().filter_map(|line| line.strip_prefix("creator_goals_refusals_total{why=\""));
    let mut counted: Vec<String> =
        counted.filter(|line| !line.ends_with(" 0")).map(|line| line.replace("\"}", "")).collect();
    counted.sort_unstable();
    counted
}
