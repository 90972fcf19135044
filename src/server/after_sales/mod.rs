//! After-sales: one function a verb, in a transaction of its own; for buyers, staff and clocks. May name `orders`, `money`, `people`.

mod account;
mod answers;
mod batch;
pub mod batches;
mod buyer;
mod consent;
mod evidence;
mod shop;
mod shop_case;
mod view;

pub use account::{give_account, see_account};
pub use answers::{ManualRefund, RefundAgreement, Rejection, ReturnApproval};
pub(super) use batch::{Verdict, decide};
pub use buyer::{Application, ReturnShipment, apply, confirm_replacement, convert_to_refund, revise, ship_return, withdraw};
pub use consent::agree_to_balance;
pub use evidence::{EVIDENCE, Evidence, hold_evidence};
pub use shop::{agree_refund, approve_return, receive, refund_manually, reject, remind, retry_refund, ship_replacement, time_out};
pub use shop_case::{CaseMoney, ShopCase, ShopItem, for_shop};
pub use view::{AfterSaleDetail, Offered, PastCases, for_buyer, list_for_buyer, list_for_shop, past_cases};

use super::ctx::Ctx;
use super::db::{Lock, Tx};
use super::error::{Error, Result};
use super::money::effects::context::EffectContext;
use super::money::refunds;
pub use super::orders::Precondition;
use super::store::after_sales as rows;
pub use super::store::after_sales::{BuyerFilter, ListedCase, QueueFilter, QueuedCase};
use super::store::orders::{self as order_rows, LockedOrder, Scope};
use crate::domain::after_sale::{AfterSale, AfterSaleState, Item};
use crate::domain::order::Order;
use crate::domain::{Effect, Refusal, Shop};

type AfterSaleStep = std::result::Result<(AfterSale, Vec<Effect>), Refusal>;

/// Runs one transition of a case and stores what follows. `precondition` is what the form knew: a form sent twice acts once, a stale one is told.
/// Returns the case as it now is.
async fn transit(
    ctx: &Ctx,
    scope: Scope,
    number: &str,
    precondition: Option<&Precondition>,
    step: impl FnOnce(AfterSale, &Order, &Shop) -> AfterSaleStep,
) -> Result<AfterSale> {
    let mut tx = ctx.app.db.write().await?;
    let (case, order, shop) = held(&mut tx, scope, number).await?;
    if let Some(precondition) = precondition
        && precondition.has_acted(tx.conn(), &ctx.actor, (order.id, Some(case.id)), case.version).await?
    {
        return Ok(case);
    }
    let items = case.items.clone();
    let (case, effects) = step(case, &order, &shop)?;
    let request = precondition.map(|precondition| &precondition.request);
    let mut context = EffectContext { app: &ctx.app, tx: &mut tx, by: &ctx.actor, now: ctx.now, policy: &shop.policy, order, request };
    follow(&mut context, &case, &items, effects).await?;
    tx.commit().await?;
    ctx.app.job_wakeup.notify_one();
    Ok(case)
}

/// Stores what follows from a transition; `items` are those of the case before it.
async fn follow(context: &mut EffectContext<'_>, case: &AfterSale, items: &[Item], effects: Vec<Effect>) -> Result<()> {
    let before = context.order.clone();
    context.for_case(case, effects).await?;
    if case.items != items {
        rows::replace_items(context.tx.conn(), case).await?;
    }
    match rows::save(context.tx.conn(), case).await {
        // The unique index: this parcel comes back in another case.
        Err(error) if error.is_duplicate() => return Err(Refusal::ParcelUsed.into()),
        other => other?,
    }
    // Wallet money arrives at once: the case may be over already.
    if matches!(case.state, AfterSaleState::Refunding { .. }) {
        refunds::finish_case(context, case.id).await?;
    }
    // Most of what happens to a case is nothing to its order.
    if context.order == before { Ok(()) } else { order_rows::save(context.tx.conn(), &context.order).await }
}

/// The case with its order and its buyer's wallet, held by this transaction from now on, and its shop.
async fn held(tx: &mut Tx, scope: Scope, number: &str) -> Result<(AfterSale, Order, Shop)> {
    let (id, order) = rows::ids_of(tx.conn(), scope, number).await?.ok_or(Error::NotFound)?;
    let LockedOrder { order, shop, .. } = order_rows::lock_by_id(tx, order).await?;
    let case = rows::by_id(tx.conn(), id).await?;
    tx.lock(Lock::Wallet(order.shop_id), order.buyer_id.0).await?;
    Ok((case, order, shop))
}
