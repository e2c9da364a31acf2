//! The fields of the first items that no format looked at, to be reported to a person.

use super::node::Node;
use crate::MOST_UNUSED;
use crate::excerpt::excerpt;
use std::collections::HashSet;

/// The number of items that are looked at. Later ones have the same fields.
const ITEMS: usize = 50;
/// How deep the fields are named: `videoMeta.format.codec`.
const DEPTH: usize = 3;
/// The most fields that are kept until it is known which of them were looked at.
const MOST_SEEN: usize = 2_000;

/// The fields of the first items, and those that were looked at.
#[derive(Default)]
pub(super) struct Unused {
    items: usize,
    seen: Vec<String>,
    known: HashSet<String>,
    asked: HashSet<String>,
}

impl Unused {
    /// Returns whether the next item is one of the first.
    pub fn is_open(&self) -> bool {
        self.items < ITEMS
    }

    /// Adds an item, and the fields of it that were looked at.
    pub fn add(&mut self, item: &Node, asked: Vec<String>) {
        self.items += 1;
        self.asked.extend(asked);
        self.see(item, "", 1);
    }

    fn see(&mut self, object: &Node, prefix: &str, depth: usize) {
        for (name, value) in object.fields() {
            // A flattened item has a slash in place of the point.
            let path = format!("{prefix}{}", name.replace('/', "."));
            match value {
                Node::Object(_) if depth < DEPTH => self.see(value, &format!("{path}."), depth + 1),
                value if value.is_scalar() && self.seen.len() < MOST_SEEN && self.known.insert(path.clone()) => {
                    self.seen.push(path);
                }
                _ => {}
            }
        }
    }

    /// Returns the fields that were not looked at, in the order of the file.
    pub fn names(&self) -> Vec<String> {
        let unused = self.seen.iter().filter(|path| !self.asked.contains(*path));
        unused.take(MOST_UNUSED).map(|path| excerpt(path)).collect()
    }
}
