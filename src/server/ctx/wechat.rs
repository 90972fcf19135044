//! What a buyer's session keeps of WeChat's log-in: the ways there that were begun, and by what name WeChat knows the buyer.

use super::Buyer;
use crate::domain::time::MINUTE;
use crate::domain::{BuyerId, Timestamp};
use crate::server::clock::request_key;
use crate::server::error::Result;
use crate::server::payments::wechat::OpenId;
use crate::server::sessions::meaning;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

pub(super) const KEY: &str = "wechat";
/// A code lives for five minutes from the moment that WeChat gives it.
const LIFE: i64 = 10 * MINUTE;
/// Ways begun at the same time, in as many windows.
const MOST: usize = 5;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    ways: Vec<Way>,
    known: Option<Known>,
}

/// A way to the log-in that was begun. Nobody can guess its state, and it is gone once.
#[derive(Clone, Serialize, Deserialize)]
struct Way {
    state: String,
    buyer: i64,
    order: String,
    until: i64,
}

/// Who came back, as this account knows them.
#[derive(Serialize, Deserialize)]
struct Known {
    buyer: i64,
    appid: String,
    openid: OpenId,
}

impl Way {
    fn leads(&self, buyer: BuyerId, order: &str, now: Timestamp) -> bool {
        (self.buyer, &*self.order) == (buyer.0, order) && now.0 < self.until
    }
}

/// The name by which WeChat knows this buyer to this account, if it was told.
pub async fn known(session: &Session, buyer: &Buyer, appid: &str) -> Result<Option<OpenId>> {
    let known = kept(session).await?.known;
    Ok(known.filter(|known| known.buyer == buyer.id.0 && known.appid == appid).map(|known| known.openid))
}

/// Begins a way to the log-in for paying an order; its state. A second tap takes the way that the first one began.
pub async fn set_out(session: &Session, buyer: &Buyer, order: &str) -> Result<String> {
    let mut kept = kept(session).await?;
    if let Some(way) = kept.ways.iter().find(|way| way.leads(buyer.id, order, buyer.now)) {
        return Ok(way.state.clone());
    }
    let way = Way { state: request_key(), buyer: buyer.id.0, order: order.to_owned(), until: buyer.now.plus(LIFE).0 };
    let (state, too_many) = (way.state.clone(), (kept.ways.len() + 1).saturating_sub(MOST));
    kept.ways.drain(..too_many);
    kept.ways.push(way);
    session.insert(KEY, kept).await.map_err(meaning)?;
    Ok(state)
}

/// Whether this is the way back of one that was begun for the same order by the same buyer. It is used up at once, before anybody asks WeChat.
pub async fn came_back(session: &Session, buyer: &Buyer, order: &str, state: &str) -> Result<bool> {
    let mut kept = kept(session).await?;
    let Some(index) = kept.ways.iter().position(|way| way.state == state) else { return Ok(false) };
    let way = kept.ways.remove(index);
    session.insert(KEY, kept).await.map_err(meaning)?;
    session.save().await.map_err(meaning)?;
    Ok(way.leads(buyer.id, order, buyer.now))
}

/// After the time that WeChat took: what another window has kept meanwhile is not written over.
pub async fn look_again(session: &Session) -> Result<()> {
    session.load().await.map_err(meaning)
}

/// From now on this buyer is known, to other windows as well.
pub async fn keep(session: &Session, buyer: &Buyer, appid: &str, openid: &OpenId) -> Result<()> {
    let known = Some(Known { buyer: buyer.id.0, appid: appid.to_owned(), openid: openid.clone() });
    let kept = kept(session).await?;
    session.insert(KEY, Kept { known, ..kept }).await.map_err(meaning)?;
    session.save().await.map_err(meaning)
}

/// The next payment asks WeChat again. Kept at once: of a request that ends as an error of the server, the session keeps nothing by itself.
pub async fn forget(session: &Session) -> Result<()> {
    let kept = kept(session).await?;
    session.insert(KEY, Kept { known: None, ..kept }).await.map_err(meaning)?;
    session.save().await.map_err(meaning)
}

async fn kept(session: &Session) -> Result<Kept> {
    Ok(session.get(KEY).await.map_err(meaning)?.unwrap_or_default())
}
