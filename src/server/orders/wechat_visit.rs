//! What a buyer's session keeps of WeChat's log-in: the ways there that were begun, and by what name WeChat knows the buyer.

use crate::domain::time::MINUTE;
use crate::domain::{BuyerId, Timestamp};
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::server::payments::wechat::OpenId;
use serde::{Deserialize, Serialize};

/// A code lives for five minutes from the moment that WeChat gives it.
const LIFE: i64 = 10 * MINUTE;
/// Ways begun at the same time, in as many windows.
const MOST: usize = 5;

/// All of it; as it is written here, sessions keep it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatVisit {
    ways: Vec<LogInWay>,
    known: Option<KnownBuyer>,
}

/// A way to the log-in that was begun. Nobody can guess its state, and it is gone once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LogInWay {
    state: String,
    buyer: i64,
    order: String,
    until: i64,
}

/// Who came back, as this account knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KnownBuyer {
    buyer: i64,
    appid: String,
    openid: OpenId,
}

impl LogInWay {
    fn leads(&self, buyer: BuyerId, order: &str, now: Timestamp) -> bool {
        (self.buyer, &*self.order) == (buyer.0, order) && now.0 < self.until
    }
}

impl WechatVisit {
    /// The name by which WeChat knows this buyer to this account, if it was told.
    pub fn known(&self, buyer: &Buyer, appid: &str) -> Option<&OpenId> {
        let known = self.known.as_ref().filter(|known| known.buyer == buyer.id.0 && known.appid == appid);
        known.map(|known| &known.openid)
    }

    /// Begins a way to the log-in for paying an order; its state. A second tap takes the way that the first one began.
    pub fn set_out(&mut self, buyer: &Buyer, order: &str) -> String {
        if let Some(way) = self.ways.iter().find(|way| way.leads(buyer.id, order, buyer.now)) {
            return way.state.clone();
        }
        let way = LogInWay { state: request_key(), buyer: buyer.id.0, order: order.to_owned(), until: buyer.now.plus(LIFE).0 };
        let (state, too_many) = (way.state.clone(), (self.ways.len() + 1).saturating_sub(MOST));
        self.ways.drain(..too_many);
        self.ways.push(way);
        state
    }

    /// Whether this is the way back of one that was begun for the same order by the same buyer. It is used up.
    pub fn come_back(&mut self, buyer: &Buyer, order: &str, state: &str) -> bool {
        let Some(index) = self.ways.iter().position(|way| way.state == state) else { return false };
        self.ways.remove(index).leads(buyer.id, order, buyer.now)
    }

    /// From now on this buyer is known.
    pub fn keep(&mut self, buyer: &Buyer, appid: &str, openid: &OpenId) {
        self.known = Some(KnownBuyer { buyer: buyer.id.0, appid: appid.to_owned(), openid: openid.clone() });
    }

    /// The next payment asks WeChat again.
    pub fn forget(&mut self) {
        self.known = None;
    }
}
