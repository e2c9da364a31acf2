//! Values of the API that are texts with a meaning, for its description: what is not among them is refused.

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

/// How often a goal starts anew.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PeriodName {
    Daily,
    Weekly,
    Monthly,
}

/// A period, or all of them.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PeriodFilter {
    Daily,
    Weekly,
    Monthly,
    All,
}

/// What a look at a creator covered.
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

/// How new posts of a creator arrive.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum TrackingModeName {
    Auto,
    Selective,
}

/// Where a post stands in review.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum TrackingStatusName {
    AutoTracked,
    PendingReview,
    Included,
    Excluded,
    DirectAdd,
}

/// Rows of a list at most, 1 to 100.
#[derive(ToSchema)]
#[schema(value_type = u32, minimum = 1, maximum = 100, example = 50)]
pub struct Limit(u32);

/// `meta.nextCursor` of the page before.
#[derive(ToSchema)]
#[schema(value_type = String, format = Uuid)]
pub struct Cursor(String);

/// A local date.
#[derive(ToSchema)]
#[schema(value_type = String, format = Date, pattern = "^20[0-9]{2}-[01][0-9]-[0-3][0-9]$", example = "2026-05-04")]
pub struct LocalDate(String);

/// The name a request is recognised by when it is sent again.
#[derive(ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 255, pattern = "^[!-~]+$")]
pub struct IdempotencyKey(String);

/// What can stand in a campaign.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum CampaignItemKind {
    Creator,
    Post,
    Campaign,
}

/// What an event tells.
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
    /// What it tells.
    event: EventName,
    /// JSON: of `compliance` a creator with all evaluations, of `creator_removed` a `creator_id`.
    #[schema(example = r#"{"creator_id":"0198f0c2-7a3e-7c41-9d11-2f6c1e5a7b90"}"#)]
    data: String,
    /// Up to where everything was told, for `Last-Event-ID`; left out while there is more.
    #[schema(example = "42-1787140800000")]
    id: Option<String>,
}
