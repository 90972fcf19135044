//! The last word before an account is closed.

use crate::http::form::Form;
use crate::server::people::erasure::ClosingRequest;

/// Reads `current_password`, `understood` and `give_up`. What is missing is told together with what stands in the way.
pub fn closing(form: &Form) -> ClosingRequest {
    ClosingRequest {
        current_password: form.get("current_password").to_owned(),
        understood: form.has("understood"),
        give_up: form.has("give_up"),
    }
}
