//! Closing a buyer's account: the person goes from rows and pictures in one transaction, money stays under a pseudonym.

mod again;

pub use crate::server::store::people::erasure::Matters;
pub use again::{erase_again, remove_pictures};

use super::accounts::own::Own;
use crate::domain::people::address::parse_mobile;
use crate::domain::{Actor, AuditedDeed, BuyerId, FieldErrors, Money, MoneyCause, ShopId, Tender, Timestamp};
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::db::{Lock, Tx};
use crate::server::error::{Error, Result};
use crate::server::store::money::wallet::{self, MoneyEvent, Purse};
use crate::server::store::people::audits::{self, Audit};
use crate::server::store::people::erasure as rows;

impl Matters {
    /// What has to end before, in words; empty if nothing has to.
    pub fn in_the_way(&self) -> Vec<String> {
        let all = [
            (self.open_orders, "笔订单还没有完成或关闭"),
            (self.open_cases, "笔售后还没有结束"),
            (self.refunds_under_way, "笔退款还没有到账"),
            (self.payments_under_way, "笔付款还在进行"),
            (self.anomalies, "笔支付异常商家还在处理"),
        ];
        all.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("有 {count} {words}")).collect()
    }

    /// Has the buyer money that is lost?
    pub fn has_balance(&self) -> bool {
        self.balance > 0
    }
}

/// How things stand, for the page that asks.
pub async fn matters(buyer: &Buyer) -> Result<Matters> {
    rows::matters(&mut *buyer.app.db.reader().await?, buyer.id, buyer.now).await
}

/// What a buyer says who wants to go.
pub struct ClosingRequest {
    pub current_password: String,
    /// That nothing brings the account back.
    pub understood: bool,
    /// What is left of balances may go.
    pub give_up: bool,
}

/// 「注销账号」 by the buyer.
pub async fn close_account(buyer: &Buyer, asked: &ClosingRequest) -> Result<()> {
    let matters = matters(buyer).await?;
    refuse_while_open(&matters)?;
    let mut errors = FieldErrors::default();
    if asked.current_password.is_empty() {
        errors.add("current_password", "请填写当前密码");
    }
    if matters.has_balance() && !asked.give_up {
        errors.add("give_up", format!("还有余额 {}，请先用完，或勾选放弃", matters.balance().show()));
    }
    if !asked.understood {
        errors.add("understood", "请勾选，确认您知道注销后无法恢复");
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    Own::of_buyer(buyer).confirmed(&asked.current_password).await?;
    erase(&buyer.app, buyer.id, &Closing { by: &buyer.actor, how: "本人注销", give_up: asked.give_up, now: buyer.now }).await?;
    Ok(())
}

fn refuse_while_open(matters: &Matters) -> Result<()> {
    let open = matters.in_the_way();
    if open.is_empty() { Ok(()) } else { Err(Error::field("", format!("暂时不能注销：{}", open.join("；")))) }
}

/// Whose phone this is, for the command line, and how things stand.
pub async fn find(app: &App, phone: &str) -> Result<(BuyerId, Matters)> {
    let phone = parse_mobile(phone).map_err(|_| Error::NotFound)?;
    let mut conn = app.db.reader().await?;
    let buyer = rows::by_phone(&mut conn, &phone).await?.ok_or(Error::NotFound)?;
    let matters = rows::matters(&mut conn, buyer, app.now()).await?;
    Ok((buyer, matters))
}

/// Who closes an account, and what was agreed to.
pub struct Closing<'a> {
    pub by: &'a Actor,
    /// How it came to this, for the record.
    pub how: &'a str,
    /// What is left of balances may go.
    pub give_up: bool,
    pub now: Timestamp,
}

/// Takes the person out of everything, in one transaction; the code by which the books know them from now on.
pub async fn erase(app: &App, buyer: BuyerId, closing: &Closing<'_>) -> Result<String> {
    let code = app.letters(10);
    let name = format!("已注销买家 {code}");
    // Who has something open is refused before anything is held.
    refuse_while_open(&rows::matters(&mut *app.db.reader().await?, buyer, closing.now).await?)?;
    let mut tx = app.db.write().await?;
    // What is being done to an order, and an order that is being placed, ends before.
    tx.lock(Lock::OrdersOfBuyer, buyer.0).await?;
    tx.lock(Lock::Buyer, buyer.0).await?;
    // Whoever recharges a wallet in this moment comes before, and is counted, or behind, and finds it closed.
    for shop in rows::shops(tx.conn(), buyer).await? {
        tx.lock(Lock::Wallet(ShopId(shop)), buyer.0).await?;
    }
    let matters = rows::matters(tx.conn(), buyer, closing.now).await?;
    refuse_while_open(&matters)?;
    if matters.has_balance() && !closing.give_up {
        return Err(Error::field("give_up", format!("还有余额 {}", matters.balance().show())));
    }
    for (shop, purse) in wallet::filled(tx.conn(), buyer).await? {
        empty(app, &mut tx, (shop, buyer), purse, closing).await?;
    }
    let known_as = rows::known_as(tx.conn(), buyer).await?;
    rows::forget_names(tx.conn(), buyer, &known_as).await?;
    rows::erase_rows(tx.conn(), buyer, &name).await?;
    rows::erase_pictures(tx.conn(), buyer, closing.now).await?;
    if !rows::close(tx.conn(), buyer, &name, &code, closing.now).await? {
        return Err(Error::NotFound);
    }
    for shop in rows::shops(tx.conn(), buyer).await? {
        let audit = Audit {
            shop: ShopId(shop),
            actor: &Actor::System,
            deed: AuditedDeed::BuyerErased,
            subject: &code,
            detail: closing.how,
            at: closing.now,
        };
        audits::record(tx.conn(), app.new_id(), &audit).await?;
    }
    tx.commit().await?;
    again::empty_log(app).await;
    tracing::info!(code, "a buyer's account was closed");
    app.job_wakeup.notify_one();
    Ok(code)
}

/// What is left in a wallet is given up, points that are owed with it.
async fn empty(app: &App, tx: &mut Tx, (shop, buyer): (ShopId, BuyerId), purse: Purse, closing: &Closing<'_>) -> Result<()> {
    for (account, held) in [(Tender::Balance, purse.balance), (Tender::Points, Money(purse.points))] {
        if held == Money::ZERO {
            continue;
        }
        let event = MoneyEvent {
            id: app.new_id(),
            shop,
            order_id: None,
            payment_id: None,
            refund_id: None,
            buyer,
            account,
            cause: MoneyCause::AccountClosed,
            amount: Money(-held.0),
            actor: closing.by.kind(),
            actor_name: closing.by.name_in_books(),
            reason: "",
            request: None,
            at: closing.now,
        };
        if !wallet::record(tx, &event).await? {
            return Err(Error::Stale);
        }
    }
    Ok(())
}
