//! The form that creates an API key.

use super::record::KeyScope;
use compliance::name;
use compliance::name::InvalidName;

/// What is typed to create a key.
#[derive(Debug, Clone, Copy)]
pub struct KeyForm<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its scope.
    pub scope: &'a str,
}

/// The longest name of a key, in characters.
const LONGEST_NAME: usize = 80;

/// The errors of the form: at its name, and at its scope.
#[must_use]
pub fn key_errors(name: &str, scope: &str) -> [Option<String>; 2] {
    [key_name(name).err(), key_scope(scope).err().map(str::to_owned)]
}

/// Reads the scope of a key; the error is the sentence shown at the field.
pub fn key_scope(text: &str) -> Result<KeyScope, &'static str> {
    KeyScope::from_name(text).ok_or("Choose what the key may do.")
}

/// Parses the name of a key; the error is the sentence shown at the field.
pub fn key_name(text: &str) -> Result<String, String> {
    name::parse(text, LONGEST_NAME).map_err(|error| match error {
        InvalidName::Empty => "Give the key a name, such as that of the program that uses it.".to_owned(),
        error => error.to_string(),
    })
}
