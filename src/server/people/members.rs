//! 「会员」: who buys at the shop, and what it puts into their wallets (S21).

pub use crate::server::store::people::members::{Member, MemberSearch};

use crate::domain::{BuyerId, Money, Permission, Refusal, Request, SeeMoney, Tender, WalletChange};
use crate::server::ctx::Staff;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::store::Slice;
use crate::server::store::money::wallet::{self, MoneyEvent, WalletMovement};
use crate::server::store::people::members;

const PAGE: i64 = 20;

/// A page of the shop's members, the newest first.
pub async fn list(staff: &Staff, search: &MemberSearch, before: Option<i64>) -> Result<Slice<Member>> {
    let seen = staff.proof(SeeMoney)?;
    members::list(&mut *staff.app.db.reader().await?, seen, search, before.unwrap_or(i64::MAX), PAGE).await
}

/// One member of this shop; of another they do not exist.
pub async fn find(staff: &Staff, id: BuyerId) -> Result<Member> {
    let seen = staff.proof(SeeMoney)?;
    members::find(&mut *staff.app.db.reader().await?, seen, id).await?.ok_or(Error::NotFound)
}

/// A page of the movements of one account of a member's wallet at this shop.
pub async fn movements(staff: &Staff, id: BuyerId, account: Tender, before: Option<i64>) -> Result<Slice<WalletMovement>> {
    find(staff, id).await?;
    wallet::list(&mut *staff.app.db.reader().await?, (id, staff.shop.id), account, before, PAGE).await
}

/// 「充值」, or a correction downwards that never goes below zero: one row with its reason, however often the form is sent.
pub async fn change_wallet(staff: &Staff, id: BuyerId, change: &WalletChange, request: &Request) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let seen = staff.proof(SeeMoney)?;
    request.require_key()?;
    let mut tx = staff.app.db.write().await?;
    tx.lock(Lock::Wallet(staff.shop.id), id.0).await?;
    let member = members::find(tx.conn(), seen, id).await?.ok_or(Error::NotFound)?;
    if wallet::moved_by(tx.conn(), request).await? {
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
        account: change.account(),
        cause: change.cause(),
        amount: change.amount(),
        actor: staff.actor.kind(),
        actor_name: staff.actor.name(),
        reason: change.reason(),
        request: Some(request),
        at: staff.now,
    };
    let recorded = match wallet::record(&mut tx, &event).await {
        // At this very moment the form moves another wallet.
        Err(error) if error.is_duplicate() => return Err(Refusal::FormUsed.into()),
        other => other?,
    };
    if !recorded {
        let held = members::find(tx.conn(), seen, id).await?.ok_or(Error::NotFound)?;
        let held = if change.account() == Tender::Points { Money(held.points) } else { held.balance };
        return Err(Error::field("amount", format!("不能扣到 0 以下，现有 {}", change.account().show(held))));
    }
    tx.commit().await
}
