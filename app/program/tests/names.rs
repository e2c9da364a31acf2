//! The names of values, which databases and addresses keep.

use compliance::Status;
use program::campaigns::view::CampaignSort;
use program::changelog::EntryKind;
use program::creators::list::{CreatorsLayout, CreatorsSort};
use program::creators::record::CreatorEventKind;
use program::imports::record::ImportState;
use program::jobs::Job;
use program::overview::query::{OverviewLayout, OverviewSort};
use program::pastes::record::PastedOutcome;

/// Checks that an enum has these names, and that each value is read by its own name.
macro_rules! check {
    ($($enum:ident: $names:literal),+ $(,)?) => {
        $(
            assert_eq!($enum::ALL.map($enum::name).join(" "), $names);
            for value in $enum::ALL {
                assert_eq!($enum::from_name(value.name()), Some(value));
            }
            assert_eq!($enum::from_name(""), None);
        )+
    };
}

#[test]
fn every_value_is_read_by_its_name() {
    check!(
        CampaignSort: "attention views engagement posts name",
        CreatorEventKind: "renamed removed returned tracking_mode tracking_start merged merge_undone",
        CreatorsLayout: "cards table",
        CreatorsSort: "name followers attention newest",
        EntryKind: "compliance review goal creator milestone",
        ImportState: "waiting queued running done failed",
        Job: "forget_answers forget_runs erase_deleted",
        OverviewLayout: "list columns campaigns",
        OverviewSort: "attention name collected",
        PastedOutcome: "added restored present repeated unreadable",
    );
}

#[test]
fn a_value_is_its_name_in_json() {
    assert_eq!(
        serde_json::to_string(&Status::ALL).ok().as_deref(),
        Some(r#"["at_risk","missed","behind_pace","on_track","completed"]"#)
    );
}
