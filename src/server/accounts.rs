//! Accounts: registering, logging in on either side of the counter, logging out.

pub mod attempts;
mod shop;
mod staff;

pub use shop::create_shop;
pub use staff::create_staff;

use super::app::App;
use super::client::ClientAddress;
use super::ctx::{self, LoggedIn};
use super::error::Result;
use super::password;
use super::store::people::{self, NewBuyer, StoredLogIn};
use crate::domain::address::parse_mobile;
use crate::domain::text;
use crate::domain::time::MINUTE;
use crate::domain::{BuyerId, FieldErrors, Parsed};
use attempts::{Limit, Tried};
use tower_sessions::Session;

/// Wrong passwords of one account from one address.
const WRONG_ON_ACCOUNT: Limit = Limit { most: 10, within: 15 * MINUTE };
/// Wrong passwords from one address, whatever the account.
const WRONG_FROM_ADDRESS: Limit = Limit { most: 100, within: 15 * MINUTE };
/// New accounts from one address.
const REGISTERED_FROM_ADDRESS: Limit = Limit { most: 50, within: 60 * MINUTE };

const LEAST_PASSWORD: usize = 8;
const MOST_PASSWORD: usize = 128;

/// How a try to get in ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    In,
    Wrong(FieldErrors),
    /// Too many tries: the words say when to come back.
    Barred(FieldErrors),
}

/// An account to be.
struct NewAccount {
    phone: String,
    name: String,
    password: String,
}

impl NewAccount {
    fn parse(phone: &str, name: &str, password: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let phone = errors.check("phone", parse_mobile(phone));
        let name = errors.text("name", name, 1, 20, "请填写昵称");
        let password = errors.check("password", parse_password(password));
        match (phone, name, password) {
            (Some(phone), Some(name), Some(password)) => Ok(Self { phone, name, password }),
            _ => Err(errors),
        }
    }
}

fn parse_password(typed: &str) -> std::result::Result<String, String> {
    match typed.chars().count() {
        0 => Err("请填写密码".to_owned()),
        few if few < LEAST_PASSWORD => Err(format!("密码至少 {LEAST_PASSWORD} 位")),
        many if many > MOST_PASSWORD => Err(format!("密码最多 {MOST_PASSWORD} 位")),
        _ => Ok(typed.to_owned()),
    }
}

/// Opens an account and logs it in.
pub async fn register(app: &App, session: &Session, from: &ClientAddress, phone: &str, name: &str, password: &str) -> Result<Entry> {
    let account = match NewAccount::parse(phone, name, password) {
        Ok(account) => account,
        Err(errors) => return Ok(Entry::Wrong(errors)),
    };
    let (now, tried) = (app.now(), Tried::new(&format!("register @{from}"), REGISTERED_FROM_ADDRESS));
    if let Some(wait) = tried.barred(&app.db, now).await? {
        return Ok(Entry::Barred(wait_words("注册", wait)));
    }
    tried.note(&app.db, now).await?;
    let id = BuyerId(app.new_id());
    let password_hash = password::hash(account.password).await?;
    let buyer = NewBuyer { id, phone: account.phone, name: account.name, password_hash, at: now };
    let mut tx = app.db.write().await?;
    match people::insert_buyer(tx.conn(), &buyer).await {
        Ok(()) => tx.commit().await?,
        Err(error) if error.is_duplicate() => return Ok(Entry::Wrong(FieldErrors::one("phone", "这个手机号已经注册，请直接登录"))),
        Err(error) => return Err(error),
    }
    ctx::log_in(session, LoggedIn::Buyer(id.0)).await?;
    Ok(Entry::In)
}

/// Lets a buyer in.
pub async fn log_in_buyer(app: &App, session: &Session, from: &ClientAddress, phone: &str, password: &str) -> Result<Entry> {
    let phone = match typed(("phone", parse_mobile(phone).map_err(str::to_owned)), password) {
        Ok(phone) => phone,
        Err(errors) => return Ok(Entry::Wrong(errors)),
    };
    let stored = people::buyer_log_in(&mut *app.db.reader().await?, &phone).await?;
    let found = check(app, &LogIn { account: format!("buyer {phone}"), from, password }, stored, "手机号或密码不正确").await?;
    enter(session, found, LoggedIn::Buyer).await
}

