//! Dates as people and programs write them out: `16.11.2026 09:00`, `Nov 16, 2026`, `Mon Nov 16 09:00:00 +0000 2026`.

use super::iso;
use super::names::{Word, word};
use super::terms::{DateOrder, Evidence, Near, Terms, unreadable};
use crate::excerpt::excerpt;
use crate::row_error::Fault;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use compliance::calendar::{LocalDays, Zone};
use compliance::instant::{Instant, SECOND_MS};

/// The longest text that is read as a date, in bytes; the longest form is that of JavaScript's `Date`.
const LONGEST: usize = 100;
/// How many years back a date without a year is looked for: 29 February may be eight years ago.
const YEARS_BACK: i32 = 8;

/// The parts of a written date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    year: Option<i32>,
    /// Day and month, once it is known which is which.
    month: Option<u32>,
    day: Option<u32>,
    /// Two numbers of which one is the day and one the month, as they stand.
    pair: Option<(u32, u32)>,
    clock: Option<Clock>,
    half: Option<Word>,
    /// Seconds east of UTC.
    offset: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    millis: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Number(&'t str),
    Word(&'t str),
    Sign(char),
}

/// Parses a written date; `None` if the text is none.
pub(super) fn parse(text: &str) -> Option<Written> {
    if text.len() > LONGEST {
        return None;
    }
    let lower =
        text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm").replace("a. m.", "am").replace("p. m.", "pm");
    let tokens = tokens(&lower);
    let mut written = Written::default();
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        rest = written.take(rest)?;
    }
    let has_date = written.pair.is_some() || written.month.is_some() && written.day.is_some();
    has_date.then_some(written)
}

/// Splits a text into numbers, words and signs; what is in brackets only explains the rest.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is_part: fn(char) -> bool| rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        let length = match first {
            '(' | '[' => break,
            first if first.is_ascii_digit() => run(|letter| letter.is_ascii_digit()),
            first if first.is_alphabetic() => run(char::is_alphabetic),
            first => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        match first {
            first if first.is_ascii_digit() => tokens.push(Token::Number(token)),
            first if first.is_alphabetic() => tokens.push(Token::Word(token)),
            ' ' => {}
            first => tokens.push(Token::Sign(first)),
        }
        rest = after;
    }
    tokens
}

