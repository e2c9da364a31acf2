//! The server as its users meet it: pages and forms without a socket, the store on a real database, whole imports.
#![expect(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod agreement;
mod api;
mod around;
mod as_of;
mod backup;
mod bad_days;
mod bytes;
mod campaigns;
mod copying;
mod creators;
mod demo;
mod differential;
mod events;
mod facts_taken_in;
mod forms;
mod goals;
mod hostile_files;
mod imports;
mod interruption;
mod keys;
mod network;
mod operations;
mod pages;
mod posts;
mod program;
mod proxy;
mod readable;
mod running;
mod several_servers;
mod short;
mod statements;
mod store_contract;
mod support;
mod tenancy;
mod uploads;
