//! A form that a browser sent, from its arrival to the page that answers it.
//!
//! The server puts [`SentForm`] into the request of a form. A form that changes nothing says there which page it belongs
//! to; the server then renders that page with [`Returned`] in its request, as the answer to the POST itself. So nothing
//! that was typed travels in an address.

use http::request::Parts;
use leptos::prelude::use_context;
use std::sync::{Arc, Mutex, PoisonError};

/// Marks the request of a form that a browser sent, and takes what the form says if it changes nothing.
#[derive(Debug, Clone, Default)]
pub struct SentForm(Arc<Mutex<Option<Refused>>>);

/// Why a form changed nothing, in the words of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The path and query of the page that the form belongs to.
    pub page: String,
    /// What that page is to show in place of its query: what was typed, and why it was refused.
    pub typed: Vec<(String, String)>,
    /// The HTTP status of the answer.
    pub status: u16,
}

impl SentForm {
    /// The form at hand, if a browser sent it. Ask before the first `await`, or in a function that the form calls.
    #[must_use]
    pub fn current() -> Option<SentForm> {
        use_context::<Parts>()?.extensions.get::<SentForm>().cloned()
    }

    /// Says why the form changes nothing.
    pub fn refuse(&self, refused: Refused) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(refused);
    }

    /// Takes what the form said, if it changed nothing.
    #[must_use]
    pub fn take(&self) -> Option<Refused> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What comes back into a page whose form changed nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// Where the form was sent.
    pub action: String,
    /// The page's own address, without the query that the fields stand for.
    pub address: String,
    /// The fields, by name; the first of a name counts.
    pub fields: Vec<(String, String)>,
    /// What went wrong, where no field is at fault.
    pub sentence: Option<String>,
}

impl Returned {
    /// What comes back into the page at hand, if a form of it changed nothing.
    #[must_use]
    pub fn current() -> Option<Returned> {
        use_context::<Parts>()?.extensions.get::<Returned>().cloned()
    }

    /// The path that links of the page at hand begin with where they name only a query: empty, unless a form came back. Then
    /// the browser still has the address of the form.
    #[must_use]
    pub fn path() -> String {
        let address = Returned::current().map(|returned| returned.address).unwrap_or_default();
        address.split(['?', '#']).next().unwrap_or_default().to_owned()
    }

    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
