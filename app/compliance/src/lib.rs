//! The rules of Creator Goals: who is on track, who needs attention, and why.
//!
//! Everything here is pure and exact. There is no clock, database or random number: the instant of evaluation (`as_of`)
//! is always an argument, and ratios are integers compared by cross-multiplication. The same code runs on the server
//! and, compiled to wasm, in the browser; only time-zone data (feature `tz`) and Unicode's tables (feature `names`)
//! stay on the server.
//!
//! | module | contents |
//! |---|---|
//! | [`instant`] | [`Instant`], epoch milliseconds |
//! | [`bounds`] | how large numbers may be, and why no sum overflows |
//! | [`calendar`] | local days: [`Zone`](calendar::Zone) on the server, [`DayTable`](calendar::DayTable) in the browser |
//! | [`period`] | [`Cadence`], concrete [`Period`]s, and the [`Window`](period::Window) a goal cuts from one |
//! | [`address`] | addresses on TikTok, and what their ids say |
//! | [`fact`] | observations from outside: posts, stats, readings, collections |
//! | [`cell`] | values as spreadsheets and pages hand them over |
//! | [`look`] | when a creator's posts and followers were last collected |
//! | [`tracking`] | which posts count, and the one reason each has |
//! | [`booking`] | what one snapshot of a post books, and when |
//! | [`misreading`] | readings that went wrong, and how they are told from real gains and losses |
//! | [`gains`] | what was gained, by metric and by local day |
//! | [`ledger`] | facts to bookings to day buckets, of a post and of a creator's followers |
//! | [`metric`], [`terms`] | what a goal measures, and what it asks for |
//! | [`goal`] | goals and their versions |
//! | [`goal_form`], [`typed_number`] | parsing what people type into a goal form, and numbers |
//! | [`covered`] | which goals of a creator exclude each other |
//! | [`assignment`] | one goal for many creators |
//! | [`pace`] | exact ratios and the numbers shown |
//! | [`status`] | the five statuses |
//! | [`advisory`] | flags saying that numbers may still move |
//! | [`evaluation`] | goal + period + numbers + status + advisory, at one `as_of` |
//! | [`evidence`] | each post's reason and contribution |
//! | [`course`] | how much of a target was reached by when, for charts |
//! | [`track_record`] | streak, best and average of past periods |
//! | [`back_test`] | how a target would have done in the last periods |
//! | [`preview`] | what a goal's status would be, in the browser |
//! | `name` | names: allowed characters and order (feature `names`, on the server) |
//! | [`named`](mod@named) | enums whose values have names |
//! | [`overview`] | order and counts of a project's evaluations |
//! | [`timeline`] | how verdicts changed, and what changed them |
//! | [`campaign`] | nested groups, and their progress towards a number of views |

pub mod address;
pub mod advisory;
pub mod assignment;
pub mod back_test;
pub mod booking;
pub mod bounds;
pub mod calendar;
pub mod campaign;
pub mod cell;
pub mod course;
pub mod covered;
pub mod evaluation;
pub mod evidence;
pub mod fact;
pub mod gains;
pub mod goal;
pub mod goal_form;
pub mod instant;
pub mod ledger;
pub mod look;
pub mod metric;
pub mod misreading;
#[cfg(feature = "names")]
pub mod name;
pub mod named;
pub mod overview;
pub mod pace;
pub mod period;
pub mod preview;
pub mod settings;
pub mod status;
pub mod terms;
pub mod timeline;
pub mod track_record;
pub mod tracking;
pub mod typed_number;

pub use advisory::Advisory;
pub use evaluation::Evaluation;
pub use goal::Goal;
pub use instant::Instant;
pub use look::{Looks, Scope};
pub use metric::Metric;
pub use period::{Cadence, Period};
pub use settings::ProjectSettings;
pub use status::Status;
pub use tracking::{PostReason, TrackingStatus};