fn is_month(name: &str) -> bool {
    matches!(word(name), Some(Word::Month(_)))
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

/// Returns the year that is written with two or four digits.
fn year(digits: &str) -> Option<i32> {
    match digits.len() {
        4 => digits.parse().ok(),
        2 => digits.parse::<i32>().ok().map(|year| 2_000 + year),
        _ => None,
    }
}

impl Written {
    fn has_date(&self) -> bool {
        self.pair.is_some() || self.day.is_some() && self.month.is_some()
    }

    /// Takes the first part off the tokens and returns the rest; `None` if it does not belong into a date.
    fn take<'r, 't>(&mut self, tokens: &'r [Token<'t>]) -> Option<&'r [Token<'t>]> {
        match tokens {
            // 09:00, 09:00:30, 09:00:30.250
            [Token::Number(hour), Token::Sign(':'), rest @ ..] => self.take_clock(hour, rest),
            // 2026-11-16, 2026/11/16, 2026.11.16
            [
                Token::Number(first),
                Token::Sign(sign @ ('-' | '/' | '.')),
                Token::Number(second),
                Token::Sign(again),
                Token::Number(third),
                rest @ ..,
            ] if first.len() == 4 && sign == again && !self.has_date() => {
                (self.year, self.month, self.day) = (Some(year(first)?), Some(number(second)?), Some(number(third)?));
                Some(rest)
            }
            // 16.11.2026, 11/16/2026, 16-11-2026
            [
                Token::Number(first),
                Token::Sign(sign @ ('-' | '/' | '.')),
                Token::Number(second),
                Token::Sign(again),
                Token::Number(third),
                rest @ ..,
            ] if sign == again && !self.has_date() && first.len() <= 2 && second.len() <= 2 => {
                // Two digits at the end of 26-11-16 could as well be the day.
                self.year = Some(year(third).filter(|_| third.len() == 4 || *sign != '-')?);
                self.take_pair(first, second, *sign)?;
                Some(rest)
            }
            // 16-Nov-2026, 16.Nov.26, 16/Nov/2026
            [Token::Number(day), Token::Sign('-' | '/' | '.'), rest @ ..]
                if self.day.is_none() && matches!(rest, [Token::Word(name), ..] if is_month(name)) =>
            {
                self.day = Some(number(day).filter(|_| day.len() <= 2)?);
                Some(rest)
            }
            [Token::Sign('-' | '/' | '.'), Token::Number(digits), rest @ ..]
                if self.year.is_none() && self.clock.is_none() && self.month.is_some() && self.day.is_some() =>
            {
                self.year = Some(year(digits)?);
                Some(rest)
            }
            // 16.11. and 11/16: without a year
            [Token::Number(first), Token::Sign(sign @ ('/' | '.')), Token::Number(second), rest @ ..]
                if !self.has_date() && first.len() <= 2 && second.len() <= 2 =>
            {
                self.take_pair(first, second, *sign)?;
                Some(rest)
            }
            // 9.30 after the date
            [Token::Number(hour), Token::Sign('.'), Token::Number(minute), rest @ ..]
                if self.has_date() && self.clock.is_none() && minute.len() == 2 =>
            {
                self.clock = Some(Clock { hour: number(hour)?, minute: number(minute)?, second: 0, millis: 0 });
                Some(rest)
            }
            // 20261116T090000
            [Token::Number(date), Token::Word("t"), Token::Number(clock), rest @ ..]
                if date.len() == 8 && matches!(clock.len(), 4 | 6) && !self.has_date() =>
            {
                (self.year, self.month, self.day) = (year(&date[..4]), number(&date[4..6]), number(&date[6..]));
                let second = if clock.len() == 6 { number(&clock[4..])? } else { 0 };
                self.clock =
                    Some(Clock { hour: number(&clock[..2])?, minute: number(&clock[2..4])?, second, millis: 0 });
                Some(rest)
            }
            // +0100, -08:00, +1 after a clock time
            [Token::Sign(sign @ ('+' | '-')), Token::Number(digits), rest @ ..] if self.clock.is_some() => {
                self.take_offset(*sign, digits, rest)
            }
            // 9 AM
            [Token::Number(hour), rest @ ..]
                if self.clock.is_none() && self.has_date() && matches!(rest, [Token::Word("am" | "pm"), ..]) =>
            {
                self.clock = Some(Clock { hour: number(hour)?, minute: 0, second: 0, millis: 0 });
                Some(rest)
            }
            [Token::Number(digits), rest @ ..] => self.take_number(digits).map(|()| rest),
            [Token::Word(name), rest @ ..] => self.take_word(name).map(|()| rest),
            [Token::Sign(',' | '.' | ';'), rest @ ..] => Some(rest),
            _ => None,
        }
    }

    /// Takes two numbers that are a day and a month.
    fn take_pair(&mut self, first: &str, second: &str, sign: char) -> Option<()> {
        let (first, second) = (number(first)?, number(second)?);
        if sign == '.' {
            // With points the day comes first everywhere.
            (self.day, self.month) = (Some(first), Some(second));
        } else {
            self.pair = Some((first, second));
        }
        Some(())
    }

    fn take_clock<'r, 't>(&mut self, hour: &str, rest: &'r [Token<'t>]) -> Option<&'r [Token<'t>]> {
        let [Token::Number(minute), rest @ ..] = rest else { return None };
        let (second, rest) = match rest {
            [Token::Sign(':'), Token::Number(second), rest @ ..] => (number(second)?, rest),
            rest => (0, rest),
        };
        let (millis, rest) = match rest {
            [Token::Sign('.' | ','), Token::Number(fraction), rest @ ..]
                if fraction.len() != 4 || self.year.is_some() =>
            {
                (number(&format!("{fraction:0<3}")[..3])?, rest)
            }
            rest => (0, rest),
        };
        let is_short = |part: &str| (1..=2).contains(&part.len());
        if self.clock.is_some() || !is_short(hour) || !is_short(minute) {
            return None;
        }
        self.clock = Some(Clock { hour: number(hour)?, minute: number(minute)?, second, millis });
        Some(rest)
    }

    fn take_offset<'r, 't>(&mut self, sign: char, digits: &str, rest: &'r [Token<'t>]) -> Option<&'r [Token<'t>]> {
        let (hours, minutes, rest) = match (digits.len(), rest) {
            (1 | 2, [Token::Sign(':'), Token::Number(minutes), rest @ ..]) => (number(digits)?, number(minutes)?, rest),
            (1 | 2, rest) => (number(digits)?, 0, rest),
            (4, rest) => (number(&digits[..2])?, number(&digits[2..])?, rest),
            _ => return None,
        };
        // GMT+0100 has named a zone already, which the number then tells apart from.
        if hours > 15 || minutes > 59 || self.offset.is_some_and(|offset| offset != 0) {
            return None;
        }
        let seconds = i64::from(hours * 3_600 + minutes * 60);
        self.offset = Some(if sign == '-' { -seconds } else { seconds });
        Some(rest)
    }

    fn take_number(&mut self, digits: &str) -> Option<()> {
        let is_day = digits.len() <= 2 && self.day.is_none() && self.pair.is_none();
        if is_day {
            self.day = Some(number(digits)?);
        } else if self.year.is_none() && (digits.len() == 4 || self.day.is_some() && self.month.is_some()) {
            self.year = Some(year(digits)?);
        } else {
            return None;
        }
        Some(())
    }

    fn take_word(&mut self, name: &str) -> Option<()> {
        match word(name)? {
            Word::Month(month) if self.month.is_none() && self.pair.is_none() => self.month = Some(month),
            half @ (Word::Am | Word::Pm) if self.half.is_none() && self.clock.is_some() => self.half = Some(half),
            Word::Month(_) | Word::Am | Word::Pm => return None,
            // `+0000 UTC` says it twice.
            Word::Zone(offset) => match self.offset {
                Some(known) if known == offset || offset == 0 => {}
                Some(_) => return None,
                None => self.offset = Some(offset),
            },
            Word::Filler => {}
        }
        Some(())
    }

    pub(super) fn lacks_year(&self) -> bool {
        self.year.is_none()
    }

    /// Returns what the date says about the order of day and month.
    pub(super) fn evidence(&self) -> Option<Evidence> {
        match self.pair? {
            (first, second) if first == second => None,
            (first, second) if first > 12 && second <= 12 => Some(Evidence::Proves(DateOrder::DayFirst)),
            (first, second) if second > 12 && first <= 12 => Some(Evidence::Proves(DateOrder::MonthFirst)),
            (first, second) if first <= 12 && second <= 12 => Some(Evidence::Open),
            _ => None,
        }
    }

    /// Returns the instant of the date. `text` is for messages.
    pub(super) fn instant(&self, text: &str, terms: &Terms) -> Result<Instant, Fault> {
        let (month, day) = self.month_and_day(text, terms.order)?;
        let date = match self.year {
            Some(year) => NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| iso::no_date(text))?,
            None => near(month, day, terms).ok_or_else(|| without_year(text, terms))?,
        };
        if !(1_990..=2_110).contains(&date.year()) {
            return Err(iso::implausible(text));
        }
        let Some(clock) = self.clock else {
            // A zone after a date alone does not change which day it is.
            return Ok(terms.zone.start_of(date));
        };
        let (local, millis) = clock.on(date, self.half).ok_or_else(|| unreadable(text))?;
        let instant = match self.offset {
            Some(offset) => Instant::from(local.and_utc()).plus_millis(-offset * SECOND_MS),
            None => terms.zone.instant_of(local),
        };
        Ok(instant.plus_millis(millis))
    }

    fn month_and_day(&self, text: &str, order: Option<DateOrder>) -> Result<(u32, u32), Fault> {
        let Some((first, second)) = self.pair else {
            return self.month.zip(self.day).ok_or_else(|| unreadable(text));
        };
        let proven = match self.evidence() {
            Some(Evidence::Proves(order)) => Some(order),
            _ => None,
        };
        match order.or(proven) {
            Some(DateOrder::DayFirst) => Ok((second, first)),
            Some(DateOrder::MonthFirst) => Ok((first, second)),
            None if first == second => Ok((first, second)),
            None => {
                let reason = format!(
                    "“{}” could have the day or the month first, and nothing in the file tells which; say which.",
                    excerpt(text)
                );
                Err(Fault::new("open_date", reason))
            }
        }
    }
}

