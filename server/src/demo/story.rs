//! The changes in the demo program: creators added, goals given and edited, posts reviewed, campaigns created, and
//! things deleted that can be restored.

use super::people::{DAILY_AND_SELECTIVE, FORMER_HANDLE, NEWCOMER, PEOPLE};
use anyhow::{Context as _, Result, ensure};
use compliance::Cadence;
use compliance::calendar::{LocalDays as _, Zone};
use compliance::campaign::CampaignTarget;
use compliance::fact::Handle;
use compliance::goal_form::NewGoal;
use compliance::instant::{DAY_MS, HOUR_MS, Instant};
use compliance::metric::Metric;
use compliance::terms::GoalTerms;
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use program::campaigns::record::{AddItemsOutcome, CampaignItem, CampaignTerms};
use program::creators::record::{CreatorChange, Membership, NewCreator};
use program::goals::record::GoalOutcome;
use program::ids::{CampaignId, CreatorId, GoalId, PostId, ProjectId, ReviewId, SavedViewId};
use program::posts::record::{OwnedPost, PostsQuery};
use program::reviews::record::{PendingQuery, Review, TrackingDecision, TrackingSwitch};
use program::saved_views::record::SavedView;
use program::standings::program::Program;
use program::store::SharedStore;
use std::sync::Arc;

/// Adds the creators: most at the beginning, one of them yesterday.
pub async fn add_everybody(
    store: &SharedStore,
    project_id: ProjectId,
    zone: Zone,
    made_at: Instant,
    now: Instant,
) -> Result<()> {
    let new = |handle: &str, name: &str, selective: bool, at: Instant| -> Result<NewCreator> {
        Ok(NewCreator {
            handle: Handle::parse(handle)?,
            display_name: Some(name.to_owned()),
            avatar_url: None,
            tracking_mode: if selective { TrackingMode::Selective } else { TrackingMode::Auto },
            tracking_start_date: zone.date_of(at),
        })
    };
    let everybody = PEOPLE.iter().map(|person| {
        let handle = if person.handle == "lena.sketches" { FORMER_HANDLE } else { person.handle };
        new(handle, person.name, person.selective, made_at)
    });
    store.add_creators(project_id, &everybody.collect::<Result<Vec<_>>>()?, made_at).await?;
    let yesterday = now.plus_millis(-DAY_MS);
    store.add_creators(project_id, &[new(NEWCOMER, "Noa Levi", false, yesterday)?], yesterday).await?;
    Ok(())
}

/// Makes all changes, in order of time.
pub async fn tell(store: &SharedStore, project_id: ProjectId, now: Instant) -> Result<()> {
    let told = Story { store, project_id, now };
    let program = told.program().await?;
    told.ask(&program).await?;
    told.review(&program).await?;
    told.rename_and_remove(&program).await?;
    told.change_goals(&program).await?;
    told.write_notes(&program).await?;
    told.make_campaigns(&program).await?;
    told.save_views().await
}

struct Story<'s> {
    store: &'s SharedStore,
    project_id: ProjectId,
    now: Instant,
}

const NO_DATES: GoalTerms = GoalTerms { target_value: 1, start_date: None, end_date: None, is_active: true };

