//! Tests of probable renamings that somebody decides on.

use super::world::{
    AFTER, BEFORE, U1, actual, followers_of, handles, import, is_right, item, known, new, posted, posts_of, renaming,
    table,
};
use crate::support::{DAY, HOUR, NOW, World};
use compliance::metric::Metric;
use program::campaigns::record::{CampaignItem, CampaignTerms};
use program::creators::record::{AddCreatorOutcome, Membership, SameAs};
use program::ids::CampaignId;
use program::imports::record::ImportVerdict;
use program::merges::record::{MergeOutcome, UndoMergeOutcome};
use std::fmt::Write as _;
use store::WAITING_OF_PROJECT;

#[tokio::test]
async fn a_new_handle_with_posts_of_a_known_creator_waits_for_one_decision_and_nothing_is_split() {
    let world = World::new().await;
    let mia = known(&world).await;
    let told = import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
    assert_eq!((told.details.undecided, told.details.waiting), (renaming("mia_cooks", "mia.kitchen"), 2));
    assert_eq!((told.verdict, told.rejected), (ImportVerdict::Partly, 0));
    // Until the decision there is one creator, and she is unchanged.
    assert_eq!(handles(&world).await, ["mia_cooks"]);
    assert_eq!((posts_of(&world, mia).await, actual(&world, mia, Metric::Views).await), (1, 500));
    let waits = world.store.probable_renamings(world.id()).await.unwrap();
    let [waits] = &waits[..] else { panic!("{waits:?}") };
    assert_eq!((waits.known.creator_id, waits.waiting), (mia, 2));
    assert_eq!(waits.kept_until, Some(NOW.plus_millis(-HOUR + 30 * DAY)));
    assert_eq!(waits.double.same_as, Some(SameAs::Probably(mia)));
    is_right(&world).await;
    // The same file once more asks the same, and changes nothing.
    let again = import(&world, AFTER, NOW.plus_millis(-HOUR / 2)).await;
    assert_eq!((again.details.undecided, again.details.waiting), (renaming("mia_cooks", "mia.kitchen"), 2));
    assert_eq!(world.store.probable_renamings(world.id()).await.unwrap().len(), 1);

    let double = waits.double.creator_id;
    let merged = world.store.merge_creators(world.id(), mia, double, NOW).await.unwrap();
    let MergeOutcome::Merged(merge_id) = merged else { panic!("{merged:?}") };
    assert_eq!(handles(&world).await, ["mia.kitchen"]);
    assert_eq!(posts_of(&world, mia).await, 2);
    assert_eq!(actual(&world, mia, Metric::Posts).await, 2);
    assert_eq!(actual(&world, mia, Metric::Views).await, 1_000);
    assert_eq!(actual(&world, mia, Metric::Followers).await, 50);
    assert!(world.store.probable_renamings(world.id()).await.unwrap().is_empty());
    is_right(&world).await;
    // Both handles lead to her from now on.
    for (name, post_id) in [("mia_cooks", "7571000000000000203"), ("mia.kitchen", "7571000000000000204")] {
        let text = format!("handle,post_id,posted\n{name},{post_id},2026-08-18T09:00:00Z\n");
        let told = import(&world, &text, NOW).await;
        assert_eq!((told.rejected, told.details.undecided), (0, Vec::new()), "{name}");
    }
    assert_eq!(posts_of(&world, mia).await, 4);
    let added = world.store.add_creators(world.id(), &[new("mia_cooks")], NOW).await.unwrap();
    assert_eq!(added, [AddCreatorOutcome::Present(mia)]);
    world.store.set_membership(world.id(), double, Membership::Member, NOW).await.unwrap();
    assert_eq!(handles(&world).await, ["mia.kitchen"], "a merged creator is not restored");
    let campaign = CampaignId::new();
    let terms = CampaignTerms { name: "Autumn".to_owned(), notes: String::new(), target: None };
    world.store.create_campaign(world.id(), campaign, &terms, NOW).await.unwrap();
    let both = [CampaignItem::Creator(double), CampaignItem::Creator(mia)];
    world.store.add_campaign_items(world.id(), campaign, &both, NOW).await.unwrap();
    let items = world.store.campaign_items(world.id(), campaign).await.unwrap();
    assert_eq!(items, [CampaignItem::Creator(mia)]);

    // Undone, both are creators again, each with what was theirs; what came in since stays.
    let since = NOW.plus_millis(-DAY);
    let undone = world.store.undo_merge(world.id(), merge_id, since, NOW).await.unwrap();
    assert_eq!(undone, UndoMergeOutcome::Undone);
    assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
    assert_eq!((posts_of(&world, mia).await, posts_of(&world, double).await), (3, 1));
    assert_eq!(world.creator("mia_cooks").await, mia);
    assert_eq!(actual(&world, mia, Metric::Views).await, 900);
    assert_eq!(actual(&world, mia, Metric::Followers).await, 0);
    is_right(&world).await;
    // The same form sent twice changes nothing more.
    assert_eq!(world.store.undo_merge(world.id(), merge_id, since, NOW).await.unwrap(), UndoMergeOutcome::Undone);
    assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
}

