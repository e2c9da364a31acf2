//! Names: what they may hold, and how they are ordered. docs/rules.md, "Names".

use compliance::name::{InvalidName, folded, parse, searchable, sort_name, visible};
use rstest::rstest;

#[rstest]
#[case::zero_width_space('\u{200B}')]
#[case::zero_width_no_break_space('\u{FEFF}')]
#[case::word_joiner('\u{2060}')]
#[case::soft_hyphen('\u{AD}')]
#[case::left_to_right_mark('\u{200E}')]
#[case::right_to_left_override('\u{202E}')]
#[case::isolate('\u{2066}')]
#[case::arabic_letter_mark('\u{61C}')]
#[case::tag('\u{E0041}')]
#[case::language_tag('\u{E0001}')]
#[case::combining_grapheme_joiner('\u{34F}')]
#[case::hangul_filler('\u{3164}')]
#[case::hangul_initial_filler('\u{115F}')]
#[case::hangul_medial_filler('\u{1160}')]
#[case::halfwidth_hangul_filler('\u{FFA0}')]
#[case::khmer_inherent_vowel('\u{17B4}')]
#[case::braille_blank('\u{2800}')]
#[case::invisible_times('\u{2062}')]
#[case::interlinear_annotation('\u{FFF9}')]
#[case::musical_control('\u{1D173}')]
#[case::line_separator('\u{2028}')]
#[case::paragraph_separator('\u{2029}')]
#[case::tab('\t')]
#[case::line_feed('\n')]
#[case::nul('\0')]
#[case::delete('\u{7F}')]
#[case::c1_control('\u{90}')]
#[case::noncharacter('\u{FFFF}')]
#[case::joiner_between_other_letters('\u{200D}')]
#[case::non_joiner_between_other_letters('\u{200C}')]
#[case::variation_selector_without_a_picture('\u{FE0F}')]
#[case::variation_selector_supplement('\u{E0100}')]
fn a_character_that_nobody_can_see_is_refused_by_name_and_left_out_of_what_files_say(#[case] letter: char) {
    let refused = parse(&format!("Mi{letter}a"), 80);
    assert_eq!(refused, Err(InvalidName::Invisible { letter, after: "Mi".to_owned() }));
    let code = format!("U+{:04X}", u32::from(letter));
    assert_eq!(refused.unwrap_err().to_string(), format!("Remove the invisible character {code} after “Mi”."));
    assert_eq!(visible(&format!("{letter}Mi{letter}{letter}a{letter}")), "Mia");
    assert!(parse(&letter.to_string(), 80).is_err());
    assert_eq!(visible(&letter.to_string()), "");
}

#[rstest]
#[case("Mia")]
#[case("Zoë Ärger-O’Neill (DE) #1")]
#[case("<b> & \"x\" &lt;")]
#[case::decomposed("Zoe\u{308}")]
#[case::korean("한국어")]
#[case::japanese("葛\u{E0100}飾 ヴ")]
#[case::compatibility_ideograph("海\u{FE00}")]
#[case::hebrew("שָׁלוֹם")]
#[case::arabic("مُحَمَّد")]
#[case::arabic_number_sign("\u{600}١٢")]
#[case::persian_non_joiner("می\u{200C}خواهم")]
#[case::persian_non_joiner_after_a_letter_that_does_not_join("کار\u{200C}ها")]
#[case::hindi_joiner("क्\u{200D}ष")]
#[case::hindi_non_joiner("क्\u{200C}ष")]
#[case::bengali_ra_and_joiner("র\u{200D}্যাব")]
#[case::sinhala("ශ්\u{200D}රී ලංකා")]
#[case::malayalam_chillu_at_the_end("അവന്\u{200D}")]
#[case::mongolian("ᠰᠠᠢᠨ\u{180B}")]
#[case::emoji("🌴 Mia ✨")]
#[case::heart("❤\u{FE0F}")]
#[case::heart_as_text("❤\u{FE0E}")]
#[case::family("👨\u{200D}👩\u{200D}👧\u{200D}👦")]
#[case::skin("👩🏽\u{200D}🚀")]
#[case::flag_of_pride("🏳\u{FE0F}\u{200D}🌈")]
#[case::heart_on_fire("❤\u{FE0F}\u{200D}🔥")]
#[case::profession("🧜\u{200D}♀\u{FE0F}")]
#[case::key("1\u{FE0F}\u{20E3}")]
#[case::national_flag("🇰🇷")]
#[case::flag_of_scotland("🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}")]
fn what_a_script_or_a_picture_needs_is_taken(#[case] name: &str) {
    assert_eq!(parse(name, 80), Ok(name.to_owned()));
    assert_eq!(visible(name), name);
}

