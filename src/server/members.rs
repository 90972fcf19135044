//! 「会员」: who buys at the shop, and what it puts into their wallets (S21).

pub use super::store::members::{Member, MemberSearch};

use super::ctx::Staff;
use super::db::Lock;
use super::error::{Error, Result};
use super::store::wallet::{self, MoneyEvent, Movement};
use super::store::{Slice, members};
use crate::domain::{BuyerId, FieldErrors, Money, MoneyCause, Permission, Refusal, Request, Tender};
use crate::http::form::Form;

const PAGE: i64 = 20;
/// Points given or taken at once: more is a mistake.
const MOST_POINTS: i64 = 10_000_000;
/// Money put in or taken out at once.
const MOST_MONEY: Money = Money(10_000_000);

/// A page of the shop's members, the newest first.
pub async fn list(staff: &Staff, search: &MemberSearch, before: Option<i64>) -> Result<Slice<Member>> {
    staff.require(Permission::SeeMoney)?;
    members::list(&mut *staff.app.db.reader().await?, staff.shop.id, search, before.unwrap_or(i64::MAX), PAGE).await
}

/// One member of this shop; of another they do not exist.
pub async fn find(staff: &Staff, id: BuyerId) -> Result<Member> {
    staff.require(Permission::SeeMoney)?;
    members::find(&mut *staff.app.db.reader().await?, staff.shop.id, id).await?.ok_or(Error::NotFound)
}

/// A page of the movements of one account of a member's wallet at this shop.
pub async fn movements(staff: &Staff, id: BuyerId, account: Tender, before: Option<i64>) -> Result<Slice<Movement>> {
    find(staff, id).await?;
    wallet::list(&mut *staff.app.db.reader().await?, (id, staff.shop.id), account, before, PAGE).await
}

/// A checked form: an account, how much more or less, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletChange {
    account: Tender,
    /// Fen or points; below zero takes away.
    amount: Money,
    reason: String,
    request: Request,
}

impl WalletChange {
    /// Reads `account` (balance, points), `direction` (up, down), `amount`, `reason`.
    pub fn parse(form: &Form) -> std::result::Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let account = match form.get("account") {
            "points" => Tender::Points,
            "balance" => Tender::Balance,
            _ => return Err(FieldErrors::one("account", "请选择余额或积分")),
        };
        let up = errors.check("direction", direction(form.get("direction")));
        let amount = errors.check("amount", amount(account, form.get("amount")));
        let reason = errors.text("reason", form.get("reason"), 2, 100, "请填写原因，会员也会看到");
        match (up, amount, reason) {
            (Some(up), Some(amount), Some(reason)) => {
                let amount = if up { amount } else { Money(-amount.0) };
                Ok(Self { account, amount, reason, request: form.request() })
            }
            _ => Err(errors),
        }
    }
}

fn direction(typed: &str) -> std::result::Result<bool, &'static str> {
    match typed {
        "up" => Ok(true),
        "down" => Ok(false),
        _ => Err("请选择增加还是扣减"),
    }
}

fn amount(account: Tender, typed: &str) -> std::result::Result<Money, String> {
    if account == Tender::Points {
        let points = Money::parse_whole(typed).filter(|points| (1..=MOST_POINTS).contains(points));
        return points.map(Money).ok_or_else(|| format!("积分请填写 1 到 {MOST_POINTS} 之间的整数"));
    }
    match Money::parse(typed)? {
        Money::ZERO => Err("金额必须大于 0".to_owned()),
        amount if amount > MOST_MONEY => Err(format!("一次最多 {}", MOST_MONEY.show())),
        amount => Ok(amount),
    }
}

/// 「充值」, or a correction downwards that never goes below zero: one row with its reason, however often the form is sent.
pub async fn change_wallet(staff: &Staff, id: BuyerId, change: &WalletChange) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    change.request.require_key()?;
    let mut tx = staff.app.db.write().await?;
    tx.lock(Lock::Wallet(staff.shop.id), id.0).await?;
    let member = members::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
    if wallet::moved_by(tx.conn(), &change.request).await? {
        return Ok(());
    }
    if member.erased {
        return Err(Error::field("account", "会员已注销账户，不能再变动"));
    }
    let event = MoneyEvent {
        id: staff.app.new_id(),
        shop: staff.shop.id,
        order_id: None,
        payment_id: None,
        refund_id: None,
        buyer: id,
        account: change.account,
        cause: if change.amount.is_positive() { MoneyCause::Recharged } else { MoneyCause::Corrected },
        amount: change.amount,
        actor: staff.actor.kind(),
        actor_name: staff.actor.name(),
        reason: &change.reason,
        request: Some(&change.request),
        at: staff.now,
    };
    let recorded = match wallet::record(&mut tx, &event).await {
        // At this very moment the form moves another wallet.
        Err(error) if error.is_duplicate() => return Err(Refusal::FormUsed.into()),
        other => other?,
    };
    if !recorded {
        let held = members::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
        let held = if change.account == Tender::Points { Money(held.points) } else { held.balance };
        return Err(Error::field("amount", format!("不能扣到 0 以下，现有 {}", change.account.show(held))));
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(account: &str, direction: &str, amount: &str, reason: &str) -> std::result::Result<Money, Vec<String>> {
        let form =
            Form::of(&[("account", account), ("direction", direction), ("amount", amount), ("reason", reason), ("request_key", "k")]);
        let read = WalletChange::parse(&form);
        read.map(|change| change.amount).map_err(|errors| errors.fields().into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn changes_are_read_in_the_unit_of_their_account() {
        assert_eq!(typed("balance", "up", "100", "活动充值"), Ok(Money(10_000)));
        assert_eq!(typed("points", "down", "30", "录入有误"), Ok(Money(-30)));
    }

    #[test]
    fn nonsense_is_named_field_by_field() {
        for wrong in ["0", "-1", "1.001", "", "1e9", "100000.01"] {
            assert_eq!(typed("balance", "up", wrong, "活动充值"), Err(vec!["amount".to_owned()]), "{wrong}");
        }
        for wrong in ["0", "-5", "1.5", "10000001"] {
            assert_eq!(typed("points", "up", wrong, "活动充值"), Err(vec!["amount".to_owned()]), "{wrong}");
        }
        assert_eq!(typed("balance", "", "1", ""), Err(vec!["direction".to_owned(), "reason".to_owned()]));
        assert_eq!(typed("wechat", "up", "1", "活动充值"), Err(vec!["account".to_owned()]));
    }
}
