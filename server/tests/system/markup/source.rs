//! Tests that text which Leptos does not escape, or which browsers parse specially, is written in few places only.

use std::fs;
use std::path::Path;

/// Elements whose text is not escaped or is parsed specially; and ways to write raw HTML.
const RAW: [&str; 14] = [
    "<textarea",
    "<script",
    "<style",
    "<noscript",
    "<title",
    "<iframe",
    "<xmp",
    "<noembed",
    "<noframes",
    "<plaintext",
    "<template",
    "inner_html",
    "srcdoc",
    "html::element",
];

/// The allowed places, each with what it writes there.
const ALLOWED: [(&str, &str); 7] = [
    // This escapes it.
    ("components/textarea.rs", "<textarea"),
    ("components/textarea.rs", "inner_html"),
    // The output of Markdown, without elements of the author.
    ("components/markdown.rs", "inner_html"),
    // Drawings of this project.
    ("components/icon.rs", "inner_html"),
    // Inside a drawing, where text is escaped.
    ("components/chart.rs", "<title"),
    // Contains no text.
    ("document.rs", "<script"),
    ("pages/import_status.rs", "<noscript"),
];

#[test]
fn nothing_is_written_unescaped_but_where_it_is_known_to_be_harmless() {
    let mut found = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    look_into(&folder, &folder, &mut found);
    let unknown: Vec<_> = found.iter().filter(|(file, raw)| !ALLOWED.contains(&(file.as_str(), raw))).collect();
    assert!(unknown.is_empty(), "escape it, or say here why it is harmless: {unknown:?}");
    let gone: Vec<_> = ALLOWED.iter().filter(|(file, raw)| !found.contains(&((*file).to_owned(), raw))).collect();
    assert!(gone.is_empty(), "this is no longer there: {gone:?}");
}

fn look_into(folder: &Path, root: &Path, found: &mut Vec<(String, &'static str)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look_into(&path, root, found);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n").replace("< ", "<");
        let file = path.strip_prefix(root).unwrap().to_str().unwrap();
        found.extend(RAW.iter().filter(|raw| code.contains(**raw)).map(|raw| (file.to_owned(), *raw)));
    }
}
