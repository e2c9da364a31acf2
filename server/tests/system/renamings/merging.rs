//! Tests of merges and of undoing them.

use super::world::{
    AFTER, U1, creator, followers_of, handles, import, is_right, item, known, merge, merge_id, posted, posts_of, table,
    undo,
};
use crate::support::{HOUR, NOW, World};
use program::creators::record::Membership;
use program::ids::CreatorId;
use program::merges::record::{MergeOutcome, UndoMergeOutcome};

#[tokio::test]
async fn two_creators_merged_have_the_days_of_one_creator_with_all_their_facts() {
    let split = World::new().await;
    let (mut rows, mut whole) = (String::new(), String::new());
    let header = "handle,post_id,posted,captured_at,views,likes,followers\n";
    for day in 1..=18_i64 {
        for (name, post) in [("mia", day % 4), ("mia.two", 10 + day % 3)] {
            // Falls, zeros and rises, so that misreadings and baselines occur.
            let (views, count) = (day * 100 % 700, if day % 5 == 0 { 0 } else { 1_000 + day * 7 });
            let row = format!(
                "75710000000000003{post:02},2026-08-{:02}T08:00:00Z,2026-08-{day:02}T1{}:00:00Z,{views},{day},{count}\n",
                1 + post % 4,
                post % 3
            );
            rows.extend([name, ",", &row]);
            whole.extend(["mia,", &row]);
        }
    }
    import(&split, &format!("{header}{rows}"), NOW).await;
    let one = World::new().await;
    import(&one, &format!("{header}{whole}"), NOW).await;
    let (mia, double) = (split.creator("mia").await, split.creator("mia.two").await);
    split.store.merge_creators(split.id(), mia, double, NOW).await.unwrap();
    is_right(&split).await;
    let days = |world: &World, id: CreatorId| {
        let store = world.store.clone();
        let project_id = world.id();
        async move {
            let program = store.program(project_id, NOW).await.unwrap().unwrap();
            let found = program.creators.iter().find(|creator| creator.creator.creator_id == id).unwrap();
            format!("{:?} {:?} {:?}", found.days, found.creator.followers, found.creator.looks)
        }
    };
    assert_eq!(days(&split, mia).await, days(&one, one.creator("mia").await).await);
    // And what comes in afterwards is booked in the same way.
    let later = "handle,captured_at,followers\nmia,2026-08-19T08:00:00Z,1500\nmia.two,2026-08-19T09:00:00Z,1490\n";
    import(&split, later, NOW).await;
    import(&one, &later.replace("mia.two", "mia"), NOW).await;
    is_right(&split).await;
    assert_eq!(days(&split, mia).await, days(&one, one.creator("mia").await).await);
}

#[tokio::test]
async fn files_with_ids_after_a_merge_are_those_of_the_creator_who_stayed_also_with_the_former_handle() {
    let world = World::new().await;
    table(&world, &posted("k", "01", 9, 5, 1000)).await;
    import(&world, &item("7571000000000000501", "n", U1, "2026-08-18T10:00:00Z", 10), NOW).await;
    let k = world.creator("k").await;
    let kept = merge_id(merge(&world, k, "n").await);
    import(&world, &item("7571000000000000502", "n", U1, "2026-08-18T11:00:00Z", 80), NOW).await;
    assert_eq!((posts_of(&world, k).await, followers_of(&world, k).await), (2, Some(1080)));
    // The former handle now belongs to the merged creator; a file with it changes nothing but what it brings.
    for scraped_at in ["2026-08-18T09:30:00Z", "2026-08-18T11:30:00Z"] {
        let told = import(&world, &item("7571000000000000501", "k", U1, scraped_at, 12), NOW).await;
        assert_eq!((told.rejected, told.details.undecided), (0, Vec::new()), "{:?}", told.reasons);
    }
    assert!(world.store.probable_renamings(world.id()).await.unwrap().is_empty());
    is_right(&world).await;
    // Undone, the id is that of the creator who brought it.
    assert_eq!(undo(&world, kept).await, UndoMergeOutcome::Undone);
    let double = creator(&world, "n").await.unwrap();
    import(&world, &item("7571000000000000503", "n", U1, "2026-08-18T11:45:00Z", 90), NOW).await;
    assert_eq!(followers_of(&world, double).await, Some(1090));
    is_right(&world).await;
}

#[tokio::test]
async fn merges_are_undone_from_the_latest_and_a_creator_with_merges_is_not_merged_away() {
    let world = World::new().await;
    for (name, post) in [("a", "01"), ("b", "02"), ("c", "03")] {
        table(&world, &posted(name, post, 9, 5, 1000)).await;
    }
    let b = world.creator("b").await;
    let first = merge_id(merge(&world, b, "a").await);
    let c = world.creator("c").await;
    let name = world.store.creator(world.id(), b).await.unwrap().unwrap().handle.to_string();
    assert_eq!(merge(&world, c, &name).await, MergeOutcome::MergedElsewhere);
    let second = merge_id(merge(&world, b, "c").await);
    assert_eq!(undo(&world, first).await, UndoMergeOutcome::NotTheLatest);
    assert_eq!(undo(&world, second).await, UndoMergeOutcome::Undone);
    assert_eq!(undo(&world, first).await, UndoMergeOutcome::Undone);
    assert_eq!(handles(&world).await, ["a", "b", "c"]);
    for name in ["a", "b", "c"] {
        assert_eq!(posts_of(&world, world.creator(name).await).await, 1, "{name}");
    }
    is_right(&world).await;
}

#[tokio::test]
async fn undoing_a_merge_leaves_out_whom_a_person_had_removed_and_brings_back_whom_the_decision_hid() {
    for removed in [true, false] {
        let world = World::new().await;
        import(&world, &item("7571000000000000501", "a", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
        table(&world, &posted("b", "02", 9, 5, 5000)).await;
        let (a, b) = (world.creator("a").await, world.creator("b").await);
        let told = import(&world, &item("7571000000000000502", "b", U1, "2026-08-18T10:00:00Z", 4000), NOW).await;
        assert_eq!(told.details.undecided.len(), 1);
        if removed {
            world.store.set_membership(world.id(), b, Membership::Removed, NOW).await.unwrap();
        }
        let merged = world.store.merge_creators(world.id(), a, b, NOW).await.unwrap();
        assert_eq!(undo(&world, merge_id(merged)).await, UndoMergeOutcome::Undone);
        let expected: &[&str] = if removed { &["a"] } else { &["a", "b"] };
        assert_eq!(handles(&world).await, expected, "removed: {removed}");
        is_right(&world).await;
    }
    let world = World::new().await;
    let mia = known(&world).await;
    import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
    let double = world.store.probable_renamings(world.id()).await.unwrap()[0].double.creator_id;
    let merged = world.store.merge_creators(world.id(), mia, double, NOW).await.unwrap();
    assert_eq!(undo(&world, merge_id(merged)).await, UndoMergeOutcome::Undone);
    assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
}
