//! Goals: the targets of creators, judged period by period, with the evidence.

pub mod card;
pub mod changes;
mod course;
pub mod evidence;
pub mod form;
pub mod list;
pub mod periods;
pub mod record;
pub mod store;
pub mod tab;
