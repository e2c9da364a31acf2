//! Tests of uploaded files that a stopped server, another server or a deleted project left behind.

use super::{cancel, import, reaches, server_with, table, upload};
use crate::file_form::{files_kept, folder, import_of, until_no_file_is_kept};
use crate::support::{NOW, World};
use program::ids::{FolderId, ImportId};
use program::imports::record::ImportState;
use server::{UploadLimits, Uploads, interrupt_unfinished, resume, tidy};
use std::fs;
use tower::ServiceExt as _;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_looks_at_every_import_however_many_came_after_it() {
    let world = World::new().await;
    let (store, uploads) = (&world.store, Uploads::in_folder(folder(&world)));
    let held = uploads.hold().unwrap();
    let own: FolderId = fs::read_to_string(folder(&world).join(".held")).unwrap().trim().parse().unwrap();
    let put = |id: ImportId| fs::write(folder(&world).join(id.uuid().simple().to_string()), table(2)).unwrap();
    let make = async |state, folder_id, with_file: bool| {
        let import = import(&world, state, folder_id);
        store.create_import(&import).await.unwrap();
        if with_file {
            put(import.import_id);
        }
        import.import_id
    };
    let (waiting, queued, running, stranger) =
        (ImportState::Waiting, ImportState::Queued, ImportState::Running, Some(FolderId::new()));
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
    let own: FolderId = fs::read_to_string(folder(&world).join(".held")).unwrap().trim().parse().unwrap();
    let queued = import(&world, ImportState::Queued, Some(own));
    world.store.create_import(&queued).await.unwrap();
    fs::write(folder(&world).join(queued.import_id.uuid().simple().to_string()), table(1)).unwrap();
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
    other.send(cancel(&world, cancelled)).await;
    assert_eq!(files_kept(&world), 2);
    tidy(&world.store, &uploads, NOW).await.unwrap();
    assert_eq!(files_kept(&world), 1);
    assert_eq!(world.store.import(world.id(), waiting).await.unwrap().unwrap().state, ImportState::Waiting);
}

#[tokio::test]
async fn what_waits_in_a_deleted_project_is_there_when_it_is_restored() {
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
