//! The parts that come alive in the browser. Everything else is HTML from the server, so props here are few and plain.

mod hello;

pub use hello::Hello;