/// Lets a member of staff in.
pub async fn log_in_staff(app: &App, session: &Session, from: &ClientAddress, login: &str, password: &str) -> Result<Entry> {
    let name = text::tidy(login);
    let filled = if name.is_empty() { Err("请填写账号".to_owned()) } else { Ok(name) };
    let login = match typed(("login", filled), password) {
        Ok(login) => login,
        Err(errors) => return Ok(Entry::Wrong(errors)),
    };
    let stored = people::staff_log_in(&mut *app.db.reader().await?, &login).await?;
    let found = check(app, &LogIn { account: format!("staff {login}"), from, password }, stored, "账号或密码不正确").await?;
    enter(session, found, LoggedIn::Staff).await
}

/// The account's name, if both fields hold something that could be right.
fn typed((field, account): (&str, std::result::Result<String, String>), password: &str) -> Parsed<String> {
    let mut errors = FieldErrors::default();
    let account = errors.check(field, account);
    if password.is_empty() || password.chars().count() > MOST_PASSWORD {
        errors.add("password", "请填写密码");
    }
    match account {
        Some(account) if errors.is_empty() => Ok(account),
        _ => Err(errors),
    }
}

/// One try: who, from where, with what.
struct LogIn<'a> {
    account: String,
    from: &'a ClientAddress,
    password: &'a str,
}

/// The id behind the account, or why not. Unknown accounts take as long and sound the same as wrong passwords (A3).
async fn check(app: &App, log_in: &LogIn<'_>, stored: Option<StoredLogIn>, wrong: &str) -> Result<std::result::Result<i64, Entry>> {
    let now = app.now();
    let account = Tried::new(&format!("{} @{}", log_in.account, log_in.from), WRONG_ON_ACCOUNT);
    let address = Tried::new(&format!("log-in @{}", log_in.from), WRONG_FROM_ADDRESS);
    for tried in [&account, &address] {
        if let Some(wait) = tried.barred(&app.db, now).await? {
            return Ok(Err(Entry::Barred(wait_words("登录失败", wait))));
        }
    }
    let (id, hash) = stored.map_or((None, None), |stored| (Some(stored.id), Some(stored.password_hash)));
    let right = password::verify(log_in.password.to_owned(), hash).await?;
    if let Some(id) = id.filter(|_| right) {
        account.forget(&app.db, now).await?;
        return Ok(Ok(id));
    }
    for tried in [&account, &address] {
        tried.note(&app.db, now).await?;
    }
    Ok(Err(Entry::Wrong(FieldErrors::one("password", wrong))))
}

async fn enter(session: &Session, found: std::result::Result<i64, Entry>, who: fn(i64) -> LoggedIn) -> Result<Entry> {
    match found {
        Ok(id) => ctx::log_in(session, who(id)).await.map(|()| Entry::In),
        Err(refused) => Ok(refused),
    }
}

fn wait_words(what: &str, wait: i64) -> FieldErrors {
    let minutes = (wait + MINUTE - 1) / MINUTE;
    FieldErrors::one("", format!("{what}次数过多，请 {minutes} 分钟后再试"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_names_every_field_that_is_wrong() {
        let errors = NewAccount::parse("1380000", "", "short").err().unwrap_or_default();
        assert_eq!(errors.fields(), ["phone", "name", "password"]);
        assert_eq!(errors.of("password").as_deref(), Some("密码至少 8 位"));
        assert!(NewAccount::parse("138 0000 0001", "小明", "guitu-demo").is_ok());
    }

    #[test]
    fn a_wait_is_said_in_whole_minutes() {
        assert_eq!(wait_words("登录失败", MINUTE + 1).of("").as_deref(), Some("登录失败次数过多，请 2 分钟后再试"));
    }
}
