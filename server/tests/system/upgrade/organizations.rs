//! Tests of organizations that are gone, and of what refers to none.

use super::old_database::Raw;
use super::old_rows::{sane, sane_and, summer};
use super::upgraded::Upgraded;
use crate::short::at;
use crate::support::{Engine, World};
use rstest::rstest;
use std::process::Command;

#[rstest]
#[tokio::test]
async fn a_project_of_no_organization_goes_to_one_and_a_key_of_no_project_opens_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let hash = |number: u8| {
        let digits = format!("{number:02x}").repeat(32);
        if engine == Engine::Sqlite { format!("X'{digits}'") } else { format!(r"'\x{digits}'") }
    };
    let key = |number: u8, project: &str, revoked: &str| {
        let hash = hash(number);
        format!(
            "INSERT INTO api_keys VALUES (#1, #a{number}, {project}, 'Key {number}', {hash}, 'abcd', true, 5, NULL, {revoked})"
        )
    };
    let mut upgraded = Upgraded::of(
        engine,
        &sane_and(&[
            "INSERT INTO projects VALUES (#3, #9, 'Winter', 'UTC', 'monday', 10, 24, 7, 5, NULL)".to_owned(),
            "INSERT INTO saved_views VALUES (#3, #81, 'Theirs', '', 5)".to_owned(),
            key(1, "NULL", "NULL"),
            key(2, "#3", "NULL"),
            key(3, "#8", "NULL"),
            key(4, "#8", "7"),
            format!("INSERT INTO idempotent_answers VALUES (#1, #a3, 'POST /stats', '1', {}, NULL, NULL, 5)", hash(9)),
        ]),
    )
    .await;
    for (kept, expected) in [
        ("SELECT name FROM projects ORDER BY name", &["Summer", "Winter"][..]),
        (
            "SELECT p.name FROM projects AS p JOIN organizations AS o ON o.organization_id = p.organization_id ORDER BY 1",
            &["Summer", "Winter"],
        ),
        ("SELECT name FROM api_keys WHERE revoked_at IS NULL ORDER BY name", &["Key 1", "Key 2"]),
        ("SELECT CAST(revoked_at AS TEXT) FROM api_keys WHERE revoked_at IS NOT NULL ORDER BY name", &["5", "7"]),
        ("SELECT name FROM api_keys WHERE project_id IS NULL ORDER BY name", &["Key 1", "Key 3", "Key 4"]),
        ("SELECT idempotency_key FROM idempotent_answers", &["1"]),
        ("SELECT name FROM saved_views ORDER BY name", &["Theirs", "Urgent"]),
        (
            "SELECT table_name || ' ' || column_name FROM mended_values ORDER BY 1",
            &["api_keys project_id", "api_keys project_id", "api_keys revoked_at", "projects organization_id"],
        ),
    ] {
        assert_eq!(upgraded.texts(kept).await, expected, "{kept}");
    }
    let closed = upgraded.world.store.api_key(&[3; 32]).await.unwrap().unwrap();
    assert!(closed.revoked_at.is_some(), "{closed:?}");
    upgraded.says(&[("api_keys", "project_id was"), ("api_keys", "revoked_at was empty and is 5 now")]);
    let done = Command::new(env!("CARGO_BIN_EXE_creator-goals"))
        .args(["verify", "--database", &upgraded.url, "--project", "Winter"])
        .output()
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("organization_id was"), "{said}");
    upgraded.everything_answers().await;
    // From now on the database refuses what refers to nothing.
    for refused in [
        "INSERT INTO projects VALUES (#4, #9, 'Lost', 'UTC', 'monday', 10, 24, 7, 5, NULL)",
        "UPDATE api_keys SET project_id = #8",
        "DELETE FROM projects",
        "DELETE FROM organizations",
    ] {
        assert!(upgraded.raw.run(refused).await.is_err(), "{refused}");
    }
}

#[rstest]
#[tokio::test]
async fn an_organization_that_is_gone_from_a_newer_database_is_made_anew(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let folder = tempfile::tempdir().unwrap();
    let url = engine.fresh_url(folder.path()).await;
    let mut raw = Raw::to(&url).await;
    raw.migrate(Some(9)).await;
    raw.run(&sane()[1]).await.unwrap();
    let world = World::having(summer(), url).await;
    assert_eq!(world.store.projects().await.unwrap().len(), 1);
    assert_eq!(raw.texts("SELECT name FROM organizations".to_owned()).await, ["My organization"]);
    let noted = "SELECT table_name || ' ' || column_name FROM mended_values";
    assert_eq!(raw.texts(noted.to_owned()).await, ["organizations name"]);
}

#[rstest]
#[case(Engine::Sqlite, false)]
#[case(Engine::Postgres, false)]
// PostgreSQL does not accept such an id.
#[case(Engine::Sqlite, true)]
#[tokio::test]
async fn what_was_mended_is_listed_also_where_the_organization_was_lost(
    #[case] engine: Engine,
    #[case] is_misnamed: bool,
) {
    let tuesday = at("2026-08-18T10:00:00Z").millis();
    let alone =
        sane_and(&[]).into_iter().filter(|row| !row.contains("INTO organizations") && !row.contains("INTO jobs"));
    let bad = format!("INSERT INTO post_snapshots VALUES (#2, #20, {tuesday} + 1, -1, NULL, NULL, NULL, NULL, '')");
    let organization = is_misnamed.then(|| "INSERT INTO organizations VALUES ('mine', 'Mine', 5)".to_owned());
    // A project that cannot stay: nobody can ask for it, so the others list it.
    let orphan = is_misnamed
        .then(|| "INSERT INTO projects VALUES (#3, 'mine', 'Lost', 'UTC', 'monday', 10, 24, 7, 5, NULL)".to_owned());
    let statements: Vec<_> = alone.chain([bad]).chain(organization).chain(orphan).collect();
    let mut upgraded = Upgraded::of(engine, &statements).await;
    assert_eq!(upgraded.texts("SELECT name FROM organizations").await, ["My organization"]);
    upgraded.says(&[("post_snapshots", "views was -1 and is unknown now"), ("organizations", "name was empty and is")]);
    if is_misnamed {
        upgraded.says(&[("organizations", "the row was removed"), ("projects", "the row was removed")]);
    }
    upgraded.everything_answers().await;
}
