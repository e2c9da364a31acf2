//! Values from outside, quoted in messages.

pub(crate) const MAX_EXCERPT: usize = 60;

/// Returns a value for a message: short, on one line, without control characters.
pub(crate) fn excerpt(value: &str) -> String {
    let mut shown: String =
        value.chars().take(MAX_EXCERPT).map(|c| if is_unsafe(c) || c == '\n' || c == '\t' { ' ' } else { c }).collect();
    if value.chars().nth(MAX_EXCERPT).is_some() {
        shown.push('…');
    }
    shown
}

pub(crate) fn is_unsafe(c: char) -> bool {
    // Direction marks could make a message or a caption look like something else.
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_and_on_one_line() {
        assert_eq!(excerpt("a\nb\0c"), "a b c");
        assert_eq!(excerpt(&"é".repeat(1_000)).chars().count(), MAX_EXCERPT + 1);
    }
}
