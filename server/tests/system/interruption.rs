//! Kills the real binary during an import: what it had committed stays, and the same file completes it.

use super::support::{World, eventually};
use std::fmt::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

const POSTS: usize = 20_000;
const SIGKILL: i32 = 9;

fn table() -> String {
    let mut text = "video_id,username,published_at,captured_at,view_count\n".to_owned();
    for number in 0..POSTS {
        let creator = number % 7;
        writeln!(text, "{number},creator{creator},2026-08-10T06:00:00Z,2026-08-18T12:00:00Z,{number}").unwrap();
    }
    text
}

fn command(world: &World, name: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_creator-goals"));
    command.args([name, "--database", &world.url, "--clock", "2026-08-19T12:00:00Z", "--project", "Summer"]);
    command
}

#[tokio::test]
async fn an_import_killed_in_the_middle_is_completed_by_the_same_file() {
    let world = World::new().await;
    let file = world.folder.path().join("posts.csv");
    std::fs::write(&file, table()).unwrap();

    let mut import = command(&world, "import").arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    eventually("a batch is stored", async || (world.now_project().await.version > 0).then_some(())).await;
    import.kill().unwrap();
    assert_eq!(import.wait().unwrap().signal(), Some(SIGKILL), "it was still running");
    let kept = world.now_project().await.version;
    assert!(kept > 0, "a batch was durable before the end");
    assert_eq!(world.stale_days().await, 0, "a batch is in as a whole or not at all");

    let again = command(&world, "import").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(again.status.success() && said.contains("20000 rows") && said.contains(" 0 rejected"), "{said}");
    assert!(!said.contains(" 0 duplicates"), "the first batch was in already: {said}");
    let verified = command(&world, "verify").output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let mut creators = Vec::new();
    for number in 0..7 {
        creators.push(world.creator(&format!("creator{number}")).await);
    }
    let totals = world.store.creator_totals(world.id(), &creators).await.unwrap();
    assert_eq!(totals.iter().map(|totals| totals.posts).sum::<i64>(), i64::try_from(POSTS).unwrap());
}
