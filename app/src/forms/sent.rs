//! A form sent by a browser, from its arrival to the page that answers it.
//!
//! The server puts [`SentForm`] into the request of a form. A form that changes nothing stores there which page it
//! belongs to; the server then renders that page with [`Returned`] in its request, as the answer to the POST itself. So
//! nothing that was typed goes into a URL.

use http::StatusCode;
use http::request::Parts;
use leptos::prelude::{use_context, with_context};
use std::sync::{Arc, Mutex, PoisonError};

/// Marks the request of a form that a browser sent, and stores the refusal if it changes nothing.
#[derive(Debug, Clone, Default)]
pub struct SentForm(Arc<Mutex<Option<Refused>>>);

/// Why a form changed nothing, for its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The path and query of the page that the form belongs to.
    pub page: String,
    /// The fields that the page shows instead of its query: what was typed, and why it was refused.
    pub typed: Vec<(String, String)>,
    /// The HTTP status of the answer.
    pub status: StatusCode,
}

impl SentForm {
    /// Returns the form of the current request, if a browser sent it. Call this before the first `await`, or in a
    /// function that the form calls.
    #[must_use]
    pub fn current() -> Option<SentForm> {
        use_context::<Parts>()?.extensions.get::<SentForm>().cloned()
    }

    /// Stores why the form changes nothing.
    pub fn refuse(&self, refused: Refused) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(refused);
    }

    /// Takes the stored refusal, if there is one.
    #[must_use]
    pub fn take(&self) -> Option<Refused> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A form that is returned to its page because it changed nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// The address the form was sent to.
    pub action: String,
    /// The page's own address, without the query that the fields replace.
    pub address: String,
    /// The fields by name; for a repeated name the first counts.
    pub fields: Vec<(String, String)>,
    /// The error, if it belongs to no field.
    pub sentence: Option<String>,
}

impl Returned {
    /// Returns the form of the current page, if one was returned to it.
    #[must_use]
    pub fn current() -> Option<Returned> {
        use_context::<Parts>()?.extensions.get::<Returned>().cloned()
    }

    /// Returns the path to put before links of the current page that consist of a query only. It is empty unless a form
    /// was returned: then the browser's address is still that of the form.
    #[must_use]
    pub fn path() -> String {
        let address = Returned::current().map(|returned| returned.address).unwrap_or_default();
        address.split(['?', '#']).next().unwrap_or_default().to_owned()
    }

    /// Returns whether the row with this value was ticked when the form was sent from the list that is shown again.
    #[must_use]
    pub fn is_ticked(name: &str, value: &str) -> bool {
        let ticked = with_context::<Parts, _>(|parts| {
            let returned = parts.extensions.get::<Returned>();
            returned.is_some_and(|returned| returned.is_of_ticked() && returned.all(name).any(|sent| sent == value))
        });
        ticked.unwrap_or(false)
    }

    /// Returns whether this is the form of the ticked rows of the page, which leads back to it. The form of a single row
    /// names the next one.
    fn is_of_ticked(&self) -> bool {
        let path = |address: &str| address.split(['?', '#']).next().unwrap_or_default().to_owned();
        self.field("next").is_none() && self.field("back").is_some_and(|back| path(back) == path(&self.address))
    }

    /// Returns the value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns every value of a field.
    pub fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
