//! Who stands at the door: from where, with what, and whether this browser has been let in before.

use crate::server::app::App;
use crate::server::clock::random_u64;

/// A browser that tries to log in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Whom its tries are counted for, as its address tells.
    pub network: String,
    /// `Chrome · Windows`, for the list of log-ins.
    pub device: String,
    /// By what it says it was known to accounts that it has logged in to.
    pub known: Vec<String>,
}

impl Visitor {
    /// The name under which this browser's tries count, if it was logged in to the account before: then a stranger's guesses elsewhere do not bar it.
    pub fn known_to(&self, app: &App, account: &str) -> Option<String> {
        let of_account = |value: &&String| value.split_once('.').is_some_and(|(nonce, proof)| proof == proof_of(app, account, nonce));
        self.known.iter().find(of_account).map(|value| format!("known {value}"))
    }
}

/// What a browser that has logged in to the account is known by from now on. Only this installation can have written it.
pub fn known_by(app: &App, account: &str) -> String {
    let nonce = format!("{:016x}", random_u64());
    let proof = proof_of(app, account, &nonce);
    format!("{nonce}.{proof}")
}

fn proof_of(app: &App, account: &str, nonce: &str) -> String {
    app.secrets.blinded(&format!("known browser\n{account}\n{nonce}"))
}