#[tokio::test]
async fn another_account_stays_apart_and_is_not_asked_about_again() {
    let world = World::new().await;
    let mia = known(&world).await;
    import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
    let waits = world.store.probable_renamings(world.id()).await.unwrap();
    world.store.keep_apart(world.id(), waits[0].double.creator_id, NOW).await.unwrap();
    assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
    assert_eq!(posts_of(&world, mia).await, 1);
    let told = import(&world, AFTER, NOW).await;
    assert_eq!((told.rejected, told.details.waiting, told.details.undecided), (1, 0, Vec::new()));
    let reason = &told.reasons[0];
    assert!(reason.contains("belongs to @mia_cooks, not to @mia.kitchen"), "{reason}");
    is_right(&world).await;
}

#[tokio::test]
async fn posts_that_come_before_the_known_one_wait_too_whatever_the_batches() {
    let world = World::new().await;
    let mia = known(&world).await;
    // More rows than one batch holds, and the known post in the last one.
    let mut text = "handle,post_id,posted\n".to_owned();
    for post in 0..6_000 {
        writeln!(text, "mia.kitchen,75720000000000{post:05},2026-08-18T08:00:00Z").unwrap();
    }
    text += "mia.kitchen,7571000000000000201,2026-08-17T09:00:00Z\n";
    let told = import(&world, &text, NOW).await;
    assert_eq!(told.details.undecided, renaming("mia_cooks", "mia.kitchen"));
    assert_eq!(handles(&world).await, ["mia_cooks"]);
    let double = world.store.probable_renamings(world.id()).await.unwrap()[0].double.creator_id;
    world.store.merge_creators(world.id(), mia, double, NOW).await.unwrap();
    assert_eq!(actual(&world, mia, Metric::Posts).await, 6_001);
    is_right(&world).await;
}

#[tokio::test]
async fn rows_that_nobody_decides_on_are_kept_for_30_days() {
    let world = World::new().await;
    known(&world).await;
    import(&world, AFTER, NOW).await;
    assert_eq!(world.store.tend_waiting(NOW.plus_millis(30 * DAY)).await.unwrap(), 0);
    assert_eq!(world.store.tend_waiting(NOW.plus_millis(30 * DAY + 1)).await.unwrap(), 2);
    assert_eq!(world.store.probable_renamings(world.id()).await.unwrap()[0].waiting, 0);
}

#[tokio::test]
async fn no_more_rows_wait_than_may_and_one_that_replaces_another_needs_no_room() {
    let world = World::new().await;
    known(&world).await;
    import(&world, AFTER, NOW).await;
    let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) \
        INSERT INTO waiting_facts (project_id, creator_id, fact_key, fact, kept_at) \
        SELECT project_id, creator_id, 'x' || i, '{}', 0 FROM n JOIN waiting_facts ON true WHERE i <= 200000 - 2 \
        AND fact_key = (SELECT MIN(fact_key) FROM waiting_facts)";
    world.texts(many).await;
    let waiting = async || world.store.probable_renamings(world.id()).await.unwrap()[0].waiting;
    assert_eq!(waiting().await, WAITING_OF_PROJECT);
    let again = import(&world, AFTER, NOW.plus_millis(1)).await;
    assert_eq!((again.details.waiting, again.rejected), (2, 0));
    let more = AFTER.replace("10:00:00Z,900", "11:00:00Z,950");
    let more = import(&world, &more, NOW.plus_millis(2)).await;
    assert_eq!(more.rejected, 1, "{:?}", more.reasons);
    assert!(more.reasons[0].contains("Too many rows wait"), "{:?}", more.reasons);
    assert_eq!(waiting().await, WAITING_OF_PROJECT);
}

