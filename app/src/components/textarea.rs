//! A text area.

use leptos::prelude::*;

/// A text area. Its id is its name.
///
/// Only this component may write a `<textarea>`, because Leptos does not escape text inside one. A test checks that.
#[component]
pub fn Textarea(
    /// The name in the form, and the id.
    name: &'static str,
    /// The text.
    #[prop(into)]
    value: String,
    /// The number of visible lines.
    rows: &'static str,
    /// Classes in addition to `input`.
    class: &'static str,
    /// The longest text, in characters.
    #[prop(optional)]
    longest: Option<usize>,
    /// Whether it contains handles and addresses, which the browser should not correct.
    #[prop(optional)]
    of_names: bool,
    /// The ids of the elements that describe it.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
    /// Whether it has an error.
    #[prop(optional)]
    invalid: bool,
    /// Whether the text is there to be copied only.
    #[prop(optional)]
    readonly: bool,
) -> impl IntoView {
    view! {
        <textarea
            class=format!("input {class}")
            rows=rows
            id=name
            name=name
            maxlength=longest
            spellcheck=of_names.then_some("false")
            autocapitalize=of_names.then_some("off")
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            readonly=readonly
            inner_html=as_html(&value)
        ></textarea>
    }
    .into_any()
}

/// Returns the text as the content of a `<textarea>` (HTML, section 13.1.2.6): no tag ends it, no character reference
/// in it is decoded, and a first line break is doubled, because parsers drop one.
fn as_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    if text.starts_with(['\n', '\r']) {
        html.push('\n');
    }
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            letter => html.push(letter),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn no_text_ends_the_field_or_turns_into_another_one() {
        for (text, html) in [
            ("", ""),
            ("</textarea><b>", "&lt;/textarea&gt;&lt;b&gt;"),
            ("&lt;500&gt;", "&amp;lt;500&amp;gt;"),
            ("\nsecond line", "\n\nsecond line"),
            ("\r\nsecond line", "\n\r\nsecond line"),
            ("first\n", "first\n"),
        ] {
            assert_eq!(as_html(text), html, "{text:?}");
        }
    }
}
