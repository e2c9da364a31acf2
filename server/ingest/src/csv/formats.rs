//! How a table writes its dates and numbers: what its values prove, and what they leave open.

use super::columns::Columns;
use crate::count::{self, Decimal};
use crate::field::Field;
use crate::moment::{self, DateOrder, Evidence, Near, Terms};
use crate::options::Options;
use compliance::address;
use compliance::calendar::Zone;

/// The fields that are counted.
const COUNTED: [Field; 6] =
    [Field::Views, Field::Likes, Field::Comments, Field::Shares, Field::Saves, Field::Followers];
/// The fields that are instants.
const DATED: [Field; 2] = [Field::PublishedAt, Field::CapturedAt];

/// What the values of a table say about how they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Formats {
    order: Proof<DateOrder>,
    /// A date that could have the day or the month first.
    pub open_date: Option<String>,
    decimal: Proof<Decimal>,
    /// A number whose separator could group thousands or begin a fraction.
    pub open_number: Option<String>,
    /// A date without a year.
    pub date_without_year: Option<String>,
    /// Whether a clock time or date names no zone.
    pub unzoned: bool,
    /// Whether a row is not UTF-8.
    pub not_utf8: bool,
    counted: Counted,
}

/// What the values of a table prove.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Proof<T> {
    #[default]
    Nothing,
    Of(T),
    /// Some values prove one thing, others the opposite.
    Contradiction,
}

impl<T: Copy + PartialEq> Proof<T> {
    fn add(&mut self, proven: T) {
        *self = match *self {
            Proof::Nothing => Proof::Of(proven),
            Proof::Of(known) if known == proven => Proof::Of(known),
            Proof::Of(_) | Proof::Contradiction => Proof::Contradiction,
        };
    }

    fn get(self) -> Option<T> {
        if let Proof::Of(proven) = self { Some(proven) } else { None }
    }
}

/// Whether the rows of a table count something, and whether they say when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    something: bool,
    dated: bool,
}

impl Formats {
    /// Adds what one row says; `cell` returns the cell of a column.
    pub fn add<'r>(&mut self, columns: &Columns, cell: impl Fn(usize) -> Option<&'r str>) {
        let cell = |field: Field| columns.index(field).and_then(&cell).filter(|cell| !cell.is_empty());
        self.counted.dated |= cell(Field::CapturedAt).is_some();
        // An instant with its offset has one meaning.
        let may_be_open = |value: &&str| moment::parse_exact(value).is_err();
        for value in DATED.iter().filter_map(|field| cell(*field)).filter(may_be_open) {
            match moment::evidence(value) {
                Some(Evidence::Proves(order)) => self.order.add(order),
                Some(Evidence::Open) if self.open_date.is_none() => self.open_date = Some(value.to_owned()),
                Some(Evidence::Open) | None => {}
            }
            if self.date_without_year.is_none() && moment::lacks_year(value) {
                self.date_without_year = Some(value.to_owned());
            }
            self.unzoned = self.unzoned || moment::lacks_zone(value);
        }
        for value in COUNTED.iter().filter_map(|field| cell(*field)) {
            self.counted.something = true;
            // Digits alone have one meaning.
            if value.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            match count::proof(value) {
                Some(decimal) => self.decimal.add(decimal),
                None if self.open_number.is_none() && count::is_open(value) => {
                    self.open_number = Some(value.to_owned());
                }
                None => {}
            }
        }
    }

    /// Returns the order of day and month, if the values prove one.
    pub fn date_order(&self) -> Option<DateOrder> {
        self.order.get()
    }

    /// Returns what separates fractions, if the values prove it.
    pub fn decimal(&self) -> Option<Decimal> {
        self.decimal.get()
    }

    /// Returns whether the rows count something and none says when.
    pub fn lacks_instants(&self) -> bool {
        self.counted.something && !self.counted.dated
    }
}

/// How the values of a table are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    terms: Terms,
    pub decimal: Option<Decimal>,
}

impl Reading {
    /// A person's choice takes precedence, then what the first rows prove.
    pub fn of(options: &Options, formats: &Formats) -> Reading {
        let mut terms = options.terms();
        terms.order = terms.order.or(formats.date_order());
        Reading { terms, decimal: options.decimal.or(formats.decimal()) }
    }

    /// Returns how an instant of a row is read. A header may say that it is in UTC; the id of a post holds the second of
    /// its publication, which tells the year.
    pub fn terms(&self, is_utc: bool, post_id: Option<&str>) -> Terms {
        let zone = if is_utc { Zone::UTC } else { self.terms.zone };
        let published = post_id.and_then(address::published_at).map(Near::Closest);
        Terms { zone, near: self.terms.near.or(published), ..self.terms }
    }
}
