//! Searches captions. Both engines ignore case only for ASCII letters, so matches are found here, row by row, and the rows
//! of one page are kept.

use crate::engine::Row;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, future};
use unicode_normalization::UnicodeNormalization as _;

/// Returns a text without differences in case and in how accents are encoded.
fn folded(text: &str) -> String {
    compliance::name::folded(text).nfd().collect()
}

/// What a caption is searched for; case does not matter in any script.
#[derive(Debug)]
pub struct Search {
    folded: String,
}

impl Search {
    /// Returns the search for a text; `None` if it is empty, which every caption matches.
    pub fn of(text: &str) -> Option<Search> {
        let folded = folded(text.trim());
        (!folded.is_empty()).then_some(Search { folded })
    }

    /// Returns whether the text is part of this one.
    pub fn is_in(&self, text: &str) -> bool {
        folded(text).contains(&self.folded)
    }

    /// Returns whether the text is this one.
    pub fn is(&self, text: &str) -> bool {
        folded(text) == self.folded
    }
}

/// The rows that match, those of one page and the number of all.
pub struct Matching {
    pub rows: Vec<Row>,
    pub total: i64,
}

impl Matching {
    /// Reads all rows, and keeps those of a page, counted from 0.
    pub async fn of(
        rows: BoxStream<'_, sqlx::Result<Row>>,
        page: u32,
        per_page: u32,
        matches: impl Fn(&Row) -> sqlx::Result<bool>,
    ) -> sqlx::Result<Matching> {
        let (first, last) = (i64::from(page) * i64::from(per_page), (i64::from(page) + 1) * i64::from(per_page));
        let mut found = Matching { rows: Vec::new(), total: 0 };
        let mut rows = rows.filter_map(|row| {
            let kept = row.and_then(|row| Ok(matches(&row)?.then_some(row)));
            future::ready(kept.transpose())
        });
        while let Some(row) = rows.next().await {
            let row = row?;
            if (first..last).contains(&found.total) {
                found.rows.push(row);
            }
            found.total += 1;
        }
        Ok(found)
    }
}
