//! Pages of a list.

/// Rows on a page.
pub const ROWS_PER_PAGE: usize = 50;

/// One page of a list that is held in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of the page.
    pub rows: Vec<T>,
    /// Which page, from 1. A number past the end is brought to the last page.
    pub number: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// How many rows there are on all pages.
    pub total: usize,
}

impl<T> Page<T> {
    /// The page with this number, from 1.
    #[must_use]
    pub fn cut(rows: Vec<T>, number: usize) -> Page<T> {
        let total = rows.len();
        let pages = total.div_ceil(ROWS_PER_PAGE).max(1);
        let number = number.clamp(1, pages);
        let rows = rows.into_iter().skip((number - 1) * ROWS_PER_PAGE).take(ROWS_PER_PAGE).collect();
        Page { rows, number, pages, total }
    }

    /// The same page with every row turned into something else.
    #[must_use]
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        let Page { rows, number, pages, total } = self;
        Page { rows: rows.into_iter().map(turn).collect(), number, pages, total }
    }
}
