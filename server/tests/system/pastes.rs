//! Tests of pasted handles, and that they are not imports.

use super::queue::import;
use super::short::{new_creator, post};
use super::support::{NOW, World, location, text};
use program::creators::record::Membership;
use program::ids::PasteId;
use program::imports::record::{Import, ImportCounts, ImportState};
use program::merges::record::MergeOutcome;
use program::pastes::record::{NewPaste, PasteResult, PastedPart};

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
        "DROP TABLE paste_creators",
        "DROP TABLE paste_texts",
        "DROP TABLE pastes",
        "DROP TABLE write_probes",
        "ALTER TABLE imports DROP COLUMN folder_id",
        "ALTER TABLE imports DROP COLUMN removed_creators",
        "DELETE FROM _sqlx_migrations WHERE version IN (8, 17)",
    ] {
        world.texts(undo).await;
    }
    let world = World::having(world.project.clone(), world.url.clone()).await;
    assert_eq!(world.store.imports(id).await.unwrap(), std::slice::from_ref(&file));
    assert_eq!(world.store.import(id, old.import_id).await.unwrap(), None);
    let PasteResult { paste, texts } = world.store.paste(id, old.import_id.uuid().into()).await.unwrap().unwrap();
    assert_eq!((paste.texts, paste.added, paste.present, paste.unreadable), (3, 1, 1, 1));
    let texts: Vec<(i64, &str, &str)> =
        texts.iter().map(|text| (text.line, text.text.as_str(), text.outcome.name())).collect();
    assert_eq!(texts, [(1, "mia", "added"), (2, "mia", "repeated"), (3, "?", "unreadable")]);
    let page = text(world.get(&format!("/projects/{id}/creators/pasted/{}", old.import_id)).await).await;
    assert!(page.contains("Not a TikTok handle"), "{page}");

    for number in 0..110 {
        let handles = format!("a{number}\nb{number}");
        let form = [("project_id", id.to_string()), ("handles", handles), ("tracking_mode", "auto".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert!(location(&world.post("/forms/add_creators", "text/html", &form).await).contains("added=2"));
    }
    assert_eq!(world.store.imports(id).await.unwrap(), [file]);
    assert_eq!(world.texts("SELECT CAST(texts AS TEXT) FROM pastes").await.len(), 100, "the latest are kept");
    assert_eq!(world.store.paste(id, old.import_id.uuid().into()).await.unwrap(), None);
}

#[tokio::test]
async fn one_undo_takes_out_whom_a_paste_brought_and_nobody_else() {
    let world = World::new().await;
    let id = world.id();
    let send = async |handles: &str| {
        let form =
            [("project_id", id.to_string()), ("handles", handles.to_owned()), ("tracking_mode", "auto".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        location(&world.post("/forms/add_creators", "text/html", &form).await)
    };
    let in_program = async || {
        let program = world.store.program(id, NOW).await.unwrap().unwrap();
        let mut handles: Vec<String> = program.creators.iter().map(|it| it.creator.handle.to_string()).collect();
        handles.sort();
        handles
    };
    send("mia\ntheo").await;
    let theo = world.creator("theo").await;
    world.store.set_membership(id, theo, Membership::Removed, NOW).await.unwrap();
    let answer = send("mia\ntheo\nzoe\nlea").await;
    assert!(answer.contains("added=3") && answer.contains("present=1"), "{answer}");
    assert_eq!(in_program().await, ["lea", "mia", "theo", "zoe"]);
    // Somebody has removed one of them, and another paste brings them back.
    let lea = world.creator("lea").await;
    world.store.set_membership(id, lea, Membership::Removed, NOW).await.unwrap();
    assert!(send("lea").await.contains("added=1"));
    let page = text(world.get(&answer).await).await;
    let (_, button) = page.split_once("/forms/undo_paste").expect("a button that undoes it");
    let (_, value) = button.split_once("name=\"paste_id\" value=\"").expect("the id of the paste");
    let form = [("project_id", id.to_string()), ("paste_id", value[..36].to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (expected, sentence) in [(2, "Undone: 2 creators are out of the program again."), (0, "Nobody was removed")] {
        let done = location(&world.post("/forms/undo_paste", "text/html", &form).await);
        assert_eq!(done, format!("/projects/{id}/creators?undone={expected}"));
        assert_eq!(in_program().await, ["lea", "mia"]);
        let page = text(world.get(&done).await).await;
        assert!(page.contains(sentence), "{page}");
    }
    // The result line by line offers it only as long as there is something to undo.
    let lines = text(world.get(&format!("/projects/{id}/creators/pasted/{}", &value[..36])).await).await;
    assert!(!lines.contains("/forms/undo_paste"), "{lines}");
    // Sending the same paste again does not offer to undo it a second time.
    let again = send("mia\ntheo\nzoe\nlea").await;
    assert!(!again.contains(&value[..36]) || !again.contains("undo="), "{again}");
    // After 30 days nothing is undone.
    let late = value[..36].parse().unwrap();
    let since = NOW.plus_millis(1);
    assert_eq!(world.store.undo_paste(id, late, since, since).await.unwrap(), 0);
}

#[tokio::test]
async fn undoing_a_paste_leaves_in_whom_another_creator_was_merged_into() {
    let world = World::new().await;
    let id = world.id();
    world.accept(vec![post("1", "old.mia", "2026-08-18T10:00:00Z")]).await;
    let texts = vec![PastedPart::new(1, "new.mia", Some(0))];
    let paste = NewPaste { paste_id: PasteId::new(), creators: vec![new_creator("new.mia")], texts };
    world.store.add_paste(id, &paste, NOW).await.unwrap();
    let (new, old) = (world.creator("new.mia").await, world.creator("old.mia").await);
    let merged = world.store.merge_creators(id, new, old, NOW).await.unwrap();
    assert!(matches!(merged, MergeOutcome::Merged(_)), "{merged:?}");
    assert_eq!(world.store.undo_paste(id, paste.paste_id, NOW, NOW).await.unwrap(), 0);
    let program = world.store.program(id, NOW).await.unwrap().unwrap();
    assert_eq!(program.creators.len(), 1, "the one who has the posts of both stays");
}
