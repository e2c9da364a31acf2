//! Tests of accounts that are known by TikTok's ids.

use super::world::{U1, U2, creator, followers_of, handles, import, is_right, item, posted, posts_of, renaming, table};
use crate::support::{NOW, World};
use program::imports::record::ImportVerdict;
use program::merges::record::MergeOutcome;
use std::fmt::Write as _;

#[tokio::test]
async fn an_account_that_is_known_by_its_id_takes_its_new_handle_over() {
    let world = World::new().await;
    let (one, two) = ("7571000000000000203", "7571000000000000204");
    import(&world, &item(one, "noa.old", "6800000000000000001", "2026-08-17T12:00:00Z", 500), NOW).await;
    let noa = world.creator("noa.old").await;
    let told = import(&world, &item(one, "noa.new", "6800000000000000001", "2026-08-18T10:00:00Z", 900), NOW).await;
    assert_eq!((told.verdict, told.details.renamed), (ImportVerdict::Whole, renaming("noa.old", "noa.new")));
    assert_eq!(handles(&world).await, ["noa.new"]);
    assert_eq!(world.creator("noa.new").await, noa);
    // An older file has the handle of its time; it is still her.
    let told = import(&world, &item(two, "noa.old", "6800000000000000001", "2026-08-17T13:00:00Z", 5), NOW).await;
    assert_eq!((told.rejected, told.details.renamed), (0, Vec::new()));
    // And so is a file without ids.
    let told = import(&world, "handle,post_id,posted\nnoa.old,7571000000000000205,2026-08-17T09:00:00Z\n", NOW).await;
    assert_eq!(told.rejected, 0);
    assert_eq!((handles(&world).await, posts_of(&world, noa).await), (vec!["noa.new".to_owned()], 3));
    is_right(&world).await;
}

#[tokio::test]
async fn the_order_of_files_does_not_decide_which_handle_is_the_present_one() {
    let world = World::new().await;
    let one = "7571000000000000203";
    for (name, scraped_at) in [("noa.new", "2026-08-18T10:00:00Z"), ("noa.old", "2026-08-17T12:00:00Z")] {
        import(&world, &item(one, name, "6800000000000000001", scraped_at, 500), NOW).await;
    }
    assert_eq!(handles(&world).await, ["noa.new"]);
}

#[tokio::test]
async fn a_handle_that_another_account_took_is_another_creator() {
    let world = World::new().await;
    let account = ["6800000000000000001", "6800000000000000002"];
    import(&world, &item("7571000000000000203", "noa", account[0], "2026-08-17T12:00:00Z", 5), NOW).await;
    import(&world, &item("7571000000000000204", "noa.new", account[0], "2026-08-18T12:00:00Z", 5), NOW).await;
    let told = import(&world, &item("7571000000000000205", "noa", account[1], "2026-08-19T11:00:00Z", 5), NOW).await;
    assert_eq!((told.rejected, handles(&world).await.len()), (0, 2));
    // While a creator has the handle, the facts of another account are refused and not mixed into theirs.
    let told =
        import(&world, &item("7571000000000000206", "noa.new", account[1], "2026-08-19T11:30:00Z", 5), NOW).await;
    let other = world.creator("noa").await;
    assert_eq!(
        posts_of(&world, other).await,
        2,
        "the account is known, so its post is its creator's: {:?}",
        told.reasons
    );
    let third = item("7571000000000000207", "noa.new", "6800000000000000003", "2026-08-19T11:40:00Z", 5);
    let told = import(&world, &third, NOW).await;
    assert!(told.reasons[0].contains("another TikTok account"), "{:?}", told.reasons);
    is_right(&world).await;
}

#[tokio::test]
async fn an_id_that_stands_in_the_rows_of_several_creators_is_no_id_of_an_account() {
    let world = World::new().await;
    let mut rows = String::new();
    for (post, name) in ["ana", "ben", "cleo"].iter().enumerate() {
        let row = format!("757100000000000030{post},2026-08-18T08:00:00Z,2026-08-18T10:00:00Z,100");
        writeln!(rows, "{name},6800000000000000009,{row}").unwrap();
    }
    let text = format!("handle,author.id,post_id,posted,captured_at,views\n{rows}");
    import(&world, &text, NOW).await;
    assert_eq!(handles(&world).await, ["ana", "ben", "cleo"]);
}

#[tokio::test]
async fn ids_of_accounts_say_that_two_creators_are_not_one() {
    let world = World::new().await;
    import(&world, &item("7571000000000000203", "noa", "6800000000000000001", "2026-08-17T12:00:00Z", 5), NOW).await;
    import(&world, &item("7571000000000000204", "mia", "6800000000000000002", "2026-08-17T12:00:00Z", 5), NOW).await;
    let (noa, mia) = (world.creator("noa").await, world.creator("mia").await);
    let outcome = world.store.merge_creators(world.id(), noa, mia, NOW).await.unwrap();
    assert_eq!(outcome, MergeOutcome::OtherAccount);
    // A new handle under which a file without ids has a post of hers, and a file with ids says that it is somebody else's.
    let text = item("7571000000000000203", "leo", "6800000000000000003", "2026-08-18T12:00:00Z", 9);
    let told = import(&world, &text, NOW.plus_millis(1)).await;
    assert_eq!((told.details.waiting, told.details.undecided), (0, Vec::new()));
    assert!(told.reasons[0].contains("belongs to @noa, not to @leo"), "{:?}", told.reasons);
}

