//! The server as its users meet it: pages and forms without a socket, the store on a real database, whole imports.
#![expect(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod agreement;
mod forms;
mod imports;
mod pages;
mod statements;
mod store_contract;
mod support;
