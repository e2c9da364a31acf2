//! Renders notes as HTML. HTML in notes is shown as text, links may only lead to the web, and pictures are not loaded.

use leptos::prelude::*;
use pulldown_cmark::{Alignment, CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Notes in Markdown.
#[component]
pub fn Markdown(
    /// The notes as typed.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=as_html(&text) /> }
}

/// Renders Markdown to HTML with only Markdown's own elements, no addresses other than web addresses, and nothing that
/// loads by itself.
fn as_html(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    let safe = parser.map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        // A picture becomes a link with its text.
        Event::Start(Tag::Link { link_type, dest_url, title, id } | Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: web_address(dest_url), title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        // Headings become paragraphs: a page's headings are its own.
        Event::Start(Tag::Heading { .. }) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Paragraph),
        // Alignment would become a `style` attribute, which the Content-Security-Policy blocks.
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        other => other,
    });
    let mut page = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut page, safe);
    page
}

fn web_address(address: CowStr<'_>) -> CowStr<'_> {
    let lower = address.trim().to_ascii_lowercase();
    let leads_to_the_web = ["https://", "http://", "mailto:"].iter().any(|start| lower.starts_with(start));
    if leads_to_the_web { address } else { CowStr::Borrowed("#") }
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn notes_are_rendered() {
        let html = as_html("**Paid** until _June_:\n\n- one\n- [two](https://example.com)\n");
        assert_eq!(
            html,
            "<p><strong>Paid</strong> until <em>June</em>:</p>\n<ul>\n<li>one</li>\n<li><a href=\"https://example.com\">two</a></li>\n</ul>\n"
        );
    }

    #[test]
    fn a_table_is_rendered_without_styles() {
        let html = as_html("a | b\n:-: | --:\n1 | 2\n");
        assert!(html.contains("<th>a</th>") && html.contains("<td>2</td>") && !html.contains("style"), "{html}");
    }

    #[test]
    fn nothing_in_them_runs_or_loads() {
        let hostile = [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<a href=\"javascript:alert(1)\">x</a>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "![x](https://example.com/pixel.gif)",
            "![x](javascript:alert(1))",
            "<svg/onload=alert(1)>",
            "[x]: javascript:alert(1)\n\n[x]",
            "<javascript:alert(1)>",
            "\"><script>alert(1)</script>",
        ];
        for text in hostile {
            let html = as_html(text).to_lowercase();
            // Every remaining tag is one of Markdown's (in texts, `<` is escaped), and links only lead to the web.
            for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)) {
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or(tag);
                assert!(["p", "a", "em", "strong", "code", "pre"].contains(&name), "{text} became {html}");
                for forbidden in ["javascript", "data:", "onerror", "onload", "src="] {
                    assert!(!tag.contains(forbidden), "{text} became {html}");
                }
            }
        }
    }
}
