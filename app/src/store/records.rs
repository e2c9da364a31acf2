//! What is stored, as the application sees it.

use chrono::NaiveDate;
use compliance::calendar::{LocalDays, Zone};
use compliance::campaign::CampaignTarget;
use compliance::evidence::PostWindow;
use compliance::fact::{Counters, Handle, PostKind};
use compliance::goal::Goal;
use compliance::ledger::DayGains;
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use compliance::{Instant, ProjectSettings};
use uuid::Uuid;

/// A program of creators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub project_id: Uuid,
    /// What people call it.
    pub name: String,
    /// Its local days.
    pub zone: Zone,
    /// Its settings.
    pub settings: ProjectSettings,
    /// Grows with every change of its data.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
}

/// What can be chosen about a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectChange {
    /// What people call it, 1 to 120 characters.
    pub name: String,
    /// Its local days.
    pub zone: Zone,
    /// Its settings.
    pub settings: ProjectSettings,
}

/// A TikTok account in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creator {
    /// Its id.
    pub creator_id: Uuid,
    /// The handle, without `@`.
    pub handle: Handle,
    /// The name shown; the handle if there is none.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
    /// How new posts arrive.
    pub tracking_mode: TrackingMode,
    /// From when posts count in full; `None` is automatic.
    pub tracking_start_date: Option<NaiveDate>,
    /// The earliest snapshot we hold of the creator or their posts.
    pub first_snapshot_at: Option<Instant>,
    /// The last follower reading.
    pub followers: Option<i64>,
    /// The latest look at the creator of all.
    pub last_collected_at: Option<Instant>,
    /// When the creator was removed from the program.
    pub removed_at: Option<Instant>,
    /// When the creator was added.
    pub created_at: Instant,
}

impl Creator {
    /// The name people read.
    #[must_use]
    pub fn name(&self) -> &str {
        self.display_name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(self.handle.as_str())
    }

    /// The local date from which posts count in full; `None` while automatic and nothing was collected.
    #[must_use]
    pub fn tracking_start(&self, zone: Zone) -> Option<NaiveDate> {
        self.tracking_start_date.or_else(|| self.first_snapshot_at.map(|at| zone.date_of(at)))
    }
}

/// A creator to add by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCreator {
    /// The handle.
    pub handle: Handle,
    /// The name shown.
    pub display_name: Option<String>,
    /// The address of the profile picture.
    pub avatar_url: Option<String>,
    /// How new posts arrive.
    pub tracking_mode: TrackingMode,
    /// From when posts count in full.
    pub tracking_start_date: NaiveDate,
}

/// What became of a creator to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddCreatorOutcome {
    /// New in the program.
    Added(Uuid),
    /// Was removed once, and is back with its history.
    Restored(Uuid),
    /// Is in the program already; nothing changed.
    Present(Uuid),
}

/// What can be changed about a creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorChange {
    /// The name shown.
    pub display_name: Option<String>,
    /// How new posts arrive.
    pub tracking_mode: TrackingMode,
    /// From when posts count in full; `None` is automatic.
    pub tracking_start_date: Option<NaiveDate>,
}

/// Sums over a creator's posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreatorTotals {
    /// Whose.
    pub creator_id: Uuid,
    /// How many posts are known.
    pub posts: i64,
    /// The sum of their latest view counts.
    pub views: i64,
    /// The sum of their latest likes, comments, shares and saves.
    pub engagement: i64,
    /// How many wait for a decision.
    pub pending: i64,
}

impl CreatorTotals {
    /// The sums over no posts.
    #[must_use]
    pub const fn none(creator_id: Uuid) -> CreatorTotals {
        CreatorTotals { creator_id, posts: 0, views: 0, engagement: 0, pending: 0 }
    }
}

/// A video or photo carousel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub post_id: Uuid,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// Video or carousel.
    pub kind: PostKind,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// When it was published.
    pub published_at: Instant,
    /// Its review state.
    pub tracking: Tracking,
    /// The last known value of each counter.
    pub counters: Counters,
    /// The instant of the last snapshot.
    pub last_captured_at: Option<Instant>,
}

/// A part of a project's posts, in order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostsPart {
    /// Only posts of this creator.
    pub creator_id: Option<Uuid>,
    /// Only posts of this status.
    pub status: Option<TrackingStatus>,
    /// Only posts after this one.
    pub after: Option<Uuid>,
    /// How many at most.
    pub limit: u32,
}

/// Which posts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostsQuery {
    /// Part of the caption or the TikTok id.
    pub search: String,
    /// Only posts in this state.
    pub state: PostState,
    /// In which order.
    pub sort: PostSort,
    /// 0 for the first page.
    pub page: u32,
}

