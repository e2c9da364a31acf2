//! The application without its edges: what is stored, what can be changed, what is shown. It depends on no web
//! framework, database or HTTP server.
//!
//! Each noun has a folder with its records, its part of the store, its changes and its views. [`standings`] holds a
//! project in memory and evaluates it by the rules of `compliance`; [`judged`] loads it for a caller.

pub mod actor;
pub mod assignments;
pub mod calendar;
pub mod caller;
pub mod campaigns;
pub mod changelog;
pub mod clock;
pub mod creators;
pub mod error;
pub mod facts;
pub mod figures;
pub mod goals;
pub mod idempotency;
pub mod ids;
pub mod imports;
pub mod jobs;
pub mod judged;
pub mod keys;
pub mod mended;
pub mod merges;
pub mod message;
pub mod notes;
pub mod once;
pub mod overview;
pub mod paging;
pub mod pastes;
pub mod posts;
pub mod projects;
pub mod refusal;
pub mod reviews;
pub mod saved_views;
pub mod search;
pub mod standings;
pub mod store;
pub mod trends;
pub mod undo;
pub mod upkeep;