#[tokio::test]
async fn handles_that_are_swapped_or_passed_on_in_one_file_follow_the_accounts() {
    for (first, second) in [("b", "a"), ("c", "a")] {
        let world = World::new().await;
        import(&world, &item("7571000000000000501", "a", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
        import(&world, &item("7571000000000000502", "b", U2, "2026-08-17T10:00:00Z", 2), NOW).await;
        let (one, two) = (world.creator("a").await, world.creator("b").await);
        let both = [
            item("7571000000000000501", first, U1, "2026-08-18T10:00:00Z", 11),
            item("7571000000000000502", second, U2, "2026-08-18T10:00:00Z", 22),
        ];
        let both = both.join(",").replace("],[", ",");
        let told = import(&world, &both, NOW).await;
        assert_eq!((told.rejected, told.details.renamed.len()), (0, 2), "{:?}", told.reasons);
        assert_eq!((creator(&world, first).await, creator(&world, second).await), (Some(one), Some(two)));
        assert_eq!((followers_of(&world, one).await, followers_of(&world, two).await), (Some(1011), Some(1022)));
        table(&world, &posted(second, "03", 11, 5, 2000)).await;
        assert_eq!(followers_of(&world, two).await, Some(2000));
        is_right(&world).await;
    }
}

#[tokio::test]
async fn a_new_owner_of_a_handle_is_a_creator_in_the_file_that_frees_it() {
    let world = World::new().await;
    import(&world, &item("7571000000000000501", "k", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
    let k = world.creator("k").await;
    let both = [
        item("7571000000000000502", "k", U2, "2026-08-18T10:00:00Z", 22),
        item("7571000000000000501", "n", U1, "2026-08-18T10:00:00Z", 11),
    ];
    let told = import(&world, &both.join(",").replace("],[", ","), NOW).await;
    assert_eq!((told.rejected, handles(&world).await), (0, vec!["k".to_owned(), "n".to_owned()]));
    assert_eq!(creator(&world, "n").await, Some(k));
    is_right(&world).await;
}

#[tokio::test]
async fn an_unknown_account_with_two_handles_in_one_file_is_one_creator() {
    let world = World::new().await;
    let both = [
        item("7571000000000000501", "x.old", U1, "2026-08-17T10:00:00Z", 1),
        item("7571000000000000502", "x.new", U1, "2026-08-18T10:00:00Z", 2),
    ];
    import(&world, &both.join(",").replace("],[", ","), NOW).await;
    assert_eq!(handles(&world).await, ["x.new"]);
    assert_eq!(posts_of(&world, world.creator("x.new").await).await, 2);
    let told = table(&world, "x.old,7571000000000000503,2026-08-18T08:00:00Z,2026-08-18T11:00:00Z,5,3000\n").await;
    assert_eq!((told.rejected, handles(&world).await.len()), (0, 1));
}

#[tokio::test]
async fn contradictory_ids_say_nothing() {
    let world = World::new().await;
    import(&world, &item("7571000000000000501", "a", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
    let with_sec = |id: &str, name: &str, account: &str, sec: &str, at: &str, views: i64| {
        item(id, name, account, at, views).replace("\"uniqueId\"", &format!("\"secUid\":\"{sec}\",\"uniqueId\""))
    };
    import(&world, &with_sec("7571000000000000502", "b", U2, "MS4wB", "2026-08-17T10:00:00Z", 2), NOW).await;
    // One row has the number of one account and the secUid of another.
    import(&world, &with_sec("7571000000000000501", "a", U1, "MS4wB", "2026-08-18T09:00:00Z", 3), NOW).await;
    import(&world, &with_sec("7571000000000000502", "b", U2, "MS4wB", "2026-08-18T10:00:00Z", 501), NOW).await;
    let (a, b) = (world.creator("a").await, world.creator("b").await);
    assert_eq!((followers_of(&world, a).await, followers_of(&world, b).await), (Some(1003), Some(1501)));
    // One handle with two numbers, and one number with two known creators.
    let twice = [
        item("7571000000000000503", "n", U1, "2026-08-18T10:00:00Z", 7),
        item("7571000000000000504", "n", U2, "2026-08-18T11:00:00Z", 8),
    ];
    import(&world, &twice.join(",").replace("],[", ","), NOW).await;
    assert_eq!(handles(&world).await, ["a", "b", "n"]);
    is_right(&world).await;
}
