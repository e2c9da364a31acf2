//! Names that people type and read: which characters are allowed, and how names are ordered and searched.
//!
//! Two names that look alike must be equal, so invisible characters are refused in what people type and removed from
//! what files contain. The Unicode tables for this stay on the server (feature `names`).

use icu_properties::props::{
    BinaryProperty as _, CanonicalCombiningClass, DefaultIgnorableCodePoint, EnumeratedProperty as _,
    ExtendedPictographic, GeneralCategory, JoiningType, PrependedConcatenationMark, Script,
};
use thiserror::Error;
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization as _;

/// Why a text is not a valid name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidName {
    /// It is empty.
    #[error("Enter a name.")]
    Empty,
    /// It is too long.
    #[error("Use at most {0} characters.")]
    TooLong(usize),
    /// It contains an invisible character.
    #[error("Remove the invisible character U+{:04X} {}.", u32::from(*.letter), place(.after))]
    Invisible {
        /// The character.
        letter: char,
        /// The text before it.
        after: String,
    },
}

fn place(after: &str) -> String {
    const SHOWN: usize = 20;
    if after.is_empty() {
        return "at the beginning".to_owned();
    }
    let skipped = after.chars().count().saturating_sub(SHOWN);
    format!("after “{}”", after.chars().skip(skipped).collect::<String>())
}

/// Parses a name of at most `longest` characters, without surrounding space.
pub fn parse(text: &str, longest: usize) -> Result<String, InvalidName> {
    let name = text.trim();
    if name.is_empty() {
        return Err(InvalidName::Empty);
    }
    // Checked first, so that the rest of the work is bounded.
    if name.chars().count() > longest {
        return Err(InvalidName::TooLong(longest));
    }
    let letters: Vec<char> = name.chars().collect();
    match (0..letters.len()).find(|place| !is_seen(&letters[..*place], letters[*place], &letters[place + 1..])) {
        Some(place) => Err(InvalidName::Invisible { letter: letters[place], after: letters[..place].iter().collect() }),
        None => Ok(name.to_owned()),
    }
}

/// Returns the text without invisible characters and surrounding space.
pub fn visible(text: &str) -> String {
    let letters: Vec<char> = text.trim().chars().collect();
    let mut kept = Vec::with_capacity(letters.len());
    for (place, letter) in letters.iter().enumerate() {
        if is_seen(&kept, *letter, &letters[place + 1..]) {
            kept.push(*letter);
        }
    }
    let kept: String = kept.into_iter().collect();
    kept.trim().to_owned()
}

/// Returns the text with full Unicode case folding, by which names are ordered and compared.
pub fn folded(text: &str) -> String {
    UniCase::new(text).to_folded_case()
}

/// Returns the text as it is searched by: case folded and without accents, so that `dvorak` finds `Dvořák`.
pub fn searchable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in folded(text).nfd() {
        match letter {
            // Accents. The marks of other scripts are vowels, which cannot be left out.
            '\u{300}'..='\u{36F}' => {}
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            letter => plain.push(letter),
        }
    }
    plain
}

/// Returns the name a creator is ordered by: display name, else handle, case folded.
pub fn sort_name(display_name: Option<&str>, handle: &str) -> String {
    folded(display_name.filter(|name| !name.trim().is_empty()).unwrap_or(handle))
}

/// Returns whether a character is visible, or changes how the characters around it look.
fn is_seen(before: &[char], letter: char, rest: &[char]) -> bool {
    if letter.is_ascii() {
        return !letter.is_control();
    }
    let after = rest.first();
    match letter {
        '\u{200C}' | '\u{200D}' => joins_scripts(before, letter, after) || joins_emoji(before, letter, after),
        '\u{FE0E}' | '\u{FE0F}' => before.last().is_some_and(|base| is_emoji(*base, after)),
        '\u{FE00}'..='\u{FE02}' | '\u{E0100}'..='\u{E01EF}' => is_of(before.last(), &[Script::Han]),
        '\u{180B}'..='\u{180F}' => is_of(before.last(), &[Script::Mongolian]),
        '\u{E0020}'..='\u{E007F}' => is_of_flag(before, letter, rest),
        letter => !is_blank(letter),
    }
}

