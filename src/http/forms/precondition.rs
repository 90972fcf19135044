//! What every form that changes something says of itself.

use crate::http::form::Form;
use crate::server::orders::Precondition;

impl Precondition {
    /// Reads `version` and the key of the form; a version that is no number is none.
    pub fn of(form: &Form) -> Self {
        Self { version: form.get("version").parse().ok(), request: form.request() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_or_there_is_none() {
        let version = |typed: &str| Precondition::of(&Form::of(&[("version", typed)])).version;
        assert_eq!((version("3"), version(""), version("three")), (Some(3), None, None));
        assert_eq!(Precondition::of(&Form::default()).version, None);
    }
}
