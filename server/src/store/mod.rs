//! The store on a SQL database: every method of `app::store::Store`, one file per noun, one statement per `.sql` file.

mod accept;
mod api_keys;
mod backup;
mod campaigns;
mod copy;
mod creators;
mod engine;
mod evidence;
mod goals;
mod idempotency;
mod imports;
mod jobs;
mod mended;
mod migrate;
mod pastes;
mod posts;
mod probe;
mod program;
mod projects;
mod rebook;
mod retry;
mod rows;
mod saved_views;
pub mod tables;

pub use accept::{PARKED_OF_POST, PARKED_OF_PROJECT};
pub use backup::{BackupError, back_up};
pub use copy::{Copied, CopyError, Progress, copy};
pub use engine::statement::{postgres_text, sqlite_text};
pub use engine::{Absent, OpenError};
pub use migrate::{Migrated, migrate};

use app::store::{
    AcceptTerms, Acceptance, AddCreatorOutcome, AddItemsOutcome, ApiKey, AsOfCorrection, AssignOutcome, Campaign,
    CampaignContents, CampaignItem, CampaignTerms, Collections, CreateImportOutcome, Creator, CreatorChange,
    CreatorEvent, CreatorTotals, DayRow, Deleted, FollowerReading, GoalAssignment, GoalRecord, GoalsPart, Idempotency,
    IdempotentRequest, Import, ImportState, Job, MendedValues, NewApiKey, NewCreator, NewPaste, PastDays, Paste,
    PastedText, PendingPage, PendingQuery, Post, PostEvidence, PostGained, PostsPage, PostsPart, PostsQuery, Program,
    Project, ProjectChange, Rejection, RestoreCampaignOutcome, Review, ReviewOutcome, SavedView, Snapshot, Store,
    StoreError, StoreResult, TrackingChange, UpdateCreatorOutcome,
};
use async_trait::async_trait;
use compliance::Instant;
use compliance::fact::Fact;
use compliance::goal::{GoalTerms, NewGoal};
use compliance::ledger::{DayGains, Gains, HistoryNeeded};
use compliance::period::Window;
use engine::{Engine, Unwritable};
use program::ProgramCache;
use retry::{retried, retried_removal};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;
use uuid::Uuid;

/// Why a statement or its meaning failed.
#[derive(Debug, Error)]
enum DbError {
    #[error("not found in this project")]
    NotFound,
    #[error("the creator was removed from the program")]
    CreatorRemoved,
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Books(#[from] HistoryNeeded),
}

type DbResult<T> = Result<T, DbError>;

impl From<DbError> for StoreError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => StoreError::NotFound,
            DbError::CreatorRemoved => StoreError::CreatorRemoved,
            DbError::Sql(cause) => match Unwritable::of(&cause) {
                Some(reason) => {
                    tracing::error!(%cause, "the database takes no changes");
                    StoreError::Unwritable(reason.to_string())
                }
                None => StoreError::Database(Box::new(cause)),
            },
            DbError::Books(cause) => StoreError::Database(Box::new(cause)),
        }
    }
}

/// The store.
#[derive(Debug)]
pub struct SqlStore {
    engine: Engine,
    programs: ProgramCache,
}

impl SqlStore {
    /// Opens the database at `url`, making it and bringing its schema up to date as needed.
    pub async fn open(url: &str) -> Result<SqlStore, OpenError> {
        SqlStore::open_or(url, Absent::Made).await
    }

    /// Opens the database at `url` and brings its schema up to date; `absent` says what to do if it is not there.
    pub async fn open_or(url: &str, absent: Absent) -> Result<SqlStore, OpenError> {
        Ok(SqlStore { engine: mended::open(url, absent).await?, programs: ProgramCache::default() })
    }

