//! Opening an account.

use super::attempts::{Limit, Tried, begin};
use super::{LetIn, LogInOutcome, wait_words};
use crate::domain::people::address::parse_mobile;
use crate::domain::time::MINUTE;
use crate::domain::{BuyerId, FieldErrors, LoggedIn, Parsed};
use crate::server::app::App;
use crate::server::error::Result;
use crate::server::people::password::{self, rules};
use crate::server::people::visitor::Visitor;
use crate::server::store::people::{self, NewBuyer};

/// New accounts from one address.
const FROM_ADDRESS: Limit = Limit::Within { most: 50, within: 60 * MINUTE };
/// Tries to open one for a phone, wherever they come from.
const FOR_PHONE: Limit = Limit::Within { most: 10, within: 60 * MINUTE };

/// An account to be.
struct NewAccount {
    phone: String,
    name: String,
    password: String,
}

impl NewAccount {
    fn parse(phone: &str, name: &str, password: &str, shop: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let phone = errors.check("phone", parse_mobile(phone));
        let name = errors.line("name", name, 1, 20, "请填写昵称");
        let about = [phone.as_deref().unwrap_or_default(), name.as_deref().unwrap_or_default(), shop];
        let password = errors.check("password", rules::accept(password, &about).map_err(rules::Weakness::words));
        match (phone, name, password) {
            (Some(phone), Some(name), Some(password)) => Ok(Self { phone, name, password }),
            _ => Err(errors),
        }
    }
}

/// Opens an account and lets it in.
pub async fn register(app: &App, visitor: &Visitor, phone: &str, name: &str, password: &str) -> Result<LogInOutcome> {
    let shop = people::first_shop(&mut *app.db.reader().await?).await?.map(|shop| shop.name).unwrap_or_default();
    let account = match NewAccount::parse(phone, name, password, &shop) {
        Ok(account) => account,
        Err(errors) => return Ok(LogInOutcome::Wrong(errors)),
    };
    let now = app.now();
    let address = Tried::new(app, &format!("register @{}", visitor.network), FROM_ADDRESS);
    let of_phone = Tried::new(app, &format!("register {}", account.phone), FOR_PHONE);
    if let Some(wait) = begin(&app.db, now, &[&address, &of_phone]).await? {
        return Ok(LogInOutcome::Barred(wait_words("注册", wait, "")));
    }
    let id = BuyerId(app.new_id());
    let password_hash = password::hash(account.password).await?;
    let buyer = NewBuyer { id, phone: account.phone, name: account.name, password_hash, at: now };
    let mut tx = app.db.write().await?;
    match people::insert_buyer(tx.conn(), &buyer).await {
        Ok(()) => tx.commit().await?,
        Err(error) if error.is_duplicate() => return Ok(LogInOutcome::Wrong(FieldErrors::one("phone", "这个手机号已经注册，请直接登录"))),
        Err(error) => return Err(error),
    }
    let who = LoggedIn::Buyer(id.0);
    Ok(LogInOutcome::In(LetIn::new(app, visitor, who, 0, &format!("{} {}", who.side().key(), buyer.phone))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_names_every_field_that_is_wrong() {
        let errors = NewAccount::parse("1380000", "", "short", "").err().unwrap_or_default();
        assert_eq!(errors.fields(), ["phone", "name", "password"]);
        assert_eq!(errors.of("password").as_deref(), Some("密码至少 8 位"));
        assert!(NewAccount::parse("138 0000 0001", "小明", "three small lanterns", "茶铺").is_ok());
    }

    #[test]
    fn the_phone_and_the_name_are_no_passwords() {
        for password in ["13800000001", "xiaoming88", "80000001xm"] {
            let errors = NewAccount::parse("13800000001", "xiaoming", password, "").err().unwrap_or_default();
            assert_eq!(errors.fields(), ["password"], "{password}");
        }
    }
}
