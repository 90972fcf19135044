//! A form acts once: sent again it finds its first effect, and with other content under the same key it is refused (M9, R2).

use super::Refusal;

/// What a form asks for: the key it was drawn with, and a fingerprint of where it was sent and what it said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Empty: no form asked, or one that carried no key.
    pub key: String,
    pub fingerprint: String,
}

impl Request {
    /// Refuses a form that carries no key: what it makes could be made twice.
    pub fn require_key(&self) -> Result<(), Refusal> {
        if self.key.is_empty() { Err(Refusal::FormWithoutKey) } else { Ok(()) }
    }

    /// What this very form has done before, if it has. `found` is what is stored under its key, with the fingerprint of what was asked;
    /// `None` for the fingerprint is from before it was kept, and counts as the same.
    pub fn first_effect<T>(&self, found: Option<(T, Option<String>)>) -> Result<Option<T>, Refusal> {
        match found {
            Some((_, Some(asked))) if asked != self.fingerprint => Err(Refusal::FormUsed),
            other => Ok(other.map(|(effect, _)| effect)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(fingerprint: &str) -> Request {
        Request { key: "k".to_owned(), fingerprint: fingerprint.to_owned() }
    }

    #[test]
    fn the_same_form_finds_its_first_effect_and_another_under_its_key_is_refused() {
        assert_eq!(asked("a").first_effect::<i64>(None), Ok(None));
        assert_eq!(asked("a").first_effect(Some((7, Some("a".to_owned())))), Ok(Some(7)));
        assert_eq!(asked("b").first_effect(Some((7, Some("a".to_owned())))), Err(Refusal::FormUsed));
    }

    #[test]
    fn what_was_asked_before_fingerprints_were_kept_counts_as_the_same() {
        assert_eq!(asked("b").first_effect(Some((7, None))), Ok(Some(7)));
    }

    #[test]
    fn what_makes_something_needs_a_key() {
        assert_eq!(Request::default().require_key(), Err(Refusal::FormWithoutKey));
        assert_eq!(asked("a").require_key(), Ok(()));
    }
}