/// A filter on the review state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PostState {
    /// Every post.
    #[default]
    Any,
    /// Posts with this status.
    Status(TrackingStatus),
    /// Posts whose tracking is disabled.
    Disabled,
}

/// An order of posts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PostSort {
    /// Newest first.
    #[default]
    Published,
    /// Most views first.
    Views,
    /// Most likes, comments, shares and saves first.
    Engagement,
}

/// One page of posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostsPage {
    /// The posts of the page, at most [`POSTS_PER_PAGE`].
    pub posts: Vec<Post>,
    /// How many there are on all pages.
    pub total: i64,
}

/// Posts on a page.
pub const POSTS_PER_PAGE: u32 = 50;

/// One review decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrackingChange {
    /// On which post.
    pub post_id: Uuid,
    /// When.
    pub changed_at: Instant,
    /// The state before.
    pub from: Tracking,
    /// The state after.
    pub to: Tracking,
}

/// A goal of a creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRecord {
    /// Its id.
    pub goal_id: Uuid,
    /// Whose.
    pub creator_id: Uuid,
    /// The goal with its versions.
    pub goal: Goal,
}

/// A post and what is known of it around a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostEvidence {
    /// Its id.
    pub post_id: Uuid,
    /// TikTok's id.
    pub tiktok_video_id: String,
    /// Its address on TikTok.
    pub url: Option<String>,
    /// Its caption.
    pub description: Option<String>,
    /// What the rules need.
    pub window: PostWindow,
}

/// One reading of a follower count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowerReading {
    /// When it was read.
    pub captured_at: Instant,
    /// The count.
    pub followers: i64,
}

/// On what terms facts are taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptTerms {
    /// The present instant: facts dated more than five minutes later are refused.
    pub now: Instant,
    /// Where the facts come from, such as `import`.
    pub source: String,
    /// Whether unknown creators are made (files) or refused (the API).
    pub create_creators: bool,
}

/// What became of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The outcome of each fact, in order.
    pub outcomes: Vec<FactOutcome>,
    /// The creators that the facts, or the posts they speak of, belong to.
    pub creators: Vec<Handle>,
}

/// A group of creators, posts and other campaigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub campaign_id: Uuid,
    /// What it is called and what it should reach.
    pub terms: CampaignTerms,
    /// When it was made.
    pub created_at: Instant,
}

/// What people say of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignTerms {
    /// What people call it.
    pub name: String,
    /// What they want to remember.
    pub notes: String,
    /// What it should reach, if anything.
    pub target: Option<CampaignTarget>,
}

/// Something that can stand in a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CampaignItem {
    /// A creator, with everything of theirs.
    Creator(Uuid),
    /// A single post.
    Post(Uuid),
    /// Another campaign.
    Campaign(Uuid),
}

impl CampaignItem {
    /// What kind of thing it is.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            CampaignItem::Creator(_) => "creator",
            CampaignItem::Post(_) => "post",
            CampaignItem::Campaign(_) => "campaign",
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            CampaignItem::Creator(id) | CampaignItem::Post(id) | CampaignItem::Campaign(id) => id,
        }
    }

    /// The item of this [`kind`](Self::kind).
    #[must_use]
    pub fn new(kind: &str, id: Uuid) -> Option<CampaignItem> {
        match kind {
            "creator" => Some(CampaignItem::Creator(id)),
            "post" => Some(CampaignItem::Post(id)),
            "campaign" => Some(CampaignItem::Campaign(id)),
            _ => None,
        }
    }
}

/// What became of items that were to go into a campaign. If any is refused, none is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddItemsOutcome {
    /// All are in; so many were not before.
    Added(usize),
    /// This one (by its place) is not in the project.
    Unknown(usize),
    /// This campaign (by its place) would close a circle: the names on the way from it back to where it should go.
    Circle(usize, Vec<String>),
}

/// What a campaign reaches, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignMembers {
    /// Creators in it who are in the program.
    pub creators: Vec<Uuid>,
    /// Single posts in it whose creator is in the program but not in the campaign.
    pub posts: Vec<Uuid>,
}

/// What posts gained, whatever the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostsGained {
    /// By local day.
    pub days: DayGains,
    /// The latest snapshot of any of them.
    pub last_captured_at: Option<Instant>,
}

/// What became of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactOutcome {
    /// New, or a correction.
    Accepted,
    /// Known already; nothing changed.
    Duplicate,
    /// Kept aside until its post arrives.
    Parked,
    /// Refused.
    Rejected {
        /// The field at fault.
        field: &'static str,
        /// A stable code for programs.
        code: &'static str,
        /// A sentence for people.
        reason: String,
    },
}

