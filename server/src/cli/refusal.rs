//! How the command line says why a change was refused.

use program::refusal::Refusal;

/// Returns the sentence of a refusal. A field is called by its option, which is its name with hyphens unless `options` has
/// another; an empty one leaves it out.
pub fn said(refusal: Refusal, options: &[(&str, &str)]) -> String {
    if refusal.fields.is_empty() {
        return refusal.error.to_string();
    }
    let sentences =
        refusal.fields.into_iter().map(|(field, sentence)| match options.iter().find(|(known, _)| *known == field) {
            Some((_, "")) => sentence,
            Some((_, option)) => format!("{option}: {sentence}"),
            None => format!("--{}: {sentence}", field.replace('_', "-")),
        });
    sentences.collect::<Vec<_>>().join(" ")
}
