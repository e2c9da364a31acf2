//! The secrets of API keys: generated here, shown once, stored only as a hash.

use crate::ids::ApiKeyId;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::OnceLock;

/// The prefix of every secret, by which leaked ones are recognised.
const PREFIX: &str = "cg_";

/// The number of random bytes in a secret.
const BYTES: usize = 32;

/// The number of last characters that are shown to tell keys apart.
const HINT: usize = 4;

/// The secret of a key: `cg_` and 64 hexadecimal digits. It is shown once, to the person who creates the key; `Debug`
/// does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Generates a secret from the system's random numbers.
    pub fn generate() -> Result<Secret, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Secret::from_bytes(&bytes))
    }

    /// Derives the secret for an id from random bytes that this process generates once and never stores. It is as
    /// unpredictable as a generated one.
    pub fn of(id: ApiKeyId) -> Result<Secret, getrandom::Error> {
        static CHOSEN: OnceLock<[u8; BYTES]> = OnceLock::new();
        let mut fresh = [0; BYTES];
        getrandom::fill(&mut fresh)?;
        let chosen = CHOSEN.get_or_init(|| fresh);
        let digest = Sha256::new().chain_update(chosen).chain_update(id.uuid().as_bytes()).finalize();
        Ok(Secret::from_bytes(&digest))
    }

    fn from_bytes(bytes: &[u8]) -> Secret {
        Secret(format!("{PREFIX}{}", hex::encode(bytes)))
    }

    /// Parses a secret; `None` if the text cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Secret> {
        let digits = text.strip_prefix(PREFIX)?;
        let is_key = digits.len() == 2 * BYTES && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_key.then(|| Secret(text.to_owned()))
    }

    /// Returns the secret as text, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns the SHA-256 hash, which is what is stored. The secret is random, so no salt is needed.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Returns the last characters.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.0[self.0.len() - HINT..]
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret(…{})", self.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_recognised_again_and_never_printed() {
        let secret = Secret::generate().expect("random numbers");
        let again = Secret::parse(secret.reveal()).expect("a key");
        assert_eq!(again.hash(), secret.hash());
        assert!(!format!("{secret:?}").contains(secret.reveal()));
        assert_ne!(Secret::generate().expect("random numbers"), secret);
    }

    #[test]
    fn a_key_is_its_bytes_in_lower_case_digits() {
        let bytes: [u8; BYTES] = std::array::from_fn(|place| u8::try_from(place * 8 + 7).expect("a byte"));
        let digits = "070f171f272f373f474f575f676f777f878f979fa7afb7bfc7cfd7dfe7eff7ff";
        assert_eq!(Secret::from_bytes(&bytes).reveal(), format!("cg_{digits}"));
    }

    #[test]
    fn what_is_no_key_is_not_taken_for_one() {
        let digits = "0".repeat(64);
        for text in
            ["", "cg_", &digits, &format!("cg_{digits}0"), &format!("cg_{}é", "0".repeat(62)), &format!("CG_{digits}")]
        {
            assert_eq!(Secret::parse(text), None, "{text}");
        }
    }
}
