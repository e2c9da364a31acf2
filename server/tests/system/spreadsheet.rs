//! Tests of the overview as a table for spreadsheets.

use super::short::{goal, post};
use super::support::{World, text};
use uuid::Uuid;

#[tokio::test]
async fn a_table_for_spreadsheets_holds_what_the_overview_shows_and_no_formula() {
    let world = World::new().await;
    world
        .accept(vec![post("1", "mia", "2026-08-18T10:00:00Z"), super::short::profile("mia", "=HYPERLINK(\"x\")")])
        .await;
    world.add_goal("mia", &goal("posts", "weekly", 5)).await;
    let table = |query: &str| format!("/projects/{}/overview.csv{query}", world.id());
    let answer = world.get(&table("")).await;
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let rows = text(answer).await;
    assert_eq!(rows.lines().count(), 2);
    assert!(
        rows.contains(
            "\"'=HYPERLINK(\"\"x\"\")\",\"'@mia\",\"posts\",\"weekly\",\"2026-08-17\",\"2026-08-23\",\"on_track\",1,5,20,0,,,0.9,\"\",,,\"\",\"no_data_yet\",\"\"\r\n"
        ),
        "{rows}"
    );
    assert_eq!(text(world.get(&table("?status=completed")).await).await.lines().count(), 1);
    assert_eq!(world.get(&format!("/projects/{}/overview.csv", Uuid::now_v7())).await.status(), 404);
}
