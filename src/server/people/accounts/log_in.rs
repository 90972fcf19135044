//! Logging in: tries are counted before anything is hashed, and unknown accounts take as long and sound the same as wrong passwords (A3).

use super::attempts::{Limit, SLOWLY, Tried, begin, succeeded};
use super::{LetIn, LogInOutcome, wait_words};
use crate::domain::people::address::parse_mobile;
use crate::domain::people::logged_in::LogInSide;
use crate::domain::text;
use crate::domain::time::MINUTE;
use crate::domain::{FieldErrors, LoggedIn, Parsed};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::error::Result;
use crate::server::people::password::{self, rules};
use crate::server::people::visitor::Visitor;
use crate::server::store::people::{self, StoredLogIn};

/// Wrong passwords from one address, whatever the account.
const FROM_ADDRESS: Limit = Limit::Within { most: 100, within: 15 * MINUTE };
/// Wrong passwords of one account from one address, and those of a browser that was logged in to it before.
pub const AT_ONE_PLACE: Limit = Limit::Within { most: 10, within: 15 * MINUTE };
/// Wrong passwords of one account, wherever they come from.
const ON_ACCOUNT: Limit = Limit::Slowly { free: 20, waits: SLOWLY };

/// What is said to those who have to wait: how they get in nevertheless.
const BUYERS_WAY_OUT: &str = "；着急的话，请联系商家，凭一次性链接设置新密码";
const STAFFS_WAY_OUT: &str = "；着急的话，请店主在「员工」里为你重置密码；店主本人请联系系统管理员";

/// Lets a buyer in.
pub async fn log_in_buyer(app: &App, visitor: &Visitor, phone: &str, password: &str) -> Result<LogInOutcome> {
    let phone = match typed(("phone", parse_mobile(phone).map_err(str::to_owned)), password) {
        Ok(phone) => phone,
        Err(errors) => return Ok(LogInOutcome::Wrong(errors)),
    };
    let stored = people::buyer_log_in(&mut *app.db.reader().await?, &phone).await?;
    let attempt =
        Try { visitor, side: LogInSide::Buyer, account: &phone, password, wrong: "手机号或密码不正确", way_out: BUYERS_WAY_OUT };
    attempt.enter(app, stored, LoggedIn::Buyer).await
}

/// Lets a member of staff in.
pub async fn log_in_staff(app: &App, visitor: &Visitor, login: &str, password: &str) -> Result<LogInOutcome> {
    let name = text::tidy(login);
    let filled = if name.is_empty() { Err("请填写账号".to_owned()) } else { Ok(name) };
    let login = match typed(("login", filled), password) {
        Ok(login) => login,
        Err(errors) => return Ok(LogInOutcome::Wrong(errors)),
    };
    let stored = people::staff_log_in(&mut *app.db.reader().await?, &login).await?;
    let attempt =
        Try { visitor, side: LogInSide::Staff, account: &login, password, wrong: "账号或密码不正确", way_out: STAFFS_WAY_OUT };
    attempt.enter(app, stored, LoggedIn::Staff).await
}

/// The account's name, if both fields hold something that could be right.
fn typed((field, account): (&str, std::result::Result<String, String>), password: &str) -> Parsed<String> {
    let mut errors = FieldErrors::default();
    let account = errors.check(field, account);
    // What a keyboard may have added in another spelling is not counted: only the endless is refused.
    if password.is_empty() || password.chars().count() > 4 * rules::MOST {
        errors.add("password", "请填写密码");
    }
    match account {
        Some(account) if errors.is_empty() => Ok(account),
        _ => Err(errors),
    }
}

/// One try: who, from where, with what.
struct Try<'a> {
    visitor: &'a Visitor,
    side: LogInSide,
    account: &'a str,
    password: &'a str,
    wrong: &'static str,
    way_out: &'static str,
}

/// The names under which tries to log in to an account count. Of a browser that knows the account its own tries alone count: strangers do not bar it.
struct LogInTries {
    address: Tried,
    account: Vec<Tried>,
}

impl LogInTries {
    fn of(app: &App, visitor: &Visitor, side: LogInSide, account: &str) -> Self {
        let (network, account) = (visitor.network.as_str(), format!("{} {account}", side.key()));
        let address = Tried::new(app, &format!("log-in @{network}"), FROM_ADDRESS);
        let account = match visitor.known_to(app, &account) {
            Some(known) => vec![Tried::new(app, &known, AT_ONE_PLACE)],
            None => vec![Tried::new(app, &format!("{account} @{network}"), AT_ONE_PLACE), Tried::new(app, &account, ON_ACCOUNT)],
        };
        Self { address, account }
    }

    fn all(&self) -> Vec<&Tried> {
        std::iter::once(&self.address).chain(&self.account).collect()
    }
}

impl Try<'_> {
    async fn enter(&self, app: &App, stored: Option<StoredLogIn>, who: fn(i64) -> LoggedIn) -> Result<LogInOutcome> {
        let (now, counted) = (app.now(), LogInTries::of(app, self.visitor, self.side, self.account));
        if let Some(wait) = begin(&app.db, now, &counted.all()).await? {
            return Ok(LogInOutcome::Barred(wait_words("登录失败", wait, self.way_out)));
        }
        let hash = stored.as_ref().map(|stored| stored.password_hash.clone());
        let right = password::verify(self.password.to_owned(), hash).await?;
        let Some(stored) = stored.filter(|_| right) else {
            return Ok(LogInOutcome::Wrong(FieldErrors::one("password", self.wrong)));
        };
        let mut tx = app.db.write().await?;
        succeeded(&mut tx, now, &[&counted.address], &counted.account.iter().collect::<Vec<_>>()).await?;
        tx.commit().await?;
        let who = who(stored.id);
        let account = format!("{} {}", self.side.key(), self.account);
        Ok(LogInOutcome::In(LetIn::new(app, self.visitor, who, stored.generation, &account)))
    }
}

/// A stranger's guesses are forgotten: whoever has set a new password by a link can use it at once.
pub(super) async fn forgive(app: &App, tx: &mut Tx, visitor: &Visitor, who: LoggedIn, account: &str) -> Result<()> {
    let counted = LogInTries::of(app, visitor, who.side(), account);
    let on_account = Tried::new(app, &format!("{} {account}", who.side().key()), ON_ACCOUNT);
    let own: Vec<&Tried> = counted.account.iter().chain([&on_account]).collect();
    succeeded(tx, app.now(), &[], &own).await
}
