//! What a buyer's session keeps of WeChat's log-in, and when: every step that another window may build upon is kept at once.

use super::store::meaning;
use crate::routes;
use crate::server::ctx::Buyer;
use crate::server::error::Result;
use crate::server::orders::{self, CashierStep, WechatVisit};
use tower_sessions::Session;

pub(super) const KEY: &str = "wechat";

/// What is kept until now.
pub async fn visit(session: &Session) -> Result<WechatVisit> {
    Ok(session.get(KEY).await.map_err(meaning)?.unwrap_or_default())
}

/// A buyer inside WeChat has chosen WeChat Pay.
pub async fn pay(buyer: &Buyer, session: &Session, number: &str) -> Result<CashierStep> {
    let mut visit = visit(session).await?;
    let chosen = orders::pay_in_wechat(buyer, &mut visit, number).await;
    keep_after(session, &visit, chosen).await
}

/// The buyer comes back from the log-in. Nothing happens twice.
pub async fn come_back(buyer: &Buyer, session: &Session, number: &str, code: &str, state: &str) -> Result<CashierStep> {
    let mut before = visit(session).await?;
    let begun = before.come_back(buyer, number, state);
    // The way is used up before anybody asks WeChat.
    keep_at_once(session, &before).await?;
    let told = orders::who_came_back(buyer, begun, code).await?;
    // After the time that WeChat took: what another window has kept meanwhile is not written over.
    session.load().await.map_err(meaning)?;
    let mut visit = visit(session).await?;
    let Some(openid) = orders::recognise(buyer, &mut visit, told)? else {
        return Ok(CashierStep::Cashier(routes::buyer::pay_in_wechat(number)));
    };
    keep_at_once(session, &visit).await?;
    let chosen = orders::open_payment(buyer, &mut visit, number, openid).await;
    keep_after(session, &visit, chosen).await
}

/// Of a request that ends as an error of the server, the session keeps nothing by itself.
async fn keep_after(session: &Session, visit: &WechatVisit, chosen: Result<CashierStep>) -> Result<CashierStep> {
    match &chosen {
        Ok(_) => keep(session, visit).await?,
        Err(_) => keep_at_once(session, visit).await?,
    }
    chosen
}

async fn keep_at_once(session: &Session, after: &WechatVisit) -> Result<()> {
    if visit(session).await? == *after {
        return Ok(());
    }
    keep(session, after).await?;
    session.save().await.map_err(meaning)
}

/// Kept with the answer; what is as it was is not written.
async fn keep(session: &Session, after: &WechatVisit) -> Result<()> {
    if visit(session).await? == *after {
        return Ok(());
    }
    session.insert(KEY, after).await.map_err(meaning)
}
