//! The names of values, which databases, addresses and clients keep.

use compliance::assignment::ExistingGoals;
use compliance::fact::PostKind;
use compliance::period::WeekStart;
use compliance::status::Marker;
use compliance::tracking::TrackingMode;
use compliance::{Cadence, Metric, PostReason, Scope, Status, TrackingStatus};

/// Checks that an enum has these names, and that each value is read by its own name and by no other text.
macro_rules! check {
    ($($enum:ident: $names:literal),+ $(,)?) => {
        $(
            assert_eq!($enum::ALL.map($enum::name).join(" "), $names);
            for value in $enum::ALL {
                assert_eq!($enum::from_name(value.name()), Some(value));
                assert_eq!($enum::from_name(&value.name().to_uppercase()), None);
                assert_eq!($enum::from_name(&format!("{} ", value.name())), None);
            }
            assert_eq!($enum::from_name(""), None);
        )+
    };
}

#[test]
fn every_value_is_read_by_its_name() {
    check!(
        Cadence: "daily weekly monthly",
        ExistingGoals: "change keep",
        Marker: "target_reached no_data_yet awaiting_data",
        Metric: "posts views engagement followers",
        PostKind: "video photo_carousel",
        PostReason: "tracking_disabled excluded pending_review outside_period no_data_yet counted",
        Scope: "posts followers all",
        Status: "at_risk missed behind_pace on_track completed",
        TrackingMode: "auto selective",
        TrackingStatus: "auto_tracked included direct_add pending_review excluded",
        WeekStart: "monday sunday saturday",
    );
}
