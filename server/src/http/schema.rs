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
