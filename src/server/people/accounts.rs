//! Accounts: registering, logging in on either side of the counter, passwords, and the ways back in.

pub mod attempts;
pub mod links;
mod log_in;
pub mod own;
mod register;
mod shop;
mod staff;
pub mod team;

pub use log_in::{log_in_buyer, log_in_staff};
pub use register::register;
pub use shop::create_shop;
pub use staff::create_staff;

use super::password::rules::{self, Weakness};
use super::visitor::{Visitor, known_by};
use crate::domain::time::MINUTE;
use crate::domain::{FieldErrors, LoggedIn};
use crate::server::app::App;
use crate::server::ctx::sessions::log_in::LogIn;
use crate::server::store::people::StoredLogIn;

/// How a try to get in ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogInOutcome {
    In(LetIn),
    Wrong(FieldErrors),
    /// Too many tries: the words say when to come back.
    Barred(FieldErrors),
}

/// Somebody who was let in: what their session keeps from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetIn {
    pub who: LoggedIn,
    pub log_in: LogIn,
    /// What the browser is known by to the account from now on.
    pub known_by: String,
}

impl LetIn {
    fn new(app: &App, visitor: &Visitor, who: LoggedIn, generation: i64, account: &str) -> Self {
        let log_in = LogIn::new(who, generation, &visitor.device, app.machine_now());
        Self { who, log_in, known_by: known_by(app, account) }
    }
}

/// A new password for the owner of this log-in.
fn accept(typed: &str, owner: &StoredLogIn) -> Result<String, Weakness> {
    rules::accept(typed, &[&owner.login, &owner.name, &owner.shop])
}

fn wait_words(what: &str, wait: i64, way_out: &str) -> FieldErrors {
    let minutes = ((wait + MINUTE - 1) / MINUTE).max(1);
    FieldErrors::one("", format!("{what}次数过多，请 {minutes} 分钟后再试{way_out}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_whole_minutes() {
        assert_eq!(wait_words("登录失败", MINUTE + 1, "").of("").as_deref(), Some("登录失败次数过多，请 2 分钟后再试"));
    }
}
