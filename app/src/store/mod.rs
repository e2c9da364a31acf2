//! What pages and server functions need of a database. `server` implements it; a handler never sees SQL.

mod program;
mod records;

pub use program::{AsOfCorrection, CreatorProgram, DayRow, PastDays, Program, Standing, gains_as_of, looks_as_of};
pub use records::*;

use async_trait::async_trait;
use compliance::Instant;
use compliance::fact::Fact;
use compliance::goal::{GoalTerms, NewGoal};
use compliance::ledger::{DayGains, Gains};
use compliance::period::Window;
use std::collections::HashMap;
use std::sync::Arc;
use thiserror::Error;
use uuid::Uuid;

/// The store as it is handed around.
pub type SharedStore = Arc<dyn Store>;

/// Why a store method failed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// What the call names is not in the project.
    #[error("not found in this project")]
    NotFound,
    /// The creator was removed from the program: their goals can be read, not made or changed.
    #[error("the creator was removed from the program")]
    CreatorRemoved,
    /// The database takes no changes for now; the sentence says why.
    #[error("{0}")]
    Unwritable(String),
    /// The database failed; nothing was changed.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The result of every store method.
pub type StoreResult<T> = Result<T, StoreError>;

/// Every method is one transaction. Lookups return `Option`; changes of what is not there are [`StoreError::NotFound`].
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Every project, oldest first.
    async fn projects(&self) -> StoreResult<Vec<Project>>;
    /// One project.
    async fn project(&self, project_id: Uuid) -> StoreResult<Option<Project>>;
    /// Makes a project of this id. If it is there already, it stays as it is.
    async fn create_project(&self, project_id: Uuid, new: &ProjectChange, now: Instant) -> StoreResult<Project>;
    /// Changes a project. A new time zone books every gain anew; a new time zone or week start judges every period anew.
    async fn update_project(&self, project_id: Uuid, change: &ProjectChange) -> StoreResult<()>;
    /// Deletes a project with everything in it: it is found no more.
    async fn delete_project(&self, project_id: Uuid, now: Instant) -> StoreResult<()>;
    /// Projects that were deleted at `since` or later, the latest first.
    async fn deleted_projects(&self, since: Instant) -> StoreResult<Vec<Deleted<Project>>>;
    /// Brings back a project that was deleted at `since` or later, with everything in it.
    async fn restore_project(&self, project_id: Uuid, since: Instant) -> StoreResult<()>;

    /// The saved views of the overview, oldest first.
    async fn saved_views(&self, project_id: Uuid) -> StoreResult<Vec<SavedView>>;
    /// Saves a view of the overview, unless its id is there already; `false`, and nothing changes, if there are
    /// [`SAVED_VIEWS`].
    async fn create_saved_view(&self, project_id: Uuid, view: &SavedView, now: Instant) -> StoreResult<bool>;
    /// Deletes a saved view.
    async fn delete_saved_view(&self, project_id: Uuid, saved_view_id: Uuid) -> StoreResult<()>;

    /// Everything evaluations need, from `first_day` of gains on, as one consistent state. Kept in memory and brought
    /// up to date with what changed since.
    async fn program(&self, project_id: Uuid, as_of: Instant) -> StoreResult<Option<Arc<Program>>>;
    /// What creators had gained by `as_of` on its own local day, and when they had last been collected: for an
    /// `as_of` before some of the facts that are known.
    async fn corrections_as_of(&self, program: &Program, as_of: Instant) -> StoreResult<Vec<AsOfCorrection>>;
    /// The day buckets of one creator over the days `first..end`.
    async fn creator_days(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        days: std::ops::Range<i32>,
    ) -> StoreResult<Vec<DayRow>>;

    /// What was known at the end of a local day: the day buckets of every creator over the days `first..end`, and when
    /// each creator had last been collected before the day `end`.
    async fn days_before(&self, project_id: Uuid, days: std::ops::Range<i32>) -> StoreResult<HashMap<Uuid, PastDays>>;

    /// Adds creators by hand; the outcome of each, in order. Adding a removed creator brings them back.
    async fn add_creators(
        &self,
        project_id: Uuid,
        creators: &[NewCreator],
        now: Instant,
    ) -> StoreResult<Vec<AddCreatorOutcome>>;
    /// Adds the creators of a paste and keeps what became of each of its texts. A paste that is known already changes
    /// nothing.
    async fn add_paste(&self, project_id: Uuid, paste: &NewPaste, now: Instant) -> StoreResult<Paste>;
    /// A paste, and what became of its texts, in order; at most 1,000. The latest 100 pastes are kept.
    async fn paste(&self, project_id: Uuid, paste_id: Uuid) -> StoreResult<Option<(Paste, Vec<PastedText>)>>;
    /// Creators of whom anything changed after a version of the project, removed ones included.
    async fn creators_changed_since(&self, project_id: Uuid, version: i64) -> StoreResult<Vec<Creator>>;
    /// Creators who were removed from the program.
    async fn creators_removed(&self, project_id: Uuid) -> StoreResult<Vec<Creator>>;
    /// One creator, removed or not.
    async fn creator(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Option<Creator>>;
    /// Posts, and the sums of their latest counters, of the creators named.
    async fn creator_totals(&self, project_id: Uuid, creator_ids: &[Uuid]) -> StoreResult<Vec<CreatorTotals>>;
    /// Changes how a creator is called, shown and tracked. A moved tracking start re-books.
    async fn update_creator(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        change: &CreatorChange,
        now: Instant,
    ) -> StoreResult<UpdateCreatorOutcome>;
    /// Removes a creator from the program (history is kept), or brings them back.
    async fn set_creator_removed(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        removed: bool,
        now: Instant,
    ) -> StoreResult<()>;
    /// What people want to remember of a creator; `None` without such a creator.
    async fn creator_notes(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Option<String>>;
    /// Changes what people want to remember of a creator.
    async fn set_creator_notes(&self, project_id: Uuid, creator_id: Uuid, notes: &str) -> StoreResult<()>;
    /// What was done to a creator from one instant to before another, the latest first.
    async fn creator_events(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        span: std::ops::Range<Instant>,
    ) -> StoreResult<Vec<CreatorEvent>>;

    /// One page of a creator's posts.
    async fn posts(&self, project_id: Uuid, creator_id: Uuid, query: &PostsQuery) -> StoreResult<PostsPage>;
    /// Posts of the project in order of their ids, each with its creator's id.
    async fn posts_after(&self, project_id: Uuid, part: &PostsPart) -> StoreResult<Vec<(Uuid, Post)>>;
    /// One post with its creator's id.
    async fn post(&self, project_id: Uuid, post_id: Uuid) -> StoreResult<Option<(Uuid, Post)>>;
    /// The posts with these ids, by id.
    async fn posts_by_ids(&self, project_id: Uuid, post_ids: &[Uuid]) -> StoreResult<Vec<Post>>;
    /// The ids of the posts that have one of these ids of TikTok's, by them.
    async fn post_ids(&self, project_id: Uuid, tiktok_video_ids: &[&str]) -> StoreResult<HashMap<String, Uuid>>;
    /// The snapshots of a post at or before an instant, in order of time, the latest 2,000.
    async fn snapshots(&self, project_id: Uuid, post_id: Uuid, as_of: Instant) -> StoreResult<Vec<Snapshot>>;
    /// The review decisions on the posts named, newest first.
    async fn tracking_changes(&self, project_id: Uuid, post_ids: &[Uuid]) -> StoreResult<Vec<TrackingChange>>;
    /// The review decisions on any post of a creator at `since` or later, newest first.
    async fn tracking_changes_of_creator(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        since: Instant,
    ) -> StoreResult<Vec<TrackingChange>>;
    /// How many posts of creators in the program wait for a decision.
    async fn pending_count(&self, project_id: Uuid) -> StoreResult<i64>;
    /// Posts of creators in the program that wait for a decision.
    async fn pending_posts(&self, project_id: Uuid, query: &PendingQuery) -> StoreResult<PendingPage>;
    /// Sets the review state of posts, all of which must be there, and records the decisions.
    async fn review_posts(
        &self,
        project_id: Uuid,
        post_ids: &[Uuid],
        review: &Review,
        now: Instant,
    ) -> StoreResult<ReviewOutcome>;
    /// Brings the posts of a review back to the state they had before it, unless somebody decided on them since.
    async fn undo_review(&self, project_id: Uuid, review_id: Uuid, now: Instant) -> StoreResult<ReviewOutcome>;
    /// What posts gained, each on its own, of facts at or before `as_of`.
    async fn posts_gained(&self, project_id: Uuid, posts: &[Uuid], as_of: Instant) -> StoreResult<Vec<PostGained>>;

    /// One goal, also of a creator who was removed.
    async fn goal(&self, project_id: Uuid, goal_id: Uuid) -> StoreResult<Option<GoalRecord>>;
    /// A part of a project's goals in order of their ids, those of creators who were removed included.
    async fn goals_after(&self, project_id: Uuid, part: &GoalsPart) -> StoreResult<Vec<GoalRecord>>;
    /// Every goal of a creator, ended ones included, oldest first.
    async fn goals(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Vec<GoalRecord>>;
    /// Makes a goal of this id; if it is there already, it stays as it is. `false`, and nothing changes, if an active goal
    /// of the same creator, metric and period covers some of the same dates. [`StoreError::CreatorRemoved`] of a
    /// creator who was removed; so for the two below.
    async fn create_goal(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        goal_id: Uuid,
        goal: &NewGoal,
        now: Instant,
    ) -> StoreResult<bool>;
    /// Appends a version to a goal; `false`, and nothing changes, if the new terms overlap another active goal's.
    async fn edit_goal(&self, project_id: Uuid, goal_id: Uuid, terms: &GoalTerms, now: Instant) -> StoreResult<bool>;
    /// Deletes a goal with its history.
    async fn delete_goal(&self, project_id: Uuid, goal_id: Uuid, now: Instant) -> StoreResult<()>;
    /// The goals of a creator that were deleted at `since` or later, oldest first.
    async fn deleted_goals(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        since: Instant,
    ) -> StoreResult<Vec<Deleted<GoalRecord>>>;
    /// Brings back a goal that was deleted at `since` or later; `false`, and nothing changes, if another active goal
    /// covers some of its dates now.
    async fn restore_goal(&self, project_id: Uuid, goal_id: Uuid, since: Instant) -> StoreResult<bool>;
    /// Gives creators a goal, in one go; the outcome of each, in order. An assignment that is known already changes nothing.
    async fn assign_goal(
        &self,
        project_id: Uuid,
        creators: &[Uuid],
        assignment: &GoalAssignment,
        now: Instant,
    ) -> StoreResult<Vec<AssignOutcome>>;
    /// Takes an assignment back: goals it made are deleted, goals it changed have their terms of before. Goals that were
    /// edited since stay. How many were brought back.
    async fn undo_assignment(&self, project_id: Uuid, assignment_id: Uuid, now: Instant) -> StoreResult<usize>;

    /// Every post of a creator with what is known of it around a window, up to `as_of`: the evidence of posts, views
    /// and engagement goals.
    async fn post_evidence(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<PostEvidence>>;
    /// The follower readings that decide a window, up to `as_of`: the last one before it, then those in it.
    /// Placeholders (zeros before the first positive reading) are left out.
    async fn follower_evidence(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<FollowerReading>>;

    /// The highest follower count of a creator that was read before an instant.
    async fn most_followers_before(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        before: Instant,
    ) -> StoreResult<Option<i64>>;

    /// The looks at a creator over a span, which begins with a local day, that brought nothing else; and the last looks of
    /// any kind before it.
    async fn collections(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        span: std::ops::Range<Instant>,
    ) -> StoreResult<Collections>;

    /// Every campaign of a project, oldest first.
    async fn campaigns(&self, project_id: Uuid) -> StoreResult<Vec<Campaign>>;
    /// One campaign.
    async fn campaign(&self, project_id: Uuid, campaign_id: Uuid) -> StoreResult<Option<Campaign>>;
    /// Makes a campaign of this id with nothing in it. If it is there already, it stays as it is.
    async fn create_campaign(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        terms: &CampaignTerms,
        now: Instant,
    ) -> StoreResult<Campaign>;
    /// Changes what is said of a campaign.
    async fn update_campaign(&self, project_id: Uuid, campaign_id: Uuid, terms: &CampaignTerms) -> StoreResult<()>;
    /// Deletes a campaign; what was in it stays, and campaigns it was in go on without it.
    async fn delete_campaign(&self, project_id: Uuid, campaign_id: Uuid, now: Instant) -> StoreResult<()>;
    /// What stands directly in a campaign, by id.
    async fn campaign_items(&self, project_id: Uuid, campaign_id: Uuid) -> StoreResult<Vec<CampaignItem>>;
    /// Puts items into a campaign: all of them, or none.
    async fn add_campaign_items(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        items: &[CampaignItem],
        now: Instant,
    ) -> StoreResult<AddItemsOutcome>;
    /// Takes an item out of a campaign.
    async fn remove_campaign_item(&self, project_id: Uuid, campaign_id: Uuid, item_id: Uuid) -> StoreResult<()>;
    /// Campaigns that were deleted at `since` or later, the latest first.
    async fn deleted_campaigns(&self, project_id: Uuid, since: Instant) -> StoreResult<Vec<Deleted<Campaign>>>;
    /// Brings back a campaign that was deleted at `since` or later, with what was in it and where it was. A campaign
    /// that would close a circle by now is refused: the names on the way.
    async fn restore_campaign(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        since: Instant,
    ) -> StoreResult<RestoreCampaignOutcome>;
    /// What stands in every campaign of a project.
    async fn campaign_contents(&self, project_id: Uuid) -> StoreResult<CampaignContents>;
    /// What each creator of a project gained over the days `first..end`; those who gained nothing may be missing.
    async fn gains_by_creator(&self, project_id: Uuid, days: std::ops::Range<i32>)
    -> StoreResult<HashMap<Uuid, Gains>>;
    /// What the creators of each campaign gained together over the days it is asked for; campaigns whose creators gained
    /// nothing may be missing.
    async fn gains_by_campaign(
        &self,
        project_id: Uuid,
        asked: &[(Uuid, Vec<Uuid>, std::ops::Range<i32>)],
    ) -> StoreResult<HashMap<Uuid, Gains>>;
    /// What creators gained together on each of the days `first..end`.
    async fn gains_by_day(
        &self,
        project_id: Uuid,
        creators: &[Uuid],
        days: std::ops::Range<i32>,
    ) -> StoreResult<DayGains>;

    /// Takes in facts, in order; the outcome of each. All or nothing of what is not rejected is durable on return.
    async fn accept(&self, project_id: Uuid, facts: Vec<Fact>, terms: &AcceptTerms) -> StoreResult<Acceptance>;

    /// Records a new import, unless an import of its id is there or too many are not over yet.
    async fn create_import(&self, import: &Import) -> StoreResult<CreateImportOutcome>;
    /// Records what became of an import, if it is in the state `from`; `false`, and nothing changes, if it is in another
    /// one: somebody else was quicker.
    async fn update_import(&self, import: &Import, from: ImportState) -> StoreResult<bool>;
    /// Imports of a project that are not over, in order of their ids, those after `after`, at most 200.
    async fn unfinished_imports(&self, project_id: Uuid, after: Uuid) -> StoreResult<Vec<Import>>;
    /// Adds refused rows to an import.
    async fn add_rejections(&self, project_id: Uuid, import_id: Uuid, rejections: &[Rejection]) -> StoreResult<()>;
    /// One import.
    async fn import(&self, project_id: Uuid, import_id: Uuid) -> StoreResult<Option<Import>>;
    /// The latest imports, newest first, at most 20.
    async fn imports(&self, project_id: Uuid) -> StoreResult<Vec<Import>>;
    /// The refused rows of an import, in order of the file, at most 1,000.
    async fn rejections(&self, project_id: Uuid, import_id: Uuid) -> StoreResult<Vec<Rejection>>;

    /// Makes a key of this id. If it is there already, it stays as it is; `None` if that one is another key, or revoked.
    /// The key itself never comes here.
    async fn create_api_key(&self, api_key_id: Uuid, new: &NewApiKey, now: Instant) -> StoreResult<Option<ApiKey>>;
    /// Every key, the newest first, revoked ones included.
    async fn api_keys(&self) -> StoreResult<Vec<ApiKey>>;
    /// The key with this hash, revoked or not.
    async fn api_key(&self, hash: &[u8; 32]) -> StoreResult<Option<ApiKey>>;
    /// Revokes a key, at once; one that was revoked stays as it is.
    async fn revoke_api_key(&self, api_key_id: Uuid, now: Instant) -> StoreResult<()>;
    /// Records that a key was used.
    async fn touch_api_key(&self, api_key_id: Uuid, used_at: Instant) -> StoreResult<()>;

    /// Begins to answer a request with an `Idempotency-Key`, or says how it was answered in the last 24 hours.
    async fn begin_idempotent(&self, request: &IdempotentRequest, now: Instant) -> StoreResult<Idempotency>;
    /// Keeps the answer to such a request or, without one, forgets the request: it may be tried again.
    async fn end_idempotent(&self, request: &IdempotentRequest, answer: Option<(u16, &str)>) -> StoreResult<()>;

    /// Whether the database takes changes, by what became of the last ones or else by a small one made now.
    async fn writable(&self, now: Instant) -> StoreResult<()>;

    /// Forgets the answers that nobody can ask for any more at `now`; how many.
    async fn forget_answers(&self, now: Instant) -> StoreResult<u64>;

    /// Takes a job that is due at `now`, unless somebody else has it. From `until` on it counts as left undone.
    async fn claim_job(&self, job: Job, holder: Uuid, now: Instant, until: Instant) -> StoreResult<bool>;
    /// Notes that a job is done, and when it is due again; `false` if the holder had lost it.
    async fn finish_job(&self, job: Job, holder: Uuid, due_at: Instant) -> StoreResult<bool>;

    /// Records when the import looked whose run is `run_id`: the stats that it left waiting for their posts keep that look.
    async fn look_of_run(&self, project_id: Uuid, run_id: Uuid, looked_at: Instant) -> StoreResult<()>;
    /// How many stats wait for a post that is not known yet.
    async fn parked_count(&self, project_id: Uuid) -> StoreResult<i64>;

    /// Computes every day bucket of a project anew from the facts and counts those that differ from the ones kept.
    async fn count_stale_days(&self, project_id: Uuid) -> StoreResult<u64>;

    /// The values of the project, and of none, that were changed when the database was brought up to date.
    async fn mended_values(&self, project_id: Uuid) -> StoreResult<MendedValues>;
}