/// Returns whether a character by itself is invisible.
fn is_blank(letter: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
    let category = GeneralCategory::for_char(letter);
    let is_control = matches!(category, Control | Format | LineSeparator | ParagraphSeparator)
        && !PrependedConcatenationMark::for_char(letter);
    let code = u32::from(letter);
    let is_noncharacter = code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code);
    // Braille without dots, a note without a head, a filler: blank, although no Unicode property says so.
    let is_empty_drawing = matches!(letter, '\u{2800}' | '\u{1D159}' | '\u{16FE4}');
    is_control || is_noncharacter || is_empty_drawing || DefaultIgnorableCodePoint::for_char(letter)
}

/// Scripts in which joiners choose the form of a consonant.
const BRAHMIC: &[Script] = &[
    Script::Devanagari,
    Script::Bengali,
    Script::Gurmukhi,
    Script::Gujarati,
    Script::Oriya,
    Script::Tamil,
    Script::Telugu,
    Script::Kannada,
    Script::Malayalam,
    Script::Sinhala,
    Script::Khmer,
    Script::Myanmar,
    Script::Balinese,
    Script::Javanese,
];

/// Returns whether a joiner or non-joiner is where a script needs it: between letters that join or that belong to a
/// script with conjuncts, or after a virama, the sign that removes a consonant's vowel.
fn joins_scripts(before: &[char], letter: char, after: Option<&char>) -> bool {
    const DUAL: JoiningType = JoiningType::DualJoining;
    const LEFT: JoiningType = JoiningType::LeftJoining;
    const RIGHT: JoiningType = JoiningType::RightJoining;
    const TRANSPARENT: JoiningType = JoiningType::Transparent;
    let kind = |letter: &char| JoiningType::for_char(*letter);
    let previous = before.iter().rev().map(kind).find(|kind| *kind != TRANSPARENT);
    let between_joining = matches!(previous, Some(DUAL | LEFT | RIGHT))
        && after.is_some_and(|after| matches!(kind(after), DUAL | RIGHT | TRANSPARENT));
    let script = |letter: &char| Script::for_char(*letter);
    let between_conjuncts = is_of(before.last(), BRAHMIC) && before.last().map(script) == after.map(script);
    let is_virama = |letter: &char| CanonicalCombiningClass::for_char(*letter) == CanonicalCombiningClass::Virama;
    between_joining || between_conjuncts || (letter == '\u{200D}' && before.last().is_some_and(is_virama))
}

/// Returns whether a joiner is between two emoji, as in a family.
fn joins_emoji(before: &[char], letter: char, after: Option<&char>) -> bool {
    let shape = |letter: &&char| matches!(letter, '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}');
    let base = before.iter().rev().find(|letter| !shape(letter));
    let is_picture = |letter: &char| ExtendedPictographic::for_char(*letter);
    letter == '\u{200D}' && base.is_some_and(is_picture) && after.is_some_and(is_picture)
}

/// Returns whether a character can be an emoji: pictographs, and keycaps such as `1` with its frame.
fn is_emoji(base: char, after: Option<&char>) -> bool {
    ExtendedPictographic::for_char(base) || (matches!(base, '0'..='9' | '#' | '*') && after == Some(&'\u{20E3}'))
}

fn is_of(letter: Option<&char>, scripts: &[Script]) -> bool {
    letter.is_some_and(|letter| scripts.contains(&Script::for_char(*letter)))
}

/// The flags that are encoded as tags after a black flag: England, Scotland, Wales.
const TAGGED_FLAGS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];
const BLACK_FLAG: char = '\u{1F3F4}';
const END_OF_TAGS: char = '\u{E007F}';

/// Returns whether a tag belongs to one of these flags.
fn is_of_flag(before: &[char], letter: char, after: &[char]) -> bool {
    const LONGEST: usize = 6;
    let is_tag = |letter: &&char| matches!(letter, '\u{E0020}'..='\u{E007F}');
    let begun = before.iter().rev().take(LONGEST).take_while(is_tag).count();
    let (flag, begun) = before.split_at(before.len() - begun);
    let tags = begun.iter().chain([&letter]).chain(after.iter().take(LONGEST).take_while(is_tag));
    let is_written = |name: &&str| {
        let name = name.bytes().filter_map(|byte| char::from_u32(0xE0000 + u32::from(byte)));
        tags.clone().copied().eq(name.chain([END_OF_TAGS]))
    };
    flag.last() == Some(&BLACK_FLAG) && TAGGED_FLAGS.iter().any(is_written)
}
