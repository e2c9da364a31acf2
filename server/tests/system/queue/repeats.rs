//! Tests of uploads that are sent several times.

use super::{reaches, server_with, server_within, table, upload, without_shares};
use crate::file_form::{import_of, until_no_file_is_kept};
use crate::support::{World, form_request};
use axum::http::StatusCode;
use futures_util::future::join_all;
use program::ids::ImportId;
use program::imports::record::ImportState;
use server::UploadLimits;
use tower::ServiceExt as _;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mapped_import_that_is_sent_eight_times_at_once_is_read_once() {
    let world = World::new().await;
    let router = server_with(&world, UploadLimits::default());
    let file = "nr,wer,wann\n7301,mia,2026-08-17T10:00:00Z\n";
    let id = import_of(&router.clone().oneshot(upload(&world, "", "a.csv", file.as_bytes())).await.unwrap());
    let path = format!("/projects/{}/imports/{id}/columns", world.id());
    let sent = (0..8).map(|_| {
        let columns = [("column-0", "post_id"), ("column-1", "creator"), ("column-2", "published_at")];
        tokio::spawn(router.clone().oneshot(form_request(&path, "text/html", &columns)))
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
    let ids: Vec<ImportId> = join_all(sent).await.into_iter().map(|sent| import_of(&sent.unwrap().unwrap())).collect();
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
        let router = server_with(&world, UploadLimits { most_unpacked, kept_free: Some(0), ..UploadLimits::default() });
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
