//! Tests that saved text is returned as it was typed, and that saving it again changes nothing.

use super::page::{Form, Page};
use crate::program::world_of_mia;
use crate::support::{World, location, text};
use axum::http::StatusCode;
use rstest::rstest;

/// Returns the form of a page that is sent to an action.
async fn form(world: &World, page: &str, action: &str) -> Form {
    form_in(&text(world.get(page).await).await, action)
}

fn form_in(html: &str, action: &str) -> Form {
    let forms = Page::read(html, true).forms();
    forms.into_iter().find(|form| form.action == action).expect("the form")
}

fn value<'f>(form: &'f Form, name: &str) -> &'f str {
    &form.fields.iter().find(|field| field.name == name).expect("the field").value
}

/// Sends the form unchanged, as a browser would.
async fn save(world: &World, form: &Form) {
    let fields = form.untouched();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = world.post(&form.action, "text/html", &fields).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{fields:?}");
}

#[rstest]
#[case::references("&lt;500&gt; &amp;amp; &#60;b&#62;", "&lt;500&gt; &amp;amp; &#60;b&#62;")]
#[case::tags("<500> </textarea><b>", "<500> </textarea><b>")]
#[case::leading_line_breaks("\r\n\r\nsecond", "\n\nsecond")]
#[case::leading_line_break_of_unix("\nsecond", "\nsecond")]
#[case::leading_carriage_return("\rsecond", "\nsecond")]
#[case::indented("    code\n\tmore  ", "    code\n\tmore  ")]
#[case::nothing_but_space(" \r\n ", "")]
#[tokio::test]
async fn notes_come_back_as_typed_through_two_saves(#[case] typed: &str, #[case] kept: &str) {
    let world = world_of_mia().await;
    let (project_id, creator_id) = (world.id(), world.creator("mia").await);
    let base = format!("/projects/{project_id}");
    let campaign = [("project_id", project_id.to_string()), ("name", "Launch".to_owned()), ("notes", typed.to_owned())];
    let campaign: Vec<(&str, &str)> = campaign.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = world.post("/forms/create_campaign", "text/html", &campaign).await;
    let made = location(&made).split('?').next().unwrap().to_owned();
    let (project_id, creator_id) = (project_id.to_string(), creator_id.to_string());
    let notes = [("project_id", project_id.as_str()), ("creator_id", &creator_id), ("notes", typed)];
    world.post("/forms/update_notes", "text/html", &notes).await;

    let settings = format!("{base}/creators/{creator_id}/settings");
    for (page, action) in [(settings, "/forms/update_notes"), (format!("{made}/edit"), "/forms/update_campaign")] {
        for _ in 0..2 {
            let shown = form(&world, &page, action).await;
            assert_eq!(value(&shown, "notes"), kept, "{action}");
            save(&world, &shown).await;
        }
        assert_eq!(value(&form(&world, &page, action).await, "notes"), kept, "{action}");
    }
}

#[tokio::test]
async fn a_refused_form_comes_back_with_everything_that_was_typed() {
    let world = world_of_mia().await;
    let project_id = world.id().to_string();
    let text = "&lt;500&gt; </textarea><b> \"x\" 'y'";
    let notes = format!("\r\n{text}\r\nsecond");
    let typed = [("project_id", project_id.as_str()), ("name", text), ("notes", &notes), ("target_views", text)];
    let answer = world.post("/forms/create_campaign", "text/html", &typed).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let shown = form_in(&crate::support::text(answer).await, "/forms/create_campaign");
    assert_eq!(value(&shown, "name"), text);
    assert_eq!(value(&shown, "target_views"), text);
    assert_eq!(value(&shown, "notes"), format!("\n{text}\nsecond"));
}

#[tokio::test]
async fn settings_saved_untouched_stay_as_they_are() {
    let world = world_of_mia().await;
    let name = "&lt;500&gt; <b> \"x\" 'y' &amp;";
    let project_id = world.id().to_string();
    let page = format!("/projects/{project_id}/settings");
    let mut named = form(&world, &page, "/forms/update_project").await;
    named.fields.iter_mut().find(|field| field.name == "name").unwrap().value = name.to_owned();
    for _ in 0..2 {
        save(&world, &named).await;
        assert_eq!(world.now_project().await.name, name);
        named = form(&world, &page, "/forms/update_project").await;
    }
}
