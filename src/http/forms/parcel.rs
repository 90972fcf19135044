//! Parcels as buyers and staff type them.

use crate::domain::{FieldErrors, Parcel, Parsed};
use crate::http::form::Form;

/// Reads `carrier` and `tracking`.
pub fn parcel(form: &Form) -> Parsed<Parcel> {
    Parcel::parse(form.get("carrier"), form.get("tracking"))
}

/// The question beside a number that does not look like its courier's, unless `confirmed` answers it.
pub fn doubt(form: &Form) -> Option<FieldErrors> {
    let words = parcel(form).ok()?.ask(form.get("confirmed"))?;
    Some(FieldErrors::one("tracking", words))
}

/// What the question is about, so that a number changed once more is looked at once more.
pub fn in_doubt(form: &Form) -> Option<String> {
    let parcel = parcel(form).ok()?;
    parcel.doubt().map(|_| parcel.show())
}

/// A parcel whose number looks right or was confirmed.
pub fn confirmed(form: &Form) -> Parsed<Parcel> {
    let parcel = parcel(form)?;
    doubt(form).map_or(Ok(parcel), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_number_is_asked_about_once_and_again_once_changed() {
        let odd = Form::of(&[("carrier", "sf"), ("tracking", "1234567890")]);
        assert!(doubt(&odd).is_some() && confirmed(&odd).is_err());
        let parcel = in_doubt(&odd).unwrap_or_default();
        let answered = Form::of(&[("carrier", "sf"), ("tracking", "1234567890"), ("confirmed", &parcel)]);
        assert!(doubt(&answered).is_none() && confirmed(&answered).is_ok());
        assert!(doubt(&Form::of(&[("carrier", "sf"), ("tracking", "1234567899"), ("confirmed", &parcel)])).is_some());
        assert!(doubt(&Form::of(&[("carrier", "sf"), ("tracking", "SF1234567890123")])).is_none());
    }
}