impl Story<'_> {
    async fn program(&self) -> Result<Arc<Program>> {
        self.store.program(self.project_id, self.now).await?.context("the demo project was just made")
    }

    fn ago(&self, days: i64, hours: i64) -> Instant {
        self.now.plus_millis(-days * DAY_MS - hours * HOUR_MS)
    }

    /// Adds the goals, ten days after the beginning.
    async fn ask(&self, program: &Program) -> Result<()> {
        let made_at = self.ago(82, 3);
        for person in PEOPLE {
            let creator = find(program, if person.handle == "lena.sketches" { FORMER_HANDLE } else { person.handle })?;
            for (metric, cadence, target_value) in person.goals {
                let terms = GoalTerms { target_value: *target_value, ..NO_DATES };
                let goal = NewGoal { metric: *metric, cadence: *cadence, terms };
                self.store.create_goal(self.project_id, creator, GoalId::new(), &goal, made_at).await?;
            }
        }
        let terms = GoalTerms { target_value: 3, ..NO_DATES };
        let goal = NewGoal { metric: Metric::Posts, cadence: Cadence::Weekly, terms };
        self.store
            .create_goal(self.project_id, find(program, NEWCOMER)?, GoalId::new(), &goal, self.ago(1, -1))
            .await?;
        Ok(())
    }

    /// Decides on the posts of selective creators within a day or two; those of the last days stay pending.
    async fn review(&self, program: &Program) -> Result<()> {
        const WAITING_DAYS: i64 = 9;
        const SEEN: Tracking = Tracking { status: TrackingStatus::PendingReview, disabled: false };
        let daily = find(program, DAILY_AND_SELECTIVE)?;
        let mut daily_left = 2;
        let mut decided: Vec<(PostId, Instant)> = Vec::new();
        for page in 0.. {
            let query = PendingQuery { page, ..PendingQuery::default() };
            let pending = self.store.pending_posts(self.project_id, &query).await?.posts;
            if pending.is_empty() {
                break;
            }
            for OwnedPost { creator_id, post } in pending {
                // The latest two posts of a creator with a daily goal stay pending: approving one always changes a
                // verdict.
                if creator_id == daily && daily_left > 0 {
                    daily_left -= 1;
                    continue;
                }
                decided.push((post.post_id, post.published_at));
            }
        }
        // A third of the posts of the last days is approved already.
        let waits = |place: usize, published_at: Instant| published_at > self.ago(WAITING_DAYS, 0) && place % 3 != 2;
        let mut reviews: Vec<(Instant, TrackingDecision, Vec<PostId>)> = Vec::new();
        for (place, (post_id, published_at)) in decided.into_iter().enumerate() {
            if waits(place, published_at) {
                continue;
            }
            let excluded = place % 11 == 5;
            let status = if excluded { TrackingStatus::Excluded } else { TrackingStatus::Included };
            let at = published_at.plus_millis(20 * HOUR_MS).min(self.ago(0, 1));
            reviews.push((at, TrackingDecision::status(status), vec![post_id]));
        }
        reviews.sort_by_key(|(at, ..)| *at);
        for (at, decision, posts) in reviews {
            let review = Review { review_id: ReviewId::new(), decision, seen: Some(SEEN) };
            self.store.review_posts(self.project_id, &posts, &review, at).await?;
        }
        let program = self.program().await?;
        for (handle, decision, days) in [
            ("theo.bakes", TrackingDecision::switch(TrackingSwitch::Disabled), 6),
            ("mia.moves", TrackingDecision::status(TrackingStatus::Excluded), 4),
        ] {
            let creator = find(&program, handle)?;
            let posts = self.store.posts(self.project_id, creator, &PostsQuery::default()).await?.posts;
            let Some(post) = posts.iter().find(|post| post.published_at < self.ago(days, 0)) else { continue };
            let review = Review { review_id: ReviewId::new(), decision, seen: None };
            self.store.review_posts(self.project_id, &[post.post_id], &review, self.ago(days, 0)).await?;
        }
        Ok(())
    }

    async fn rename_and_remove(&self, program: &Program) -> Result<()> {
        let lena = find(program, FORMER_HANDLE)?;
        let change = CreatorChange {
            handle: Handle::parse("lena.sketches")?,
            display_name: Some("Lena Hoffmann".to_owned()),
            tracking_mode: TrackingMode::Auto,
            tracking_start_date: None,
        };
        self.store.update_creator(self.project_id, lena, &change, self.ago(20, 5)).await?;
        let ivo = find(program, "ivo.jumps")?;
        self.store.set_membership(self.project_id, ivo, Membership::Removed, self.ago(30, 2)).await?;
        self.store.set_membership(self.project_id, ivo, Membership::Member, self.ago(24, 6)).await?;
        self.store
            .set_membership(self.project_id, find(program, "kira.vlogs")?, Membership::Removed, self.ago(9, 4))
            .await?;
        Ok(())
    }

    /// Edits, ends and deletes goals, and adds one that starts later.
    async fn change_goals(&self, program: &Program) -> Result<()> {
        let zone = program.project.zone;
        let date = |days: i64| zone.date_of(self.now.plus_millis(days * DAY_MS));
        let add = async |handle: &str, metric, cadence, terms: GoalTerms, at| -> Result<GoalId> {
            let goal = NewGoal { metric, cadence, terms };
            let creator = find(program, handle)?;
            let goal_id = GoalId::new();
            let made = self.store.create_goal(self.project_id, creator, goal_id, &goal, at).await?;
            ensure!(made == GoalOutcome::Stored, "the goals of {handle} overlap");
            Ok(goal_id)
        };
        let edit = async |goal_id, terms: GoalTerms, at| -> Result<()> {
            let edited = self.store.edit_goal(self.project_id, goal_id, &terms, at).await?;
            ensure!(edited == GoalOutcome::Stored, "an edit overlaps another goal");
            Ok(())
        };
        let mia = find(program, "mia.moves")?;
        let goals = self.store.goals(self.project_id, mia).await?;
        let posts = goals.iter().find(|record| record.goal.metric == Metric::Posts).context("Mia posts")?;
        for (target_value, days) in [(8, 70), (10, 33)] {
            edit(posts.goal_id, GoalTerms { target_value, ..NO_DATES }, self.ago(days, 2)).await?;
        }
        // One that starts next week, two that ended three days ago, one ended by hand, one deleted.
        let ahead = GoalTerms { target_value: 4, start_date: Some(date(7)), ..NO_DATES };
        add("elif.travels", Metric::Posts, Cadence::Weekly, ahead, self.ago(2, 0)).await?;
        for (handle, target_value) in [("diego.drums", 30_000), ("viktor.builds", 400_000)] {
            let over = GoalTerms { target_value, start_date: Some(date(-24)), end_date: Some(date(-3)), ..NO_DATES };
            add(handle, Metric::Views, Cadence::Weekly, over, self.ago(26, 0)).await?;
        }
        let ended = add(
            "rosa.writes",
            Metric::Views,
            Cadence::Weekly,
            GoalTerms { target_value: 40_000, ..NO_DATES },
            self.ago(60, 0),
        )
        .await?;
        edit(ended, GoalTerms { target_value: 40_000, is_active: false, ..NO_DATES }, self.ago(12, 1)).await?;
        let deleted = add(
            "emil.maps",
            Metric::Followers,
            Cadence::Monthly,
            GoalTerms { target_value: 500, ..NO_DATES },
            self.ago(40, 0),
        )
        .await?;
        self.store.delete_goal(self.project_id, deleted, self.ago(3, 4)).await?;
        Ok(())
    }

    async fn write_notes(&self, program: &Program) -> Result<()> {
        let notes = [
            (
                "mia.moves",
                "**Top performer of the summer.** Prefers messages before noon.\n\n- Contract until *31 January*\n\
                 - Sends drafts on Thursdays\n- [Media kit](https://example.com/mia)",
            ),
            ("theo.bakes", "New kitchen until mid-month: fewer posts are agreed, **do not chase** before it is done."),
            ("zoe.codes", "Every post is checked by legal first. Approve within a day, or the week is lost."),
        ];
        for (handle, text) in notes {
            self.store.set_creator_notes(self.project_id, find(program, handle)?, text).await?;
        }
        Ok(())
    }

    async fn make_campaigns(&self, program: &Program) -> Result<()> {
        let zone = program.project.zone;
        let date = |days: i64| zone.date_of(self.now.plus_millis(days * DAY_MS));
        let make = async |name: &str, notes: &str, target, at| -> Result<CampaignId> {
            let terms = CampaignTerms { name: name.to_owned(), notes: notes.to_owned(), target };
            Ok(self.store.create_campaign(self.project_id, CampaignId::new(), &terms, at).await?.campaign_id)
        };
        let fill = async |campaign, items: Vec<CampaignItem>| -> Result<()> {
            let outcome = self.store.add_campaign_items(self.project_id, campaign, &items, self.ago(50, 0)).await?;
            ensure!(
                matches!(outcome, AddItemsOutcome::Added(_)),
                "a campaign of the demo refuses its items: {outcome:?}"
            );
            Ok(())
        };
        let creators = |handles: &[&str]| -> Result<Vec<CampaignItem>> {
            handles.iter().map(|handle| Ok(CampaignItem::Creator(find(program, handle)?))).collect()
        };
        let launch = make(
            "Autumn Launch",
            "The big one: **jackets and boots**, all markets.\n\nReview with the brand every second Tuesday.",
            Some(CampaignTarget { views: 23_000_000, start_date: date(-45), target_date: date(20) }),
            self.ago(50, 0),
        )
        .await?;
        let wave = |views| Some(CampaignTarget { views, start_date: date(-30), target_date: date(10) });
        let dach = make("Autumn Launch: DACH", "", wave(1_500_000), self.ago(49, 0)).await?;
        let nordics = make("Autumn Launch: Nordics", "", wave(2_000_000), self.ago(49, 0)).await?;
        let unboxing = make("Unboxing week", "Single posts only, picked by hand.", None, self.ago(20, 0)).await?;
        let sports = make("Sports ambassadors", "Year-round.", None, self.ago(80, 0)).await?;
        fill(dach, creators(&["lena.draws", "jonas.brews", "anja.gardens", "hana.hikes", "viktor.builds"])?).await?;
        fill(nordics, creators(&["theo.bakes", "freya.knits", "oscar.rides", "emil.maps", "priya.paints"])?).await?;
        let mut items =
            creators(&["mia.moves", "sunny.skates", "amara.sings", "yuki.sews", "gia.glows", "aisha.styles"])?;
        items.extend([CampaignItem::Campaign(dach), CampaignItem::Campaign(nordics), CampaignItem::Campaign(unboxing)]);
        fill(launch, items).await?;
        fill(sports, creators(&["ana.runs", "ben.climbs", "marco.surfs", "sam.lifts", "sunny.skates", "ines.dances"])?)
            .await?;
        let mut picks = Vec::new();
        for handle in ["kofi.eats", "pablo.fixes", "noor.reads", "mia.moves", "tariq.talks"] {
            let posts = self.store.posts(self.project_id, find(program, handle)?, &PostsQuery::default()).await?.posts;
            picks.extend(posts.iter().skip(2).take(2).map(|post| CampaignItem::Post(post.post_id)));
        }
        fill(unboxing, picks).await?;
        let gone = make("Spring teaser", "", None, self.ago(70, 0)).await?;
        self.store.delete_campaign(self.project_id, gone, self.ago(6, 0)).await?;
        Ok(())
    }

    async fn save_views(&self) -> Result<()> {
        for (name, query) in [
            ("Write to today", "?status=at_risk"),
            ("Missed last week", "?ended=missed"),
            ("Campaign by campaign", "?view=campaigns"),
        ] {
            let (name, query) = (name.to_owned(), query.to_owned());
            let view = SavedView { saved_view_id: SavedViewId::new(), name, query };
            self.store.create_saved_view(self.project_id, &view, self.ago(14, 0)).await?;
        }
        Ok(())
    }
}

/// Returns the creator who had this handle at the beginning.
fn find(program: &Program, handle: &str) -> Result<CreatorId> {
    let mut creators = program.creators.iter().map(|program| &program.creator);
    let found = creators.find(|creator| creator.handle.as_str() == handle);
    Ok(found.with_context(|| format!("{handle} is in the demo program"))?.creator_id)
}
