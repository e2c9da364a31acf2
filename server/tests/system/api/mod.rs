//! Tests of the API.

mod changes;
mod compliance;
mod description;
mod facts;
mod keys;
mod requests;
