//! Every class in the markup has a rule in the style sheet that ships, and every class of `style/` is used in the markup.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn every_class_in_the_markup_has_a_rule() {
    let css = fs::read_to_string(Path::new(ROOT).join("target/site/pkg/creator-goals.css"))
        .expect("the style sheet is built: run scripts/build-frontend.sh");
    let rules = classes(&css);

    let mut missing = BTreeSet::new();
    for (path, text) in files("app/src", "rs") {
        for attribute in text.split("class=").skip(1) {
            let written = attribute.strip_prefix("format!(").unwrap_or(attribute).strip_prefix('"');
            let Some((written, _)) = written.and_then(|rest| rest.split_once('"')) else { continue };
            let names = written.split_whitespace().filter(|name| !name.contains(['{', '}']));
            missing.extend(names.filter(|name| !rules.contains(*name)).map(|name| format!("{name} in {path}")));
        }
    }
    assert!(missing.is_empty(), "no rule for these classes: {missing:#?}");
}

#[test]
fn every_class_of_the_style_sheet_is_used() {
    let markup = files("app/src", "rs");
    // Classes are also chosen in Rust before they reach an attribute, so every string counts, line by line.
    let strings = markup.iter().flat_map(|(_, text)| text.lines()).flat_map(|line| line.split('"').skip(1).step_by(2));
    let used: BTreeSet<_> = strings.flat_map(str::split_whitespace).collect();

    let mut unused = BTreeSet::new();
    for (path, text) in files("style", "css") {
        let names = classes(&text);
        unused
            .extend(names.iter().filter(|name| !used.contains(name.as_str())).map(|name| format!("{name} in {path}")));
    }
    assert!(unused.is_empty(), "nothing uses these classes: {unused:#?}");
}

/// The files under a directory of the repository with this extension, each with its content.
fn files(directory: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(ROOT).join(directory)).expect("a directory") {
        let entry = entry.expect("an entry");
        let path = format!("{directory}/{}", entry.file_name().display());
        if entry.path().is_dir() {
            found.extend(files(&path, extension));
        } else if entry.path().extension().is_some_and(|is| is == extension) {
            found.push((path, fs::read_to_string(entry.path()).expect("a text file")));
        }
    }
    found
}

/// The classes in the selectors of a style sheet, as markup writes them: `.mt-0\.5:hover` is of the class `mt-0.5`.
fn classes(css: &str) -> BTreeSet<String> {
    let uncommented: String =
        css.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
    let preludes = uncommented.split('{').filter_map(|before| before.rsplit(['{', '}', ';']).next());
    let selectors = preludes.filter(|prelude| !prelude.trim_start().starts_with('@'));
    let mut found = BTreeSet::new();
    for selector in selectors {
        let mut letters = selector.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => _ = letters.next(),
                '.' => {
                    let mut name = String::new();
                    while let Some(&letter) = letters.peek() {
                        match letter {
                            '\\' => {
                                letters.next();
                                name.extend(unescaped(&mut letters));
                            }
                            '-' | '_' | '0'..='9' | 'a'..='z' | 'A'..='Z' => name.extend(letters.next()),
                            _ => break,
                        }
                    }
                    found.insert(name);
                }
                _ => {}
            }
        }
    }
    found
}

/// What follows a backslash: the letter itself, or its number in hexadecimal digits and a space.
fn unescaped(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    let mut digits = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_hexdigit) {
        digits.push(digit);
    }
    if digits.is_empty() {
        return letters.next();
    }
    letters.next_if_eq(&' ');
    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
}