#[rstest]
#[case::joiner_at_the_end_of_a_picture("👩\u{200D}", "👩")]
#[case::two_joiners("👩\u{200D}\u{200D}🚀", "👩\u{200D}🚀")]
#[case::two_selectors("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}")]
#[case::selector_after_a_digit("1\u{FE0F}", "1")]
#[case::open_flag("🏴\u{E0067}\u{E0062}", "🏴")]
#[case::flag_of_nowhere("🏴\u{E0078}\u{E0079}\u{E007A}\u{E007F}", "🏴")]
#[case::tags_after_a_letter("a\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}", "a")]
#[case::two_non_joiners("می\u{200C}\u{200C}خ", "می\u{200C}خ")]
#[case::hidden_between_hidden("a\u{200B}\u{200D}\u{200B}b", "ab")]
fn what_they_do_not_need_is_not(#[case] name: &str, #[case] kept: &str) {
    assert!(matches!(parse(name, 80), Err(InvalidName::Invisible { .. })));
    assert_eq!(visible(name), kept);
    assert_eq!(visible(kept), kept);
}

#[rstest]
#[case("", Err(InvalidName::Empty))]
#[case(" \u{A0}\u{3000}\t\n", Err(InvalidName::Empty))]
#[case("  Mia ", Ok("Mia".to_owned()))]
#[case("Miaow", Ok("Miaow".to_owned()))]
#[case("Miaows", Err(InvalidName::TooLong(5)))]
#[case("🌴🌴🌴🌴🌴", Ok("🌴🌴🌴🌴🌴".to_owned()))]
fn a_name_has_one_character_or_more_up_to_the_longest(
    #[case] text: &str,
    #[case] expected: Result<String, InvalidName>,
) {
    assert_eq!(parse(text, 5), expected);
}

#[rstest]
#[case("Straße", "STRASSE")]
#[case("ΣΊΣΥΦΟΣ", "Σίσυφος")]
#[case("ﬃne", "FFINE")]
#[case("ŉ", "ʼN")]
#[case("ᏸ", "Ᏸ")]
#[case("ẞ", "ss")]
#[case("K", "k")]
#[case("ſ", "S")]
#[case("İ", "i\u{307}")]
fn names_that_differ_only_in_case_are_neighbours(#[case] one: &str, #[case] other: &str) {
    assert_eq!(folded(one), folded(other));
}

#[rstest]
#[case("Hana Dvořák", "dvorak")]
#[case("Freja Sørensen", "SORENSEN")]
#[case("Chloe\u{301}", "chloé")]
#[case("Łukasz Groß", "lukasz gross")]
#[case("한예린", "예린")]
fn a_name_is_found_without_its_accents(#[case] name: &str, #[case] typed: &str) {
    assert!(searchable(name).contains(&searchable(typed)), "{} in {}", searchable(typed), searchable(name));
}

#[test]
fn vowels_of_other_scripts_are_not_accents() {
    assert_ne!(searchable("कि"), searchable("का"));
}

#[rstest]
#[case::display_name(Some("Zoë Ärger"), "zoe", "zoë ärger")]
#[case::sharp_s(Some("Straße"), "zoe", "strasse")]
#[case::no_name(None, "Some.Handle", "some.handle")]
#[case::empty_name(Some(""), "Some.Handle", "some.handle")]
#[case::blank_name(Some("  "), "some.handle", "some.handle")]
fn names_are_display_name_else_handle_case_folded(
    #[case] display_name: Option<&str>,
    #[case] handle: &str,
    #[case] expected: &str,
) {
    assert_eq!(sort_name(display_name, handle), expected);
}
