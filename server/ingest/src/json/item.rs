//! One JSON item while it is read: what could not be used of it, and which of its fields were looked at.

use super::node::Node;
use crate::count::{self, Decimal};
use crate::field::Field;
use crate::id;
use crate::moment::{self, Terms};
use crate::row_error::{Fault, LeftOut, RowError};
use crate::synonyms::CAPTURE_NAMES;
use crate::text;
use compliance::fact::{AccountId, AccountIdKind, Handle};
use compliance::instant::Instant;
use std::cell::RefCell;

/// One JSON item.
pub(super) struct Item<'n> {
    node: &'n Node,
    terms: &'n Terms,
    /// The decimal sign of numbers in texts.
    decimal: Option<Decimal>,
    left_out: RefCell<Vec<LeftOut>>,
    /// The fields that were looked at, if that is watched.
    asked: Option<RefCell<Vec<String>>>,
}

impl<'n> Item<'n> {
    pub fn new(node: &'n Node, terms: &'n Terms, decimal: Option<Decimal>) -> Item<'n> {
        Item { node, terms, decimal, left_out: RefCell::default(), asked: None }
    }

    /// Keeps account of the fields that are looked at.
    pub fn watched(self) -> Item<'n> {
        Item { asked: Some(RefCell::default()), ..self }
    }

    /// Returns the fields that were looked at so far, if the item is watched.
    pub fn asked(&self) -> Option<Vec<String>> {
        self.asked.as_ref().map(RefCell::take)
    }

    /// Notes that these fields are looked at, also those that others go before.
    fn ask(&self, paths: &[&str]) {
        if let Some(asked) = &self.asked {
            asked.borrow_mut().extend(paths.iter().map(|path| path.replace('/', ".")));
        }
    }

    /// Returns the values that could not be used so far.
    pub fn left_out(&self) -> Vec<LeftOut> {
        self.left_out.take()
    }

    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.ask(&[key]);
        self.node.get(key)
    }

    pub fn has(&self, path: &str) -> bool {
        self.ask(&[path]);
        self.node.at(path).is_some()
    }

    /// Returns the first of these fields that is a non-empty text.
    pub fn text(&self, paths: &[&str], max: usize) -> Option<String> {
        self.ask(paths);
        paths.iter().find_map(|path| self.node.text(path, max))
    }

    /// Returns the first of these fields that is a creator's name.
    pub fn name(&self, paths: &[&str]) -> Option<String> {
        self.ask(paths);
        paths.iter().find_map(|path| match self.node.at(path) {
            Some(Node::Text(text)) => text::name(text),
            _ => None,
        })
    }

    /// Returns the first of these counters that is known. One that cannot be used is left out.
    pub fn count(&self, paths: &[&str]) -> Option<i64> {
        self.ask(paths);
        paths.iter().find_map(|path| {
            // The numbers of JSON have a decimal point.
            let is_number = matches!(self.node.at(path), Some(Node::Number(_)));
            let decimal = if is_number { Some(Decimal::Point) } else { self.decimal };
            self.usable(self.node.first(&[path], |value| count::parse(value, decimal)).map(Option::flatten))
        })
    }

    /// Returns the first of these web addresses. One that cannot be used is left out.
    pub fn address(&self, paths: &[&str]) -> Option<String> {
        self.ask(paths);
        paths.iter().find_map(|path| self.usable(self.node.first(&[path], text::address).map(Option::flatten)))
    }

    /// Returns the first of these instants that is known.
    pub fn instant(&self, paths: &[&str]) -> Result<Option<Instant>, RowError> {
        self.ask(paths);
        self.node.first(paths, |value| moment::parse(value, self.terms))
    }

    /// Returns when a scraper says that it read the item.
    pub fn captured_at(&self) -> Result<Option<Instant>, RowError> {
        let names = CAPTURE_NAMES.iter().find_map(|wanted| self.node.names().find(|name| is_named(name, wanted)));
        names.map_or(Ok(None), |name| self.instant(&[name]))
    }

    /// Returns the first of these handles that is known.
    pub fn handle(&self, paths: &[&str]) -> Result<Option<Handle>, RowError> {
        self.ask(paths);
        self.node.first(paths, text::handle).map(Option::flatten)
    }

    /// Returns TikTok's ids of an account: its number and its `secUid`, each from the first of these fields that has one.
    pub fn accounts(&self, numbers: &[&str], sec_uids: &[&str]) -> Vec<AccountId> {
        let kinds = [(AccountIdKind::User, numbers), (AccountIdKind::SecUid, sec_uids)];
        let known = kinds.into_iter().filter_map(|(kind, paths)| {
            self.ask(paths);
            paths.iter().find_map(|path| match self.node.at(path)? {
                Node::Text(text) => id::account(kind, text),
                Node::Number(number) => id::account(kind, &number.as_u64()?.to_string()),
                _ => None,
            })
        });
        known.collect()
    }

    /// Returns the first of these post ids that is known.
    pub fn post_id(&self, paths: &[&str]) -> Result<Option<String>, RowError> {
        self.ask(paths);
        // A text has all its digits; a number may have lost some.
        let (texts, numbers): (Vec<&&str>, Vec<&&str>) = paths
            .iter()
            .partition(|path| matches!(self.node.at(path), Some(Node::Text(text)) if !text.trim().is_empty()));
        for path in texts.into_iter().chain(numbers) {
            match self.node.at(path) {
                // It is not a whole number of 64 bits, so its digits are not all there.
                Some(Node::Number(number)) if number.as_u64().is_none() => {
                    return Err(id::lost(&number.to_string()).at(path));
                }
                Some(_) => return self.node.first(&[path], id::parse),
                None => {}
            }
        }
        Ok(None)
    }

    /// Returns a value that was read. One that cannot be used is left out.
    fn usable<T>(&self, read: Result<Option<T>, RowError>) -> Option<T> {
        match read {
            Ok(value) => value,
            Err(RowError { field, code, reason }) => {
                let fault = Fault { code, reason };
                self.left_out.borrow_mut().push(fault.left_out_of(&field.unwrap_or_default()));
                None
            }
        }
    }
}

