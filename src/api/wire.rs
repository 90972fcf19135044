//! A form on its way to a server function: sent as the browser sends it to its page, read by the rule of that page.

#[cfg_attr(feature = "ssr", path = "wire/server.rs")]
#[cfg_attr(not(feature = "ssr"), path = "wire/browser.rs")]
pub(super) mod side;

use side::FormBody;

/// How server functions are called: `POST`, the form as the body, `?of=` what it is about; JSON comes back.
pub struct FormPost;

/// A form, and the number of what it is about: `G2611-1`.
#[derive(Debug)]
pub struct SentForm {
    pub number: String,
    pub form: FormBody,
}
