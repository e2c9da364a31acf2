//! Pages of a list.

/// The number of rows on a page.
pub const ROWS_PER_PAGE: usize = 50;

/// One page of a list that is in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of the page.
    pub rows: Vec<T>,
    /// The page number, from 1. A number past the end is replaced by that of the last page.
    pub number: usize,
    /// The number of pages, at least 1.
    pub pages: usize,
    /// The number of rows on all pages.
    pub total: usize,
}

impl<T> Page<T> {
    /// Returns the page with this number, from 1.
    #[must_use]
    pub fn cut(rows: Vec<T>, number: usize) -> Page<T> {
        let total = rows.len();
        let pages = total.div_ceil(ROWS_PER_PAGE).max(1);
        let number = number.clamp(1, pages);
        let rows = rows.into_iter().skip((number - 1) * ROWS_PER_PAGE).take(ROWS_PER_PAGE).collect();
        Page { rows, number, pages, total }
    }

    /// Converts every row of the page.
    #[must_use]
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        let Page { rows, number, pages, total } = self;
        Page { rows: rows.into_iter().map(turn).collect(), number, pages, total }
    }
}