    /// The database file, if it is one of this machine.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.engine.file()
    }

    /// How many statements were run since it was opened: whoever reads a list must not run one for each of its rows.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.engine.statements_run()
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn projects(&self) -> StoreResult<Vec<Project>> {
        Ok(retried(|| projects::list(&self.engine)).await?)
    }

    async fn project(&self, project_id: Uuid) -> StoreResult<Option<Project>> {
        Ok(retried(|| projects::find(&self.engine, project_id)).await?)
    }

    async fn create_project(&self, project_id: Uuid, new: &ProjectChange, now: Instant) -> StoreResult<Project> {
        Ok(retried(|| projects::create(&self.engine, project_id, new, now)).await?)
    }

    async fn update_project(&self, project_id: Uuid, change: &ProjectChange) -> StoreResult<()> {
        Ok(retried(|| projects::update(&self.engine, project_id, change)).await?)
    }

    async fn delete_project(&self, project_id: Uuid, now: Instant) -> StoreResult<()> {
        Ok(retried_removal(|| projects::delete(&self.engine, project_id, now)).await?)
    }

    async fn deleted_projects(&self, since: Instant) -> StoreResult<Vec<Deleted<Project>>> {
        Ok(retried(|| projects::deleted(&self.engine, since)).await?)
    }

    async fn restore_project(&self, project_id: Uuid, since: Instant) -> StoreResult<()> {
        Ok(retried(|| projects::restore(&self.engine, project_id, since)).await?)
    }

    async fn saved_views(&self, project_id: Uuid) -> StoreResult<Vec<SavedView>> {
        Ok(retried(|| saved_views::list(&self.engine, project_id)).await?)
    }

    async fn create_saved_view(&self, project_id: Uuid, view: &SavedView, now: Instant) -> StoreResult<bool> {
        Ok(retried(|| saved_views::create(&self.engine, project_id, view, now)).await?)
    }

    async fn delete_saved_view(&self, project_id: Uuid, saved_view_id: Uuid) -> StoreResult<()> {
        Ok(retried_removal(|| saved_views::delete(&self.engine, project_id, saved_view_id)).await?)
    }

    async fn program(&self, project_id: Uuid, as_of: Instant) -> StoreResult<Option<Arc<Program>>> {
        Ok(retried(|| self.programs.get(&self.engine, project_id, as_of)).await?)
    }

    async fn corrections_as_of(&self, program: &Program, as_of: Instant) -> StoreResult<Vec<AsOfCorrection>> {
        Ok(retried(|| evidence::corrections_as_of(&self.engine, &program.project, as_of)).await?)
    }

    async fn creator_days(&self, project_id: Uuid, creator_id: Uuid, days: Range<i32>) -> StoreResult<Vec<DayRow>> {
        Ok(retried(|| program::creator_days(&self.engine, project_id, creator_id, days.clone())).await?)
    }

    async fn days_before(&self, project_id: Uuid, days: Range<i32>) -> StoreResult<HashMap<Uuid, PastDays>> {
        Ok(retried(|| program::days_before(&self.engine, project_id, days.clone())).await?)
    }

    async fn add_creators(
        &self,
        project_id: Uuid,
        creators: &[NewCreator],
        now: Instant,
    ) -> StoreResult<Vec<AddCreatorOutcome>> {
        let ids: Vec<Uuid> = creators.iter().map(|_| Uuid::now_v7()).collect();
        let event_id = Uuid::now_v7();
        Ok(retried(|| creators::add(&self.engine, project_id, creators, &ids, event_id, now)).await?)
    }

    async fn add_paste(&self, project_id: Uuid, paste: &NewPaste, now: Instant) -> StoreResult<Paste> {
        let ids: Vec<Uuid> = paste.creators.iter().map(|_| Uuid::now_v7()).collect();
        let event_id = Uuid::now_v7();
        Ok(retried(|| pastes::add(&self.engine, project_id, paste, &ids, event_id, now)).await?)
    }

    async fn paste(&self, project_id: Uuid, paste_id: Uuid) -> StoreResult<Option<(Paste, Vec<PastedText>)>> {
        Ok(retried(|| pastes::find(&self.engine, project_id, paste_id)).await?)
    }

    async fn creators_changed_since(&self, project_id: Uuid, version: i64) -> StoreResult<Vec<Creator>> {
        Ok(retried(|| creators::changed_since(&self.engine, project_id, version)).await?)
    }

    async fn creators_removed(&self, project_id: Uuid) -> StoreResult<Vec<Creator>> {
        Ok(retried(|| creators::removed(&self.engine, project_id)).await?)
    }

    async fn creator(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Option<Creator>> {
        Ok(retried(|| creators::find(&self.engine, project_id, creator_id)).await?)
    }

    async fn creator_totals(&self, project_id: Uuid, creator_ids: &[Uuid]) -> StoreResult<Vec<CreatorTotals>> {
        Ok(retried(|| creators::totals(&self.engine, project_id, creator_ids)).await?)
    }

    async fn update_creator(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        change: &CreatorChange,
        now: Instant,
    ) -> StoreResult<UpdateCreatorOutcome> {
        let event_id = Uuid::now_v7();
        Ok(retried(|| creators::update(&self.engine, project_id, creator_id, change, event_id, now)).await?)
    }

    async fn set_creator_removed(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        removed: bool,
        now: Instant,
    ) -> StoreResult<()> {
        let event_id = Uuid::now_v7();
        Ok(retried(|| creators::set_removed(&self.engine, project_id, creator_id, removed, event_id, now)).await?)
    }

    async fn creator_notes(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Option<String>> {
        Ok(retried(|| creators::notes(&self.engine, project_id, creator_id)).await?)
    }

    async fn set_creator_notes(&self, project_id: Uuid, creator_id: Uuid, notes: &str) -> StoreResult<()> {
        Ok(retried(|| creators::set_notes(&self.engine, project_id, creator_id, notes)).await?)
    }

    async fn creator_events(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        span: Range<Instant>,
    ) -> StoreResult<Vec<CreatorEvent>> {
        Ok(retried(|| creators::events(&self.engine, project_id, creator_id, span.clone())).await?)
    }

    async fn posts(&self, project_id: Uuid, creator_id: Uuid, query: &PostsQuery) -> StoreResult<PostsPage> {
        Ok(retried(|| posts::page(&self.engine, project_id, creator_id, query)).await?)
    }

    async fn posts_after(&self, project_id: Uuid, part: &PostsPart) -> StoreResult<Vec<(Uuid, Post)>> {
        Ok(retried(|| posts::list(&self.engine, project_id, part)).await?)
    }

    async fn post(&self, project_id: Uuid, post_id: Uuid) -> StoreResult<Option<(Uuid, Post)>> {
        Ok(retried(|| posts::find(&self.engine, project_id, post_id)).await?)
    }

    async fn posts_by_ids(&self, project_id: Uuid, post_ids: &[Uuid]) -> StoreResult<Vec<Post>> {
        Ok(retried(|| posts::by_ids(&self.engine, project_id, post_ids)).await?)
    }

    async fn post_ids(&self, project_id: Uuid, tiktok_video_ids: &[&str]) -> StoreResult<HashMap<String, Uuid>> {
        Ok(retried(|| posts::ids(&self.engine, project_id, tiktok_video_ids)).await?)
    }

    async fn snapshots(&self, project_id: Uuid, post_id: Uuid, as_of: Instant) -> StoreResult<Vec<Snapshot>> {
        Ok(retried(|| posts::snapshots(&self.engine, project_id, post_id, as_of)).await?)
    }

    async fn tracking_changes(&self, project_id: Uuid, post_ids: &[Uuid]) -> StoreResult<Vec<TrackingChange>> {
        Ok(retried(|| posts::tracking_changes(&self.engine, project_id, post_ids)).await?)
    }

    async fn tracking_changes_of_creator(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        since: Instant,
    ) -> StoreResult<Vec<TrackingChange>> {
        Ok(retried(|| posts::tracking_changes_of_creator(&self.engine, project_id, creator_id, since)).await?)
    }

    async fn pending_count(&self, project_id: Uuid) -> StoreResult<i64> {
        Ok(retried(|| posts::pending_count(&self.engine, project_id)).await?)
    }

    async fn pending_posts(&self, project_id: Uuid, query: &PendingQuery) -> StoreResult<PendingPage> {
        Ok(retried(|| posts::pending(&self.engine, project_id, query)).await?)
    }

    async fn review_posts(
        &self,
        project_id: Uuid,
        post_ids: &[Uuid],
        review: &Review,
        now: Instant,
    ) -> StoreResult<ReviewOutcome> {
        Ok(retried(|| posts::review(&self.engine, project_id, post_ids, review, now)).await?)
    }

    async fn undo_review(&self, project_id: Uuid, review_id: Uuid, now: Instant) -> StoreResult<ReviewOutcome> {
        Ok(retried(|| posts::undo_review(&self.engine, project_id, review_id, now)).await?)
    }

    async fn posts_gained(&self, project_id: Uuid, posts: &[Uuid], as_of: Instant) -> StoreResult<Vec<PostGained>> {
        Ok(retried(|| posts::gained(&self.engine, project_id, posts, as_of)).await?)
    }

    async fn goal(&self, project_id: Uuid, goal_id: Uuid) -> StoreResult<Option<GoalRecord>> {
        Ok(retried(|| goals::find(&self.engine, project_id, goal_id)).await?)
    }

    async fn goals_after(&self, project_id: Uuid, part: &GoalsPart) -> StoreResult<Vec<GoalRecord>> {
        Ok(retried(|| goals::after(&self.engine, project_id, part)).await?)
    }

    async fn goals(&self, project_id: Uuid, creator_id: Uuid) -> StoreResult<Vec<GoalRecord>> {
        Ok(retried(|| goals::of_creator(&self.engine, project_id, creator_id)).await?)
    }

    async fn create_goal(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        goal_id: Uuid,
        goal: &NewGoal,
        now: Instant,
    ) -> StoreResult<bool> {
        Ok(retried(|| goals::create(&self.engine, project_id, creator_id, goal_id, goal, now)).await?)
    }

    async fn edit_goal(&self, project_id: Uuid, goal_id: Uuid, terms: &GoalTerms, now: Instant) -> StoreResult<bool> {
        Ok(retried(|| goals::edit(&self.engine, project_id, goal_id, terms, now)).await?)
    }

    async fn delete_goal(&self, project_id: Uuid, goal_id: Uuid, now: Instant) -> StoreResult<()> {
        Ok(retried_removal(|| goals::delete(&self.engine, project_id, goal_id, now)).await?)
    }

    async fn deleted_goals(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        since: Instant,
    ) -> StoreResult<Vec<Deleted<GoalRecord>>> {
        Ok(retried(|| goals::deleted(&self.engine, project_id, creator_id, since)).await?)
    }

    async fn restore_goal(&self, project_id: Uuid, goal_id: Uuid, since: Instant) -> StoreResult<bool> {
        Ok(retried(|| goals::restore(&self.engine, project_id, goal_id, since)).await?)
    }

    async fn assign_goal(
        &self,
        project_id: Uuid,
        creators: &[Uuid],
        assignment: &GoalAssignment,
        now: Instant,
    ) -> StoreResult<Vec<AssignOutcome>> {
        let ids: Vec<Uuid> = creators.iter().map(|_| Uuid::now_v7()).collect();
        Ok(retried(|| goals::assign(&self.engine, project_id, creators, assignment, &ids, now)).await?)
    }

    async fn undo_assignment(&self, project_id: Uuid, assignment_id: Uuid, now: Instant) -> StoreResult<usize> {
        Ok(retried(|| goals::undo_assignment(&self.engine, project_id, assignment_id, now)).await?)
    }

    async fn post_evidence(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<PostEvidence>> {
        Ok(retried(|| evidence::posts(&self.engine, project_id, creator_id, window, as_of)).await?)
    }

    async fn follower_evidence(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        window: &Window,
        as_of: Instant,
    ) -> StoreResult<Vec<FollowerReading>> {
        Ok(retried(|| evidence::followers(&self.engine, project_id, creator_id, window, as_of)).await?)
    }

    async fn most_followers_before(
        &self,
        project_id: Uuid,
        creator_id: Uuid,
        before: Instant,
    ) -> StoreResult<Option<i64>> {
        Ok(retried(|| evidence::most_followers_before(&self.engine, project_id, creator_id, before)).await?)
    }

    async fn collections(&self, project_id: Uuid, creator_id: Uuid, span: Range<Instant>) -> StoreResult<Collections> {
        Ok(retried(|| evidence::collections(&self.engine, project_id, creator_id, span.clone())).await?)
    }

    async fn campaigns(&self, project_id: Uuid) -> StoreResult<Vec<Campaign>> {
        Ok(retried(|| campaigns::list(&self.engine, project_id)).await?)
    }

    async fn campaign(&self, project_id: Uuid, campaign_id: Uuid) -> StoreResult<Option<Campaign>> {
        Ok(retried(|| campaigns::find(&self.engine, project_id, campaign_id)).await?)
    }

    async fn create_campaign(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        terms: &CampaignTerms,
        now: Instant,
    ) -> StoreResult<Campaign> {
        Ok(retried(|| campaigns::create(&self.engine, project_id, campaign_id, terms, now)).await?)
    }

    async fn update_campaign(&self, project_id: Uuid, campaign_id: Uuid, terms: &CampaignTerms) -> StoreResult<()> {
        Ok(retried(|| campaigns::update(&self.engine, project_id, campaign_id, terms)).await?)
    }

    async fn delete_campaign(&self, project_id: Uuid, campaign_id: Uuid, now: Instant) -> StoreResult<()> {
        Ok(retried_removal(|| campaigns::delete(&self.engine, project_id, campaign_id, now)).await?)
    }

    async fn campaign_items(&self, project_id: Uuid, campaign_id: Uuid) -> StoreResult<Vec<CampaignItem>> {
        Ok(retried(|| campaigns::items(&self.engine, project_id, campaign_id)).await?)
    }

    async fn add_campaign_items(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        items: &[CampaignItem],
        now: Instant,
    ) -> StoreResult<AddItemsOutcome> {
        Ok(retried(|| campaigns::add_items(&self.engine, project_id, campaign_id, items, now)).await?)
    }

    async fn remove_campaign_item(&self, project_id: Uuid, campaign_id: Uuid, item_id: Uuid) -> StoreResult<()> {
        Ok(retried_removal(|| campaigns::remove_item(&self.engine, project_id, campaign_id, item_id)).await?)
    }

    async fn deleted_campaigns(&self, project_id: Uuid, since: Instant) -> StoreResult<Vec<Deleted<Campaign>>> {
        Ok(retried(|| campaigns::deleted(&self.engine, project_id, since)).await?)
    }

    async fn restore_campaign(
        &self,
        project_id: Uuid,
        campaign_id: Uuid,
        since: Instant,
    ) -> StoreResult<RestoreCampaignOutcome> {
        Ok(retried(|| campaigns::restore(&self.engine, project_id, campaign_id, since)).await?)
    }

    async fn campaign_contents(&self, project_id: Uuid) -> StoreResult<CampaignContents> {
        Ok(retried(|| campaigns::contents(&self.engine, project_id)).await?)
    }

    async fn gains_by_creator(&self, project_id: Uuid, days: Range<i32>) -> StoreResult<HashMap<Uuid, Gains>> {
        Ok(retried(|| creators::gains_by_creator(&self.engine, project_id, days.clone())).await?)
    }

    async fn gains_by_campaign(
        &self,
        project_id: Uuid,
        asked: &[(Uuid, Vec<Uuid>, Range<i32>)],
    ) -> StoreResult<HashMap<Uuid, Gains>> {
        Ok(retried(|| creators::gains_by_campaign(&self.engine, project_id, asked)).await?)
    }

    async fn gains_by_day(&self, project_id: Uuid, creators: &[Uuid], days: Range<i32>) -> StoreResult<DayGains> {
        Ok(retried(|| creators::gains_by_day(&self.engine, project_id, creators, days.clone())).await?)
    }

    async fn accept(&self, project_id: Uuid, facts: Vec<Fact>, terms: &AcceptTerms) -> StoreResult<Acceptance> {
        Ok(retried(|| accept::accept(&self.engine, project_id, &facts, terms)).await?)
    }

    async fn create_import(&self, import: &Import) -> StoreResult<CreateImportOutcome> {
        let mut created_before = false;
        let create = || imports::create(&self.engine, import, std::mem::replace(&mut created_before, true));
        Ok(retried(create).await?)
    }

    async fn update_import(&self, import: &Import, from: ImportState) -> StoreResult<bool> {
        let mut updated_before = false;
        let update = || imports::update(&self.engine, import, from, std::mem::replace(&mut updated_before, true));
        Ok(retried(update).await?)
    }

    async fn unfinished_imports(&self, project_id: Uuid, after: Uuid) -> StoreResult<Vec<Import>> {
        Ok(retried(|| imports::unfinished(&self.engine, project_id, after)).await?)
    }

    async fn add_rejections(&self, project_id: Uuid, import_id: Uuid, rejections: &[Rejection]) -> StoreResult<()> {
        Ok(retried(|| imports::add_rejections(&self.engine, project_id, import_id, rejections)).await?)
    }

    async fn import(&self, project_id: Uuid, import_id: Uuid) -> StoreResult<Option<Import>> {
        Ok(retried(|| imports::find(&self.engine, project_id, import_id)).await?)
    }

    async fn imports(&self, project_id: Uuid) -> StoreResult<Vec<Import>> {
        Ok(retried(|| imports::latest(&self.engine, project_id)).await?)
    }

    async fn rejections(&self, project_id: Uuid, import_id: Uuid) -> StoreResult<Vec<Rejection>> {
        Ok(retried(|| imports::rejections(&self.engine, project_id, import_id)).await?)
    }

    async fn create_api_key(&self, api_key_id: Uuid, new: &NewApiKey, now: Instant) -> StoreResult<Option<ApiKey>> {
        Ok(retried(|| api_keys::create(&self.engine, api_key_id, new, now)).await?)
    }

    async fn api_keys(&self) -> StoreResult<Vec<ApiKey>> {
        Ok(retried(|| api_keys::list(&self.engine)).await?)
    }

    async fn api_key(&self, hash: &[u8; 32]) -> StoreResult<Option<ApiKey>> {
        Ok(retried(|| api_keys::by_hash(&self.engine, hash)).await?)
    }

    async fn revoke_api_key(&self, api_key_id: Uuid, now: Instant) -> StoreResult<()> {
        Ok(retried(|| api_keys::revoke(&self.engine, api_key_id, now)).await?)
    }

    async fn touch_api_key(&self, api_key_id: Uuid, used_at: Instant) -> StoreResult<()> {
        Ok(retried(|| api_keys::touch(&self.engine, api_key_id, used_at)).await?)
    }

    async fn begin_idempotent(&self, request: &IdempotentRequest, now: Instant) -> StoreResult<Idempotency> {
        let mut begun_before = false;
        let begin = || idempotency::begin(&self.engine, request, now, std::mem::replace(&mut begun_before, true));
        Ok(retried(begin).await?)
    }

    async fn end_idempotent(&self, request: &IdempotentRequest, answer: Option<(u16, &str)>) -> StoreResult<()> {
        Ok(retried(|| idempotency::end(&self.engine, request, answer)).await?)
    }

    async fn writable(&self, now: Instant) -> StoreResult<()> {
        // Not tried again: the next who ask are the next try.
        Ok(probe::writable(&self.engine, now).await?)
    }

    async fn forget_answers(&self, now: Instant) -> StoreResult<u64> {
        // What is left of imports that never ended is forgotten with them.
        for project in self.projects().await? {
            retried(|| accept::forget_runs(&self.engine, project.project_id, now)).await?;
        }
        Ok(retried(|| idempotency::forget_expired(&self.engine, now)).await?)
    }

    async fn claim_job(&self, job: Job, holder: Uuid, now: Instant, until: Instant) -> StoreResult<bool> {
        Ok(retried(|| jobs::claim(&self.engine, job, holder, now, until)).await?)
    }

    async fn finish_job(&self, job: Job, holder: Uuid, due_at: Instant) -> StoreResult<bool> {
        Ok(retried(|| jobs::finish(&self.engine, job, holder, due_at)).await?)
    }

    async fn look_of_run(&self, project_id: Uuid, run_id: Uuid, looked_at: Instant) -> StoreResult<()> {
        Ok(retried(|| accept::look_of_run(&self.engine, project_id, run_id, looked_at)).await?)
    }

    async fn parked_count(&self, project_id: Uuid) -> StoreResult<i64> {
        Ok(retried(|| imports::parked_count(&self.engine, project_id)).await?)
    }

    async fn count_stale_days(&self, project_id: Uuid) -> StoreResult<u64> {
        Ok(retried(|| rebook::count_stale_days(&self.engine, project_id)).await?)
    }

    async fn mended_values(&self, project_id: Uuid) -> StoreResult<MendedValues> {
        Ok(retried(|| mended::list(&self.engine, project_id)).await?)
    }
}
