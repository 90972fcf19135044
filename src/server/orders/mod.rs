//! Orders: one function a verb; each begins and ends its transaction. May name `money`, `people`.

pub mod cart;
mod cashier;
mod change;
mod checkout;
mod clock;
mod complete;
mod in_wechat;
mod inquiry;
mod new_order;
mod place;
mod precondition;
mod settle;
mod shop_card;
mod shop_order;
mod trend;
mod view;
mod wechat_visit;

pub use super::store::events::TimelineLine;
pub use super::store::orders::shipments::Shipment;
pub use super::store::orders::{CardLine, LineCase, ListedOrder, OrderFilter, ShopSearch};
pub(super) use cashier::close_payment;
pub use cashier::{CashierStep, close_intent, confirm_offline, pay};
pub use change::{RestatedPrice, adjust_price, cancel, close, edit_address, mark, receive_for_buyer, receive_for_shop, ship};
pub use checkout::{Basket, Checkout, basket};
pub use clock::time_out;
pub(in crate::server) use complete::{PaidWith, complete};
pub use in_wechat::{call_for_bridge, open_payment, pay_in_wechat, recognise, who_came_back};
pub use inquiry::{ask, for_returning_buyer};
pub use new_order::{NO_COUPON, NewOrder, TypedOrder};
pub use place::place;
pub use precondition::Precondition;
pub use settle::{settle_payment, settle_unheard};
pub use shop_card::{CardGoods, CardMoney, ShopCard, list_for_shop, waiting_to_ship};
pub use shop_order::{OrderMoney, ShopCaseLink, ShopLine, ShopOrder, for_shop};
pub use trend::{TrendDay, trend};
pub(super) use view::around;
pub use view::{
    BuyerCounts, BuyerOrdersTab, CaseLink, OrderDetail, OrderSummary, Today, buy_again, counts_by_queue, counts_by_status,
    counts_for_buyer, for_buyer, list_for_buyer, today,
};
pub use wechat_visit::WechatVisit;

use super::db::Tx;
use super::error::{Error, Result};
use super::store::orders::{LockedOrder, Scope, lock};

/// The order, held by this transaction from now on.
pub(super) async fn held(tx: &mut Tx, scope: Scope, number: &str) -> Result<LockedOrder> {
    lock(tx, scope, number).await?.ok_or(Error::NotFound)
}
