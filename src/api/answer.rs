//! What a server function answers, as it travels to the browser.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// The form has done its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneInPlace {
    /// The page that shows it.
    pub to: String,
    /// What is said of it.
    pub words: String,
    /// What was wanted has not come about.
    pub warned: bool,
}

/// The form was read and refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub status: u16,
    pub summary: String,
    /// What is wrong with each field, by its name.
    pub fields: Vec<(String, String)>,
    /// Hidden fields as they are to be sent from now on: a fresh key, a number that is asked about.
    pub hidden: Vec<(String, String)>,
}

/// Why a form has not done its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    Refused(Refused),
    /// The page of the form has to answer: to log in first, or with its page for errors.
    ByPage(u16),
    /// No answer came: whether the form did its work is not known, and sending it again under its key does no harm.
    Lost,
}

impl ApiError {
    /// The status that the answer has.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(refused) => refused.status,
            Self::ByPage(status) => *status,
            Self::Lost => 503,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Lost
    }
}
