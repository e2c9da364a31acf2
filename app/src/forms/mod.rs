//! The forms: each reads its fields, makes one change, and answers with a page.
//!
//! Each form calls one change of `program`.

#![expect(missing_docs, reason = "`#[server]` writes a struct whose fields are the arguments, without documentation")]

pub mod answer;
pub mod assignments;
pub mod campaigns;
pub mod creators;
pub mod error;
pub mod goals;
pub mod id_list;
pub mod keys;
pub mod merges;
pub mod posts;
pub mod projects;
pub mod reviews;
pub mod saved_views;
pub mod sent;
pub mod theme;
