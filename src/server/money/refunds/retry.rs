//! A refund that failed goes out again.

use crate::domain::after_sale::AfterSale;
use crate::domain::{Permission, Refund, Timestamp};
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::db::{Lock, Tx};
use crate::server::error::Result;
use crate::server::money::effects::context::EffectContext;
use crate::server::payments::{Remedy, trouble};
use crate::server::store::machinery::clocks;
use crate::server::store::money::refunds as rows;

/// Failed refunds of the case go to the worker again: the same number, or a new one if the gateway closed the old for good.
pub async fn retry_failed(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<()> {
    let refunds = rows::of_after_sale(context.tx.conn(), case.id).await?;
    retry(context.app, context.tx, refunds, context.now).await
}

/// Like [`retry_failed`], for money that nobody wanted.
pub async fn retry_surplus(staff: &Staff, refund: &Refund) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let mut tx = staff.app.db.write().await?;
    tx.lock(Lock::Order, refund.order_id.0).await?;
    let refund = rows::by_id(tx.conn(), refund.id).await?;
    retry(&staff.app, &mut tx, vec![refund], staff.now).await?;
    tx.commit().await
}

async fn retry(app: &App, tx: &mut Tx, refunds: Vec<Refund>, now: Timestamp) -> Result<()> {
    for refund in refunds {
        let is_closed = trouble::known(refund.trouble()).is_some_and(|known| known.remedy == Remedy::NewNumber);
        let new_number = is_closed.then(|| format!("{}N", refund.number));
        let Ok(again) = refund.clone().try_again(new_number) else { continue };
        rows::save(tx.conn(), &refund, &again, now).await?;
        clocks::enqueue_refund(tx.conn(), app.new_id(), refund.id, now).await?;
    }
    Ok(())
}