#[tokio::test]
async fn whoever_has_a_handle_without_an_id_keeps_their_facts_until_somebody_decides_and_no_is_remembered() {
    let world = World::new().await;
    import(&world, &item("7571000000000000501", "a", U1, "2026-08-17T10:00:00Z", 1), NOW).await;
    table(&world, &posted("b", "02", 9, 5, 5000)).await;
    let (a, b) = (world.creator("a").await, world.creator("b").await);
    for (hour, asked) in [(10, 1), (11, 0)] {
        let at = format!("2026-08-18T{hour}:00:00Z");
        let told = import(&world, &item("7571000000000000502", "b", U1, &at, 4000 + hour), NOW).await;
        assert_eq!(told.details.undecided.len(), asked);
        assert_eq!((followers_of(&world, a).await, followers_of(&world, b).await), (Some(1001), Some(5000 + hour)));
        assert_eq!(handles(&world).await, ["a", "b"]);
        world.store.keep_apart(world.id(), b, NOW).await.unwrap();
    }
}

#[tokio::test]
async fn the_handle_that_was_seen_last_is_kept_whichever_file_came_first() {
    let world = World::new().await;
    import(&world, AFTER, NOW.plus_millis(-2 * HOUR)).await;
    let told = import(&world, BEFORE, NOW.plus_millis(-HOUR)).await;
    assert_eq!(told.details.waiting, 2);
    let waits = world.store.probable_renamings(world.id()).await.unwrap();
    let (old, new) = waits[0].handles();
    assert_eq!((old.as_str(), new.as_str()), ("mia_cooks", "mia.kitchen"));
    let (kept, double) = (waits[0].known.creator_id, waits[0].double.creator_id);
    world.store.merge_creators(world.id(), kept, double, NOW).await.unwrap();
    assert_eq!(handles(&world).await, ["mia.kitchen"]);
    is_right(&world).await;
}

#[tokio::test]
async fn a_wrong_row_takes_no_known_creator_out_of_the_program_even_if_the_clock_stands_still() {
    let world = World::new().await;
    table(&world, &format!("{}{}", posted("a", "31", 9, 5, 1000), posted("b", "32", 9, 5, 1000))).await;
    // The creators of two rows were swapped.
    let swapped = format!("{}{}", posted("b", "31", 10, 6, 1000), posted("a", "32", 10, 6, 1000));
    let told = table(&world, &swapped).await;
    assert_eq!((told.rejected, told.details.undecided), (2, Vec::new()), "{:?}", told.reasons);
    assert!(told.reasons[0].contains("belongs to @a, not to @b"), "{:?}", told.reasons);
    assert_eq!(handles(&world).await, ["a", "b"]);
    is_right(&world).await;
}

#[tokio::test]
async fn nobody_is_merged_before_a_renaming_is_decided() {
    let world = World::new().await;
    let mia = known(&world).await;
    import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
    table(&world, &posted("tom", "31", 9, 5, 1000)).await;
    let tom = world.creator("tom").await;
    let double = world.store.probable_renamings(world.id()).await.unwrap()[0].double.creator_id;
    for (kept, merged) in [(double, mia), (double, tom), (tom, double)] {
        let outcome = world.store.merge_creators(world.id(), kept, merged, NOW).await.unwrap();
        assert_eq!(outcome, MergeOutcome::Undecided);
    }
    // The facts that wait are still there, and go in with the decision.
    let waits = world.store.probable_renaming(world.id(), double).await.unwrap().unwrap();
    assert_eq!((waits.known.creator_id, waits.waiting), (mia, 2));
    world.store.merge_creators(world.id(), mia, double, NOW).await.unwrap();
    assert_eq!(world.store.probable_renaming(world.id(), double).await.unwrap(), None);
    assert_eq!(actual(&world, mia, Metric::Views).await, 1_000);
    is_right(&world).await;
}

#[tokio::test]
async fn to_restore_or_to_add_the_new_handle_decides_that_it_is_another_account() {
    for restored in [true, false] {
        let world = World::new().await;
        let mia = known(&world).await;
        import(&world, AFTER, NOW.plus_millis(-HOUR)).await;
        let double = world.store.probable_renamings(world.id()).await.unwrap()[0].double.creator_id;
        if restored {
            world.store.set_membership(world.id(), double, Membership::Member, NOW).await.unwrap();
        } else {
            let added = world.store.add_creators(world.id(), &[new("mia.kitchen")], NOW).await.unwrap();
            assert_eq!(added, [AddCreatorOutcome::Restored(double)]);
        }
        assert_eq!(handles(&world).await, ["mia.kitchen", "mia_cooks"]);
        // A file that says the same is not asked about again.
        let again = import(&world, AFTER, NOW.plus_millis(-HOUR / 2)).await;
        assert_eq!((again.details.undecided, again.details.waiting), (Vec::new(), 0), "restored: {restored}");
        assert_eq!((posts_of(&world, mia).await, posts_of(&world, double).await), (1, 1));
        is_right(&world).await;
    }
}