impl Clock {
    /// Returns the wall clock on a date, and milliseconds beside it, because zones work with whole seconds.
    fn on(self, date: NaiveDate, half: Option<Word>) -> Option<(NaiveDateTime, i64)> {
        let hour = match (half, self.hour) {
            (Some(Word::Am), 12) => 0,
            (Some(Word::Am), hour) if hour > 12 => return None,
            (Some(Word::Pm), hour) if hour < 12 => hour + 12,
            (_, hour) => hour,
        };
        let (date, hour) = match (hour, self.minute, self.second) {
            (24, 0, 0) => (date.succ_opt()?, 0),
            _ => (date, hour),
        };
        let clock = NaiveTime::from_hms_opt(hour, self.minute, self.second)?;
        Some((date.and_time(clock), i64::from(self.millis)))
    }
}

/// Returns the date in the year that the terms say.
fn near(month: u32, day: u32, terms: &Terms) -> Option<NaiveDate> {
    let date_at = |at: Instant, zone: Zone| zone.date_of(at);
    match terms.near? {
        Near::NotAfter(at) => {
            let last = date_at(at, terms.zone);
            (0..=YEARS_BACK)
                .filter_map(|back| NaiveDate::from_ymd_opt(last.year() - back, month, day))
                .find(|date| *date <= last)
        }
        Near::Closest(at) => {
            let middle = date_at(at, terms.zone);
            (middle.year() - 1..=middle.year() + 1)
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .min_by_key(|date| (*date - middle).abs())
        }
    }
}

fn without_year(text: &str, terms: &Terms) -> Fault {
    if terms.near.is_some() {
        return iso::no_date(text);
    }
    let reason = format!(
        "“{}” has no year; say when the numbers were collected, and the year is that of the collection.",
        excerpt(text)
    );
    Fault::new("date_without_year", reason)
}
