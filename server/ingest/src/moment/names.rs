//! Names in written dates: of months, in the languages of the usual exports, of weekdays, and of zones.

/// The beginnings of the names of the months, in lower case without accents: English, German, French, Spanish,
/// Portuguese, Italian, Dutch. A name that continues one of them is that month.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen"],
    &["feb", "fév", "fev", "febr"],
    &["mar", "mär", "mrz", "maa", "mrt"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "out", "ott"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];
/// The longest name of a month, in characters: `septiembre`.
const LONGEST_MONTH: usize = 10;
const MONTHS_OF_THREE_OR_FOUR: [&str; 2] = ["maio", "mayo"];

const WEEKDAYS: [&str; 14] = [
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "sun",
];
const MORE_WEEKDAYS: [&str; 22] = [
    "saturday",
    "sunday",
    "thur",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
];

/// Words between the parts of a date that mean nothing by themselves.
const FILLERS: [&str; 16] =
    ["t", "at", "on", "of", "the", "um", "uhr", "h", "de", "del", "le", "à", "alle", "as", "st", "th"];
const ENDINGS: [&str; 4] = ["nd", "rd", "er", "ore"];

/// The zones that RFC 2822 names, and those of Central Europe, with their offsets in hours.
const ZONES: [(&str, i64); 15] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("cet", 1),
    ("cest", 2),
    ("mesz", 2),
];

/// What a word in a written date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, from 1.
    Month(u32),
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// A zone, as its offset in seconds.
    Zone(i64),
    /// Nothing by itself.
    Filler,
}

/// Returns what a word in lower case is; `None` if it does not belong into a date.
pub(super) fn word(text: &str) -> Option<Word> {
    match text {
        "am" => return Some(Word::Am),
        "pm" => return Some(Word::Pm),
        _ => {}
    }
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == text) {
        return Some(Word::Zone(hours * 3_600));
    }
    let is_month = |names: &&[&str]| {
        let length = text.chars().count();
        names.iter().any(|name| text.starts_with(name)) && length <= LONGEST_MONTH
            || MONTHS_OF_THREE_OR_FOUR.contains(&text) && names.contains(&"may")
    };
    if [&WEEKDAYS[..], &MORE_WEEKDAYS, &FILLERS, &ENDINGS].iter().any(|words| words.contains(&text)) {
        return Some(Word::Filler);
    }
    let month = MONTHS.iter().position(is_month)?;
    u32::try_from(month + 1).ok().map(Word::Month)
}