/// Returns whether a name is the wanted one, whatever its case and punctuation.
fn is_named(name: &str, wanted: &str) -> bool {
    name.len() >= wanted.len()
        && name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).eq(wanted.chars())
}

/// Returns the name of a field for messages; most items call the id of a post just that.
pub fn name_of(field: Field) -> &'static str {
    if field == Field::PostId { "id" } else { field.name() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(text: &str, read: impl Fn(&Item<'_>) -> T) -> (T, Vec<LeftOut>) {
        let node = Node::parse(text.as_bytes()).unwrap();
        let terms = Terms::utc();
        let item = Item::new(&node, &terms, None);
        let read = read(&item);
        (read, item.left_out())
    }

    #[test]
    fn numbers_are_read_from_numbers_and_from_texts() {
        let text = r#"{"stats":{"playCount":12,"diggCount":"13","commentCount":"","shareCount":null,"x":4.0}}"#;
        let count = |paths: &[&str]| with(text, |item| item.count(paths)).0;
        assert_eq!(count(&["stats.playCount"]), Some(12));
        assert_eq!(count(&["stats.diggCount"]), Some(13));
        assert_eq!(count(&["stats.commentCount", "stats.x"]), Some(4));
        assert_eq!(count(&["stats.shareCount", "stats.none"]), None);
    }

    #[test]
    fn a_counter_that_cannot_be_used_is_left_out_with_its_reason() {
        for (text, code) in [
            (r#"{"x":[1]}"#, "wrong_type"),
            (r#"{"x":-1}"#, "no_value"),
            (r#"{"x":"N/A"}"#, "no_value"),
            (r#"{"x":1.234}"#, "invalid_count"),
            (r#"{"x":"1.2K"}"#, "invalid_count"),
        ] {
            let (count, left_out) = with(text, |item| item.count(&["x"]));
            let told: Vec<_> = left_out.iter().map(|left_out| (left_out.field.as_str(), left_out.code)).collect();
            assert_eq!((count, told), (None, vec![("x", code)]), "{text}");
        }
    }

    #[test]
    fn an_id_that_has_lost_digits_is_refused() {
        assert!(with(r#"{"id":7.3015e18}"#, |item| item.post_id(&["id"])).0.is_err());
        let exact = with(r#"{"id":7301540000000000001}"#, |item| item.post_id(&["id"])).0;
        assert_eq!(exact.unwrap().unwrap(), "7301540000000000001");
    }

    fn captured_at(item: &Item<'_>) -> Result<Option<Instant>, RowError> {
        item.captured_at()
    }

    #[test]
    fn the_instant_of_the_reading_is_found_under_its_usual_names() {
        for name in
            ["scrapedAt", "scraped_at", "collectTime", "fetchedAt", "crawled_at", "Date Collected", "scrape_date"]
        {
            let at = with(&format!(r#"{{"{name}":"2026-11-18T10:00:00Z"}}"#), captured_at).0.unwrap();
            assert_eq!(at, Some(moment::parse_exact("2026-11-18T10:00:00Z").unwrap()), "{name}");
        }
        assert_eq!(with(r#"{"createTime":"2026-11-18T10:00:00Z"}"#, captured_at).0, Ok(None));
    }
}
