//! JSON formats: finds the items in a stream, and turns each into an observation or fact.

mod apify;
mod brackets;
mod data_download;
mod display_api;
mod facts;
mod frames;
pub(crate) mod item;
mod node;
mod recognise;
mod research_api;
pub(crate) mod rows;
mod scan;
mod source_error;
mod tiktok_web;
mod unused;
mod values;
mod yt_dlp;

use crate::error::FileError;
use crate::format::Format;
use crate::input::Input;
use crate::moment::Terms;
use crate::observation::Observation;
use crate::options::Options;
use crate::row::{Draft, Harvest};
use crate::row_error::RowError;
use item::{Item, name_of};
use node::{Node, invalid};
use scan::{Event, Scanner};
use std::collections::VecDeque;
use unused::Unused;

/// The most items of a yt-dlp playlist that wait for the fields that the playlist has after its entries.
const MAX_WAITING: usize = 4_096;

/// The items of a JSON stream, as rows.
pub(crate) struct Items<'a> {
    scanner: Scanner<'a>,
    options: Options,
    terms: Terms,
    format: Option<Format>,
    item: u64,
    waiting: VecDeque<Waiting>,
    ready: VecDeque<Draft>,
    /// An error of the stream, reported after the complete items before it.
    failure: Option<FileError>,
    unused: Unused,
}

/// An item without a creator or capture instant, in an envelope that may have it.
struct Waiting {
    item: u64,
    line: u64,
    /// The number of envelopes around it that may have it.
    depth: usize,
    observation: Observation,
}

impl<'a> Items<'a> {
    pub fn open(input: Input<'a>, options: &Options) -> Result<Items<'a>, FileError> {
        let (waiting, ready) = (VecDeque::new(), VecDeque::new());
        let format = options.format;
        let scanner = Scanner::open(input)?;
        Ok(Items {
            scanner,
            terms: options.terms(),
            options: options.clone(),
            format,
            item: 0,
            waiting,
            ready,
            failure: None,
            unused: Unused::default(),
        })
    }

    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// Returns the fields of the first items that were not looked at.
    pub fn unused(&self) -> Vec<String> {
        self.unused.names()
    }

    /// Returns the next item as a row.
    pub fn next(&mut self) -> Result<Option<Draft>, FileError> {
        loop {
            if self.scanner.depth() == 0 || self.waiting.len() > MAX_WAITING {
                self.release();
            }
            if let Some(draft) = self.ready.pop_front() {
                return Ok(Some(draft));
            }
            if let Some(failure) = self.failure.take() {
                return Err(failure);
            }
            match self.scanner.next() {
                Ok(None) => return Ok(None),
                Ok(Some(Event::Item { line, depth, bytes })) => self.item(line, depth, &bytes),
                Ok(Some(Event::EnvelopeEnd { line, depth, bytes })) => self.envelope_end(line, depth, &bytes),
                Ok(Some(Event::Bad { line, error })) => self.push(line, Err(error)),
                Err(failure) => {
                    self.release();
                    self.failure = Some(failure);
                }
            }
        }
    }

    fn push(&mut self, line: u64, outcome: Result<Harvest, RowError>) {
        self.item += 1;
        self.ready.push_back(Draft { item: self.item, line, outcome });
    }

    fn item(&mut self, line: u64, depth: usize, bytes: &[u8]) {
        let node = match Node::parse(bytes) {
            Ok(node) => node,
            Err(error) => return self.push(line, Err(RowError::of_row("malformed_json", invalid(&error)))),
        };
        if depth > 0 && node.is_empty_object() {
            // This is the `"data":{}` of an answer without results, or of an error.
            return;
        }
        let format = match self.options.format {
            Some(Format::Facts) => Some(Format::Facts),
            _ => recognise::format_of(&node),
        };
        let Some(format) = format else {
            let unknown = || {
                let reason = "The item is in none of the known formats: no field tells what it is.";
                RowError::of_row("unrecognised_item", reason)
            };
            return self.push(line, Err(source_error::of(&node).unwrap_or_else(unknown)));
        };
        self.format.get_or_insert(format);
        // A data download is in UTC, whatever the project's zone.
        let terms = if format == Format::DataDownload { Terms::utc() } else { self.terms };
        let item = Item::new(&node, &terms, self.options.decimal);
        let item = if self.unused.is_open() { item.watched() } else { item };
        let observed = match format {
            Format::Facts => {
                let harvest = facts::read(&node, &self.options);
                return self.push(line, harvest);
            }
            Format::YtDlp => yt_dlp::observe(&item),
            Format::DisplayApi => display_api::observe(&item),
            Format::ResearchApi => research_api::observe(&item),
            Format::TikTokWeb => tiktok_web::observe(&item),
            Format::Apify => apify::observe(&item),
            Format::DataDownload => data_download::observe(&item),
            Format::Csv => Err(RowError::of_row("unrecognised_item", "A table has no JSON items.")),
        };
        if let (Ok(_), Some(asked)) = (&observed, item.asked()) {
            self.unused.add(&node, asked);
        }
        match observed {
            Ok(observation) if format == Format::YtDlp && depth > 0 && yt_dlp::is_incomplete(&observation) => {
                self.item += 1;
                self.waiting.push_back(Waiting { item: self.item, line, depth, observation });
            }
            Ok(observation) => {
                let outcome = self.finish(observation);
                self.push(line, outcome);
            }
            Err(error) => self.push(line, Err(source_error::of(&node).unwrap_or(error))),
        }
    }

    fn finish(&self, mut observation: Observation) -> Result<Harvest, RowError> {
        observation.complete(&self.options, false);
        observation.facts(name_of)
    }

    /// Handles the other fields of an envelope: creator and capture instant for waiting items, or an API error.
    fn envelope_end(&mut self, line: u64, depth: usize, bytes: &[u8]) {
        let Ok(envelope) = Node::parse(bytes) else {
            return self.push(line, Err(RowError::of_row("malformed_json", "The JSON around the items is not valid.")));
        };
        let inside = depth + 1;
        let item = Item::new(&envelope, &self.terms, self.options.decimal);
        for waiting in self.waiting.iter_mut().filter(|waiting| waiting.depth == inside) {
            yt_dlp::complete(&mut waiting.observation, &item);
            waiting.depth = depth;
        }
        if let Some(error) = display_api::error_of(&envelope) {
            self.push(line, Err(error));
        }
    }

    /// Completes the waiting items: no envelope can say more about them.
    fn release(&mut self) {
        while let Some(Waiting { item, line, observation, .. }) = self.waiting.pop_front() {
            let outcome = self.finish(observation);
            self.ready.push_back(Draft { item, line, outcome });
        }
    }
}
