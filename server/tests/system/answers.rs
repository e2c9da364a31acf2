//! Tests of the page on which a person says how an uploaded file is to be read.

use super::file_form::import_of;
use super::markup::page::Page;
use super::short::at;
use super::support::{World, text};
use super::uploads::{ended, upload};
use axum::http::StatusCode;
use program::ids::ImportId;
use program::imports::record::ImportState;
use program::posts::record::PostsQuery;

/// Uploads a table to look at it first, and returns the import's id and the path of its form.
async fn looked_at(world: &World, table: &str) -> (ImportId, String) {
    let import_id = import_of(&upload(world, &[("file", Some("a.csv"), table), ("look", None, "1")]).await);
    (import_id, format!("/projects/{}/imports/{import_id}/columns", world.id()))
}

#[tokio::test]
async fn the_same_answers_sent_twice_change_nothing_and_other_ones_are_told_that_they_came_too_late() {
    let world = World::new().await;
    let (import_id, form) = looked_at(&world, "nr,wer,wann\n7301,mia,2026-08-17T10:00:00Z\n").await;
    let answers = [("column-0", "post_id"), ("column-1", "creator"), ("column-2", "published_at")];
    for _ in 0..2 {
        assert_eq!(world.post(&form, "text/html", &answers).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(ended(&world, import_id).await.state, ImportState::Done);
    }
    let other = [("column-0", "ignore"), ("column-1", "creator"), ("column-2", "published_at")];
    for answers in [&other[..], &[&answers[..], &[("collected_at", "2026-08-18T10:00")]].concat()] {
        let answer = world.post(&form, "text/html", answers).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        let page = text(answer).await;
        assert!(
            page.contains("This file is no longer waiting for answers") && page.contains("1 post of 1 creator went in"),
            "{page}"
        );
    }
    assert_eq!(ended(&world, import_id).await.counts.accepted, 1);
}

#[tokio::test]
async fn a_form_that_is_too_large_is_answered_with_its_page() {
    let world = World::new().await;
    let (import_id, form) = looked_at(&world, "nr,wer,wann\n7301,mia,2026-08-17T10:00:00Z\n").await;
    let long = "x".repeat(2 << 20);
    let answer = world.post(&form, "text/html", &[("column-0", "post_id"), ("creator", &long)]).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let page = text(answer).await;
    assert!(page.contains("The form is larger than 2048 KiB.") && page.contains("7301"), "{page}");
    assert_eq!(ended(&world, import_id).await.state, ImportState::Waiting);
}

#[tokio::test]
async fn what_one_column_proves_does_not_decide_how_another_one_is_read() {
    let world = World::new().await;
    let table = "handle,post_id,first,second\nmia,7301,17/08/2026,08/16/2026\n";
    for published in [2, 3] {
        let (import_id, form) = looked_at(&world, table).await;
        let map = |chosen: usize| {
            let other = if chosen == 2 { "column-3" } else { "column-2" };
            let chosen = if chosen == 2 { "column-2" } else { "column-3" };
            [("column-0", "creator"), ("column-1", "post_id"), (chosen, "published_at"), (other, "ignore")]
        };
        // Looked at with the other column, decided for this one.
        let look = [&map(5 - published)[..], &[("look", "1")]].concat();
        assert_eq!(world.post(&form, "text/html", &look).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(world.post(&form, "text/html", &map(published)).await.status(), StatusCode::SEE_OTHER);
        let import = ended(&world, import_id).await;
        assert_eq!((import.state, import.counts.rejected), (ImportState::Done, 0), "{import:?}");
        let mia = world.creator("mia").await;
        let posts = world.store.posts(world.id(), mia, &PostsQuery::default()).await.unwrap();
        let expected = if published == 2 { "2026-08-17T00:00:00Z" } else { "2026-08-16T00:00:00Z" };
        assert_eq!(posts.posts[0].published_at, at(expected));
    }
}

#[tokio::test]
async fn a_row_that_lies_in_the_future_is_told_before_it_is_refused() {
    let world = World::new().await;
    let table = "handle,post_id,posted,captured_at,views\n\
        mia,7301,2027-08-17T09:00:00Z,2027-08-18T10:00:00Z,50\nmia,7302,2026-08-17T09:00:00Z,2026-08-18T10:00:00Z,60\n";
    let (_, form) = looked_at(&world, table).await;
    let page = text(world.get(form.strip_suffix("/columns").unwrap()).await).await;
    for field in ["Published at", "Captured at"] {
        let told = format!("{field}: This is more than five minutes in the future. It will be refused.");
        assert_eq!(page.matches(&told).count(), 1, "{page}");
    }
}

#[tokio::test]
async fn two_columns_are_not_read_as_one_field() {
    let world = World::new().await;
    let table = "handle,post_id,posted,views,likes\nmia,7301,2026-08-17T09:00:00Z,50,5\n";
    let (import_id, form) = looked_at(&world, table).await;
    let fields = ["creator", "post_id", "published_at", "views", "views"];
    let names: Vec<String> = (0..fields.len()).map(|index| format!("column-{index}")).collect();
    let answers: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(fields).collect();
    world.post(&form, "text/html", &answers).await;
    assert_eq!(ended(&world, import_id).await.state, ImportState::Waiting);
    let page = text(world.get(form.strip_suffix("/columns").unwrap()).await).await;
    assert!(
        page.contains("“views” and “likes” are both read as views. Choose something else for one of them."),
        "{page}"
    );
}

#[tokio::test]
async fn a_file_that_knows_only_the_day_leaves_the_time_that_is_known() {
    let world = World::in_zone("Europe/Berlin").await;
    let table = |posted: &str| format!("handle,post_id,posted\nmia,7301,{posted}\n");
    for (posted, expected) in [
        ("2026-08-17T09:00:00Z", "2026-08-17T09:00:00Z"),
        ("2026-08-17", "2026-08-17T09:00:00Z"),
        ("2026-08-16", "2026-08-15T22:00:00Z"),
        ("2026-08-16T10:00:00Z", "2026-08-16T10:00:00Z"),
    ] {
        ended(&world, import_of(&upload(&world, &[("file", Some("a.csv"), &table(posted))]).await)).await;
        let mia = world.creator("mia").await;
        let posts = world.store.posts(world.id(), mia, &PostsQuery::default()).await.unwrap();
        assert_eq!(posts.posts[0].published_at, at(expected), "{posted}");
    }
}

#[tokio::test]
async fn every_field_that_the_importer_knows_can_be_chosen_on_the_page() {
    let world = World::new().await;
    let (_, form) = looked_at(&world, "nr,wer,wann\n7301,mia,2026-08-17T10:00:00Z\n").await;
    let page = text(world.get(form.strip_suffix("/columns").unwrap()).await).await;
    for field in ingest::Field::ALL {
        assert!(page.contains(&format!("value=\"{field}\"")), "{field}");
    }
}

#[tokio::test]
async fn a_column_that_nobody_knows_is_told_as_unused_and_one_that_a_person_leaves_out_is_not() {
    let world = World::new().await;
    let table = "handle,post_id,posted,color,likes\nmia,7301,2026-08-17T09:00:00Z,red,5\n";
    // Nobody has to be told of the likes that a person leaves out.
    for likes in ["likes", "ignore"] {
        let (import_id, form) = looked_at(&world, table).await;
        let fields = ["creator", "post_id", "published_at", "ignore", likes];
        let names: Vec<String> = (0..fields.len()).map(|index| format!("column-{index}")).collect();
        let answers: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(fields).collect();
        world.post(&form, "text/html", &[&answers[..], &[("collected_at", "2026-08-18T10:00")]].concat()).await;
        let import = ended(&world, import_id).await;
        assert_eq!((import.state, import.details.unused), (ImportState::Done, vec!["color".to_owned()]));
        let page = text(world.get(form.strip_suffix("/columns").unwrap()).await).await;
        assert!(page.contains("Not used: color.") && page.contains("1 field was not used"), "{page}");
    }
}

#[tokio::test]
async fn the_creator_of_the_whole_file_is_asked_for_where_it_is_missing_and_only_there() {
    let world = World::new().await;
    let is_asked = async |table: &str| {
        let (_, form) = looked_at(&world, table).await;
        let page = text(world.get(form.strip_suffix("/columns").unwrap()).await).await;
        !page.contains("id=\"creator-error\" hidden")
    };
    assert!(is_asked("Date,Followers\n2026-08-17,1000\n").await);
    assert!(is_asked("post_id,posted,views\n7301,2026-08-17T09:00:00Z,5\n").await);
    // Naming a creator would not help here.
    assert!(!is_asked("post_id,color\n7301,red\n").await);
    assert!(!is_asked("handle,post_id,posted\nmia,7301,2026-08-17T09:00:00Z\n").await);
}

#[tokio::test]
async fn a_row_of_which_only_a_part_is_refused_says_so() {
    let world = World::new().await;
    let table = "handle,post_id,posted,captured_at,views\n\
        mia,7301,2026-08-17T09:00:00Z,2027-08-18T10:00:00Z,50\nmia,7302,2027-08-17T09:00:00Z,,\n";
    let import_id = import_of(&upload(&world, &[("file", Some("a.csv"), table)]).await);
    let import = ended(&world, import_id).await;
    assert_eq!((import.counts.accepted, import.counts.rejected), (1, 2));
    let rows = world.store.rejections(world.id(), import_id).await.unwrap();
    let says_so: Vec<bool> = rows.iter().map(|row| row.reason.ends_with("The rest of the row was imported.")).collect();
    assert_eq!(says_so, [true, false], "{rows:?}");
}

#[tokio::test]
async fn a_question_that_comes_up_with_an_answer_is_asked_and_not_reported_as_a_mistake() {
    let world = World::new().await;
    let (import_id, form) = looked_at(&world, "Date,Followers\nAugust 17,1000\n").await;
    let page = form.strip_suffix("/columns").unwrap();
    let fields = [("column-0", "captured_at"), ("column-1", "followers"), ("creator", "mia")];
    world.post(&form, "text/html", &fields).await;
    assert_eq!(ended(&world, import_id).await.failure, None);
    let asked = text(world.get(page).await).await;
    assert!(asked.contains("has no year. When was the file collected?"), "{asked}");
    // Left open again, it is a mistake; then it is answered.
    world.post(&form, "text/html", &fields).await;
    let failure = ended(&world, import_id).await.failure;
    assert_eq!(failure.as_deref(), Some("Answer the open questions about the file."));
    world.post(&form, "text/html", &[&fields[..], &[("collected_at", "2026-08-18T10:00")]].concat()).await;
    assert_eq!(ended(&world, import_id).await.counts.accepted, 1);
}

#[tokio::test]
async fn a_table_without_rows_says_so_before_it_is_imported() {
    let world = World::new().await;
    let (import_id, _) = looked_at(&world, "handle,post_id,posted\n").await;
    assert_eq!(ended(&world, import_id).await.failure.as_deref(), Some("The file has a header and no rows."));
}

#[tokio::test]
async fn of_two_columns_with_the_same_name_either_can_be_chosen() {
    let world = World::new().await;
    let table =
        "handle,post_id,posted,captured_at,views,views\nmia,7301,2026-08-17T09:00:00Z,2026-08-18T10:00:00Z,,500\n";
    let (import_id, form) = looked_at(&world, table).await;
    let fields = ["creator", "post_id", "published_at", "captured_at", "ignore", "views"];
    let names: Vec<String> = (0..fields.len()).map(|index| format!("column-{index}")).collect();
    let answers: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(fields).collect();
    world.post(&form, "text/html", &answers).await;
    assert_eq!(ended(&world, import_id).await.state, ImportState::Done);
    let mia = world.creator("mia").await;
    let posts = world.store.posts(world.id(), mia, &PostsQuery::default()).await.unwrap();
    assert_eq!(posts.posts[0].counters.views, Some(500));
}

#[tokio::test]
async fn of_two_columns_with_the_same_name_the_proposed_one_holds_values() {
    let world = World::new().await;
    // One column has a name that says nothing, so all are proposed by what they hold.
    let table =
        "handle,post_id,posted,when seen,views,views\nmia,7301,2026-08-17T09:00:00Z,2026-08-18T10:00:00Z,,500\n";
    let (import_id, form) = looked_at(&world, table).await;
    let page = text(world.get(form.strip_suffix("/columns").unwrap()).await).await;
    let page = Page::read(&page, true).forms();
    let proposed = page.iter().find(|shown| shown.sends_to(&form)).unwrap();
    let fields = proposed.fields.iter().filter(|field| field.kind != "button");
    let answers: Vec<(&str, &str)> = fields.map(|field| (field.name.as_str(), field.value.as_str())).collect();
    world.post(&form, "text/html", &answers).await;
    let import = ended(&world, import_id).await;
    assert_eq!(import.state, ImportState::Done, "{answers:?}: {:?}", import.failure);
    let mia = world.creator("mia").await;
    let posts = world.store.posts(world.id(), mia, &PostsQuery::default()).await.unwrap();
    assert_eq!(posts.posts[0].counters.views, Some(500), "{answers:?}");
}
