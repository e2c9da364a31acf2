//! Reads the style sheet that ships and asks tailwind-rs-core, which shares no code with the official compiler, what
//! each utility of a list should declare. The list holds only utilities that our sources use and the crate gets right;
//! it says nothing of those that the crate gets wrong (see docs/decisions/029-style-sheet.md), which are not listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tailwind_rs_core::css_generator::CssGenerator;

/// Used in `app/src`, and declared alike by both compilers.
const UTILITIES: &[&str] = &[
    "absolute",
    "block",
    "border",
    "border-b",
    "border-t",
    "fixed",
    "flex",
    "flex-col",
    "flex-wrap",
    "font-medium",
    "font-semibold",
    "gap-1",
    "gap-2",
    "gap-3",
    "gap-4",
    "gap-5",
    "gap-6",
    "gap-x-3",
    "gap-y-3",
    "grid",
    "grid-cols-2",
    "hidden",
    "inline-flex",
    "items-center",
    "items-start",
    "justify-between",
    "justify-center",
    "justify-end",
    "max-w-2xl",
    "max-w-full",
    "max-w-xl",
    "min-w-0",
    "mt-1",
    "mt-3",
    "mx-auto",
    "p-4",
    "px-4",
    "py-2",
    "py-3",
    "relative",
    "rounded-md",
    "shrink-0",
    "size-5",
    "sticky",
    "truncate",
    "whitespace-nowrap",
];

type Declarations = BTreeSet<(String, String)>;

#[test]
fn utilities_tailwind_rs_gets_right_are_declared_as_it_declares_them() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site/pkg/creator-goals.css");
    let css = fs::read_to_string(path).expect("the style sheet is built: run scripts/build-frontend.sh");
    let theme = theme(&css);
    let generator = CssGenerator::new();

    let mut differences = Vec::new();
    for utility in UTILITIES {
        let ours = ours(&css, utility, &theme);
        let theirs = generator.class_to_properties(utility).map(|properties| {
            properties.iter().flat_map(|property| declarations(&property.name, &property.value, &theme)).collect()
        });
        match (ours, theirs) {
            (None, _) => differences.push(format!("{utility}: not in the style sheet; is it still used?")),
            (_, Err(error)) => differences.push(format!("{utility}: tailwind-rs-core says {error}")),
            (Some(ours), Ok(theirs)) if ours != theirs => {
                differences.push(format!("{utility}:\n  ours   {ours:?}\n  theirs {theirs:?}"));
            }
            _ => {}
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The custom properties that the theme gives `:root`.
fn theme(css: &str) -> BTreeMap<String, String> {
    let (_, rest) = css.split_once(":root,:host{").expect("a theme");
    let (body, _) = rest.split_once('}').expect("the theme ends");
    body.split(';').filter_map(|line| line.split_once(':')).map(|(name, value)| (name.into(), value.into())).collect()
}

/// What the style sheet declares for `.utility`, wherever the minifier put it; `None` if nothing.
fn ours(css: &str, utility: &str, theme: &BTreeMap<String, String>) -> Option<Declarations> {
    let wanted = format!(".{}", utility.replace('.', "\\.").replace('/', "\\/"));
    let mut found = None;
    for rule in css.split('}') {
        let Some((before, body)) = rule.rsplit_once('{') else { continue };
        let selectors = before.rsplit(['{', ';']).next().unwrap_or(before);
        if selectors.split(',').any(|selector| selector.trim() == wanted) {
            let found = found.get_or_insert_with(Declarations::new);
            for (name, value) in body.split(';').filter_map(|line| line.split_once(':')) {
                found.extend(declarations(name, value, theme));
            }
        }
    }
    found
}

/// One declaration in its simplest form: physical sides, theme values inserted, products of lengths computed. What only
/// prepares other utilities (`--tw-…`, and the border style that the reset sets to solid anyway) is left out.
fn declarations(name: &str, value: &str, theme: &BTreeMap<String, String>) -> Vec<(String, String)> {
    if name.starts_with("--tw-") || value.contains("var(--tw-") {
        return Vec::new();
    }
    let names = match name.strip_suffix("-inline").map(|base| (base, ["left", "right"])) {
        Some((base, sides)) => sides.map(|side| format!("{base}-{side}")).to_vec(),
        None => match name.strip_suffix("-block") {
            Some(base) => ["top", "bottom"].map(|side| format!("{base}-{side}")).to_vec(),
            None => vec![name.to_owned()],
        },
    };
    let value = plain(value, theme);
    names.into_iter().map(|name| (name, value.clone())).collect()
}

/// `calc(var(--spacing) * 6)` is `1.5rem`; `var(--radius-md)`, `.375rem` and, at the size browsers start
/// from, `6px` are `0.375rem`.
fn plain(value: &str, theme: &BTreeMap<String, String>) -> String {
    let value = value.trim();
    if let Some(name) = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) {
        return theme.get(name).map_or_else(|| value.to_owned(), |value| plain(value, theme));
    }
    if let Some(product) = value.strip_prefix("calc(").and_then(|rest| rest.strip_suffix(')'))
        && let Some((length, factor)) = product.split_once(" * ")
        && let Some(length) = plain(length, theme).strip_suffix("rem").and_then(|number| number.parse::<f64>().ok())
        && let Ok(factor) = factor.parse::<f64>()
    {
        return format!("{}rem", length * factor);
    }
    if let Some(pixels) = value.strip_suffix("px").and_then(|number| number.parse::<f64>().ok())
        && pixels > 1.0
    {
        return format!("{}rem", pixels / 16.0);
    }
    if value.starts_with('.') { format!("0{value}") } else { value.replace(", ", ",") }
}
