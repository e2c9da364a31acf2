//! The ids of everything that is stored, one type for each kind, so that one is never taken for another.
//!
//! Every id is a UUID of version 7, made by the application, and is written as its hyphenated text. The default is the
//! nil id, which nothing has.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Calls a macro with the name of every type of id, so that an edge can implement a trait for all of them, for example
/// to make them arguments of statements.
#[macro_export]
macro_rules! for_each_id {
    ($apply:ident) => {
        $apply! {
            OrganizationId ProjectId CreatorId GoalId PostId CampaignId ImportId ApiKeyId SavedViewId PasteId
            AssignmentId ReviewId EventId MergeId RunId FolderId HolderId
        }
    };
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes an id that sorts after those made before.
            #[must_use]
            pub fn new() -> $name {
                $name(Uuid::now_v7())
            }

            /// Returns the UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> $name {
                $name(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<$name, uuid::Error> {
                Uuid::try_parse(text).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}
ids! {
    /// The id of an organization, the tenant that owns projects.
    OrganizationId
    /// The id of a project.
    ProjectId
    /// The id of a creator.
    CreatorId
    /// The id of a goal.
    GoalId
    /// The id of a post; TikTok's own id is its `video_id`.
    PostId
    /// The id of a campaign.
    CampaignId
    /// The id of an import.
    ImportId
    /// The id of an API key.
    ApiKeyId
    /// The id of a saved view of the overview.
    SavedViewId
    /// The id of a paste of handles.
    PasteId
    /// The id of an assignment of a goal to several creators.
    AssignmentId
    /// The id of a review decision about posts.
    ReviewId
    /// The id of an event in the feed of a project.
    EventId
    /// The id of a merge of two creators.
    MergeId
    /// The id of a collection run.
    RunId
    /// The id of a folder for uploaded files.
    FolderId
    /// The id of a server that claims jobs.
    HolderId
}
