//! Enumerated texts of the API, for its description; other values are refused.

#![expect(dead_code, reason = "these types only describe texts that are read elsewhere")]

use utoipa::ToSchema;

/// What a goal measures.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum MetricName {
    Posts,
    Views,
    Engagement,
    Followers,
}

/// The period of a goal.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PeriodName {
    Daily,
    Weekly,
    Monthly,
}

/// The period of a goal, or all of them.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PeriodFilter {
    Daily,
    Weekly,
    Monthly,
    All,
}

/// The scope of a collection.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum LookScope {
    Posts,
    Followers,
    All,
}

/// The verdict on a goal.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum StatusName {
    OnTrack,
    BehindPace,
    AtRisk,
    Completed,
    Missed,
}

/// The day weeks start on.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum WeekStartName {
    Monday,
    Sunday,
    Saturday,
}

/// How a creator's new posts arrive.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum TrackingModeName {
    Auto,
    Selective,
}

/// The review status of a post.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum TrackingStatusName {
    AutoTracked,
    PendingReview,
    Included,
    Excluded,
    DirectAdd,
}

/// The most rows of a list, 1 to 100.
#[derive(ToSchema)]
#[schema(value_type = u32, minimum = 1, maximum = 100, example = 50)]
pub struct Limit(u32);

/// The `meta.nextCursor` of the previous page.
#[derive(ToSchema)]
#[schema(value_type = String, format = Uuid)]
pub struct Cursor(String);

/// A local date.
#[derive(ToSchema)]
#[schema(value_type = String, format = Date, pattern = "^20[0-9]{2}-[01][0-9]-[0-3][0-9]$", example = "2026-05-04")]
pub struct LocalDate(String);

/// The key by which a request is recognised when it is sent again.
#[derive(ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 255, pattern = "^[!-~]+$")]
pub struct IdempotencyKey(String);

/// The kind of an item in a campaign.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum CampaignItemKind {
    Creator,
    Post,
    Campaign,
}

/// The kind of an event.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum EventName {
    Compliance,
    CreatorRemoved,
    Ready,
    Reset,
}

/// An event of a stream.
#[derive(ToSchema)]
pub struct VerdictEvent {
    /// The kind of the event.
    event: EventName,
    /// JSON: for `compliance` a creator with all evaluations, for `creator_removed` a `creator_id`.
    #[schema(example = r#"{"creator_id":"0198f0c2-7a3e-7c41-9d11-2f6c1e5a7b90"}"#)]
    data: String,
    /// The position up to which everything was sent, for `Last-Event-ID`; left out while more events follow.
    #[schema(example = "42-1787140800000")]
    id: Option<String>,
}