impl FactOutcome {
    /// Every name.
    pub const NAMES: [&str; 4] = ["accepted", "duplicate", "parked", "rejected"];

    /// What programs call it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            FactOutcome::Accepted => "accepted",
            FactOutcome::Duplicate => "duplicate",
            FactOutcome::Parked => "parked",
            FactOutcome::Rejected { .. } => "rejected",
        }
    }
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Its columns must be mapped first.
    Waiting,
    /// Being read.
    Running,
    /// Read to the end.
    Done,
    /// Stopped; `failure` says why. What was read before is in.
    Failed,
}

impl ImportState {
    /// The name used in SQL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ImportState::Waiting => "waiting",
            ImportState::Running => "running",
            ImportState::Done => "done",
            ImportState::Failed => "failed",
        }
    }

    /// The state with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<ImportState> {
        [ImportState::Waiting, ImportState::Running, ImportState::Done, ImportState::Failed]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// One file brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The project.
    pub project_id: Uuid,
    /// Its id.
    pub import_id: Uuid,
    /// The name of the file as uploaded.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// What was chosen for it, as JSON.
    pub choices: String,
    /// The size of the file.
    pub bytes_total: i64,
    /// How much of it has been read.
    pub bytes_done: i64,
    /// Its outcome so far.
    pub counts: ImportCounts,
    /// Why it stopped.
    pub failure: Option<String>,
    /// When it was uploaded.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

impl Import {
    /// How much of the file has been read, in whole percent of its bytes.
    #[must_use]
    pub fn percent(&self) -> u32 {
        let percent = self.bytes_done.saturating_mul(100) / self.bytes_total.max(1);
        u32::try_from(percent.clamp(0, 100)).unwrap_or(0)
    }
}

/// What became of a file's rows and facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Rows read.
    pub rows: i64,
    /// Facts that were new or corrections.
    pub accepted: i64,
    /// Facts known already.
    pub duplicates: i64,
    /// Stats kept aside until their post arrives.
    pub parked: i64,
    /// Rows refused.
    pub rejected: i64,
    /// Counters left out because nothing says when they were read.
    pub without_instant: i64,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Its place among the refused rows.
    pub position: i64,
    /// The line or item in the file, from 1.
    pub line: i64,
    /// The field at fault.
    pub field: Option<String>,
    /// A stable code.
    pub code: String,
    /// A sentence.
    pub reason: String,
}

/// Refused rows that are listed; the rest is counted.
pub const REJECTIONS_LISTED: i64 = 1_000;

/// A key that programs bring, without the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The organization it belongs to.
    pub organization_id: Uuid,
    /// Its id.
    pub api_key_id: Uuid,
    /// The project it is good for; `None` is every project.
    pub project_id: Option<Uuid>,
    /// What people call it.
    pub name: String,
    /// Its last characters.
    pub hint: String,
    /// Whether it may change anything; it may always read.
    pub can_write: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
    /// When it was revoked: since then it opens nothing.
    pub revoked_at: Option<Instant>,
}

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// The project it is to be good for; `None` is every project.
    pub project_id: Option<Uuid>,
    /// What people call it, 1 to 80 characters.
    pub name: String,
    /// Whether it may change anything.
    pub can_write: bool,
    /// What is kept of the key: [`Secret::hash`](crate::secret::Secret::hash).
    pub hash: [u8; 32],
    /// [`Secret::hint`](crate::secret::Secret::hint).
    pub hint: String,
}

/// A request that carried an `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotentRequest {
    /// The organization of the key.
    pub organization_id: Uuid,
    /// Who sent it.
    pub api_key_id: Uuid,
    /// Method and path.
    pub route: String,
    /// The header.
    pub idempotency_key: String,
    /// SHA-256 of the decoded body.
    pub body_hash: [u8; 32],
}

/// What is known of such a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idempotency {
    /// Nothing: it is to be answered now.
    First,
    /// It was answered before, like this.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The body.
        body: String,
    },
    /// Another body came under the same key.
    OtherBody,
    /// It is being answered at this moment.
    InProgress,
}

/// Something that has to be done now and then, by one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Forget the answers to requests with an `Idempotency-Key` after their 24 hours.
    ForgetAnswers,
}

impl Job {
    /// Every job.
    pub const ALL: [Job; 1] = [Job::ForgetAnswers];

    /// The name used in SQL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Job::ForgetAnswers => "forget_answers",
        }
    }
}
