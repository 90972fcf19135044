//! What every effect is carried out with: the transaction, its order, and the rows that effects of all kinds write.

use crate::domain::after_sale::AfterSale;
use crate::domain::event::Audience;
use crate::domain::order::Order;
use crate::domain::{Actor, Effect, Happening, Money, MoneyCause, OrderLineId, Request, ShopPolicy, StockCause, Tender, Timestamp};
use crate::server::app::App;
use crate::server::db::{Lock, Tx};
use crate::server::error::{Error, Result};
use crate::server::store::events::{self, NewEvent};
use crate::server::store::goods::shelf::{self, StockMove};
use crate::server::store::machinery::clocks::Subject;
use crate::server::store::money::wallet::MoneyEvent;
use crate::server::store::people::notices::{self, NewNotice};

/// The transaction, the order it holds, who acts, and what the form asked that caused it.
pub struct EffectContext<'a> {
    pub app: &'a App,
    pub tx: &'a mut Tx,
    pub by: &'a Actor,
    pub now: Timestamp,
    pub policy: &'a ShopPolicy,
    pub order: Order,
    pub request: Option<&'a Request>,
}

impl<'a> EffectContext<'a> {
    /// A line on the timeline.
    pub async fn record(&mut self, case: Option<&AfterSale>, what: &Happening, evidence: &[String]) -> Result<()> {
        let event = NewEvent {
            id: self.app.new_id(),
            shop: self.order.shop_id,
            order: self.order.id,
            after_sale: case.map(|case| case.id),
            by: self.by,
            what,
            evidence,
            // The form acts once: its key stands on the first line it causes.
            request: self.request.take().filter(|request| !request.key.is_empty()),
            at: self.now,
        };
        events::insert(self.tx, &event).await
    }

    /// A notice to one side.
    pub fn notify(&mut self, case: Option<&AfterSale>, to: Audience, what: Happening) -> Result<()> {
        let message = NewNotice {
            id: self.app.new_id(),
            shop_id: self.order.shop_id,
            buyer_id: (to == Audience::Buyer).then_some(self.order.buyer_id),
            order_id: self.order.id,
            after_sale_id: case.map(|case| case.id),
            what,
            at: self.now,
        };
        self.tx.defer(notices::insert(&message)?);
        Ok(())
    }

    pub(super) fn subject(&self, case: Option<&AfterSale>) -> Subject {
        case.map_or(Subject::Order(self.order.id), |case| Subject::AfterSale(case.id))
    }

    /// A movement of money of this order, to be recorded.
    pub fn money(
        &self,
        account: Tender,
        cause: MoneyCause,
        amount: Money,
        payment_id: Option<i64>,
        refund_id: Option<i64>,
    ) -> MoneyEvent<'a> {
        MoneyEvent {
            id: self.app.new_id(),
            shop: self.order.shop_id,
            order_id: Some(self.order.id.0),
            payment_id,
            refund_id,
            buyer: self.order.buyer_id,
            account,
            cause,
            amount,
            actor: self.by.kind(),
            actor_name: self.by.name_in_books(),
            reason: "",
            request: None,
            at: self.now,
        }
    }

    pub(super) async fn stock(&mut self, line: OrderLineId, cause: StockCause, sellable: i64, reserved: i64, defective: i64) -> Result<()> {
        if self.move_stock(line, cause, sellable, reserved, defective).await? {
            Ok(())
        } else {
            Err(Error::inconsistent("skus", "reserved", format_args!("line {}", line.0)))
        }
    }

    pub(super) async fn move_stock(
        &mut self,
        line: OrderLineId,
        cause: StockCause,
        sellable: i64,
        reserved: i64,
        defective: i64,
    ) -> Result<bool> {
        let Some(sku) = self.order.lines.iter().find(|known| known.id == line).map(|line| line.sku_id) else {
            return Err(Error::inconsistent("order_lines", "order_id", line.0));
        };
        let change = StockMove { id: self.app.new_id(), sku, line: Some(line), cause, sellable, reserved, defective, at: self.now };
        if self.order.lines.len() > 1 {
            self.tx.lock(Lock::Goods, self.order.id.0).await?;
        }
        shelf::apply(self.tx.conn(), &change).await
    }

    /// What follows for the order itself: a transition of the order, and its effects.
    pub(super) fn step(&mut self, go: impl FnOnce(Order, Timestamp) -> (Order, Vec<Effect>)) -> Vec<Effect> {
        let (order, effects) = go(self.order.clone(), self.now);
        self.order = order;
        effects
    }
}
