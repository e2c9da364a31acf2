//! Tests of uploaded files that wait for their turn, and can be cancelled.

use super::{bomb, cancel, reaches, server_with, server_within, table, upload, without_shares};
use crate::file_form::{assert_refused, files_kept, folder, import_of, until_no_file_is_kept};
use crate::support::{World, eventually, text};
use axum::http::StatusCode;
use futures_util::future::join_all;
use program::imports::record::{ImportState, UNFINISHED_IMPORTS};
use server::{Peer, UploadLimits};
use std::time::{Duration, Instant as StdInstant};
use tower::ServiceExt as _;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_files_are_read_at_a_time_the_others_wait_in_order_and_each_can_be_cancelled_at_once() {
    let world = World::new().await;
    let router =
        server_with(&world, UploadLimits { most_unpacked: u64::MAX, kept_free: Some(0), ..UploadLimits::default() });
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
    for (place, said) in
        [(3, "Cancelled before anything was read."), (0, "Cancelled. Rows read before that were imported.")]
    {
        let asked = StdInstant::now();
        other.send(cancel(&world, ids[place])).await;
        let import = store.import(project, ids[place]).await.unwrap().unwrap();
        assert_eq!((import.state, import.failure.as_deref()), (ImportState::Failed, Some(said)));
        let file = folder(&world).join(ids[place].uuid().simple().to_string());
        eventually("whoever had the file notices", async || (!file.exists()).then_some(())).await;
        assert!(asked.elapsed() < Duration::from_secs(10), "whoever had the file noticed late");
    }
    // Its turn came.
    reaches(store, project, ids[2], &[running]).await;
    for id in [ids[1], ids[2]] {
        router.clone().oneshot(cancel(&world, id)).await.unwrap();
    }
    until_no_file_is_kept(&world).await;
    assert_eq!(states().await, [ImportState::Failed; 4]);
    // A finished import stays as it is.
    router.oneshot(cancel(&world, ids[1])).await.unwrap();
    let import = store.import(project, ids[1]).await.unwrap().unwrap();
    assert_eq!(import.failure.as_deref(), Some("Cancelled. Rows read before that were imported."));
}

/// How often a server checks whether a file that it reads was cancelled.
const READING_LOOKED_AT: Duration = Duration::from_millis(400);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn imports_that_wait_for_their_turn_hardly_ask_the_database() {
    let world = World::new().await;
    let look_while_waiting = Duration::from_millis(500);
    let limits = UploadLimits { most_unpacked: u64::MAX, kept_free: Some(0), look_while_waiting };
    let router = server_with(&world, limits);
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
    let (before, since) = (world.sql.statements_run(), StdInstant::now());
    let asked = async || world.sql.statements_run() - before;
    let asked = eventually("each has looked twice", async || Some(asked().await).filter(|asked| *asked >= 32)).await;
    // A look is one statement, and the next one comes no sooner than the interval later.
    let looks = |every: Duration| since.elapsed().as_millis() / every.as_millis() + 1;
    let most = 16 * looks(look_while_waiting) + 2 * looks(READING_LOOKED_AT);
    assert!(u128::from(asked) <= most, "{asked} statements, at most {most} are due");
    for id in ids {
        router.clone().oneshot(cancel(&world, id)).await.unwrap();
    }
    until_no_file_is_kept(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_imports_wait_than_may_be_however_many_come_at_once() {
    let world = World::new().await;
    let router = server_within(
        &world,
        UploadLimits { most_unpacked: 1 << 20, kept_free: Some(0), ..UploadLimits::default() },
        without_shares(),
    );
    let (mut waiting, mut refused) = (0, 0);
    for _ in 0..8 {
        let sent =
            (0..8).map(|_| tokio::spawn(router.clone().oneshot(upload(&world, "", "a.csv", b"nr,wer\n1,mia\n"))));
        for answer in join_all(sent).await {
            let answer = answer.unwrap().unwrap();
            if answer.status() == StatusCode::CONFLICT {
                assert_refused(answer, 409, "This project has 50 unfinished imports").await;
                refused += 1;
            } else {
                import_of(&answer);
                waiting += 1;
            }
        }
    }
    assert_eq!((waiting, refused), (UNFINISHED_IMPORTS, 64 - UNFINISHED_IMPORTS));
    assert_eq!(i64::try_from(files_kept(&world)).unwrap(), UNFINISHED_IMPORTS);
}
