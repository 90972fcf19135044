//! What buyers do: apply, revise, withdraw, send goods back, confirm what they got instead.

use super::{Precondition, transit};
use crate::domain::after_sale::{AfterSale, AfterSaleRequest, Opening};
use crate::domain::order::Order;
use crate::domain::{AfterSaleId, OrderId, OrderLineId, Parcel, Refusal, ShopId};
use crate::http::form::Form;
use crate::server::ctx::Buyer;
use crate::server::effects::context::EffectContext;
use crate::server::error::{Error, Result};
use crate::server::orders;
use crate::server::pictures::MAX_COUNT;
use crate::server::store::orders::{self as order_rows, Held, Whose};
use crate::server::store::{after_sales as rows, people, shipments};
use crate::server::uploads;

/// The pictures as they are sent along, with an application or of the waybill, and the keys of those that an earlier try has kept.
const EVIDENCE: &str = "evidence";
pub const KEPT_EVIDENCE: &str = "kept_evidence";

/// Reads an application: `quantity_{line}`, `kind`, `reason`, `amount`, `note`; pictures come after everything else is right.
fn parse(form: &Form) -> Result<AfterSaleRequest> {
    let chosen: Vec<(OrderLineId, i64)> = form.numbers("quantity_").into_iter().map(|(id, units)| (OrderLineId(id), units)).collect();
    Ok(AfterSaleRequest::parse(form.get("kind"), form.get("reason"), chosen, form.get("amount"), form.get("note"), Vec::new())?)
}

/// The pictures of a form: those of an earlier try (`kept_evidence`), and the new ones (`evidence`).
async fn evidence(buyer: &Buyer, shop: ShopId, order: OrderId, form: &Form) -> Result<Vec<String>> {
    let mut pictures = uploads::kept_before(buyer, order, &form.all(KEPT_EVIDENCE)).await?;
    if pictures.len() + form.files(EVIDENCE).len() > MAX_COUNT {
        return Err(Error::field(EVIDENCE, format!("最多上传 {MAX_COUNT} 张图片")));
    }
    pictures.extend(uploads::keep_for_buyer(buyer, shop, order, form, EVIDENCE).await?);
    Ok(pictures)
}

/// Keeps the pictures of a form that was refused, so that they need not be chosen again: from now on it carries their keys.
pub async fn hold_evidence(buyer: &Buyer, order: &Order, form: &mut Form) -> Result<()> {
    let kept = evidence(buyer, order.shop_id, order.id, form).await?;
    form.remove(KEPT_EVIDENCE);
    for key in kept {
        form.add(KEPT_EVIDENCE, key);
    }
    form.forget_files(EVIDENCE);
    Ok(())
}

/// T1: 「提交申请」. Sending the form again finds the first case. Returns its number.
pub async fn apply(buyer: &Buyer, order_number: &str, form: &Form) -> Result<String> {
    let asked = form.request();
    let mut conn = buyer.app.db.reader().await?;
    let (order, _) = order_rows::find(&mut conn, Whose::Buyer(buyer.id), order_number).await?.ok_or(Error::NotFound)?;
    if let Some(number) = rows::number_of_request(&mut conn, buyer.id, &asked).await? {
        return Ok(number);
    }
    drop(conn);
    let request = parse(form)?;
    asked.require_key()?;
    let evidence = evidence(buyer, order.shop_id, order.id, form).await?;
    let request = AfterSaleRequest { evidence, ..request };
    let mut tx = buyer.app.db.write().await?;
    let Held { order, shop, .. } = orders::held(&mut tx, Whose::Buyer(buyer.id), order_number).await?;
    // The same form, sent twice at once: the other one has opened it.
    if let Some(number) = rows::number_of_request(tx.conn(), buyer.id, &asked).await? {
        return Ok(number);
    }
    let letters = buyer.app.letters(8);
    let opening = Opening {
        id: AfterSaleId(buyer.app.new_id()),
        number: format!("AS{}-{}", &letters[..4], &letters[4..]),
        return_address: people::default_return_address(tx.conn(), order.shop_id).await?,
    };
    let (case, effects) = AfterSale::apply(&buyer.actor, &order, request, opening, &shop.policy, shop.zone, buyer.now)?;
    match rows::insert(tx.conn(), &case, &asked).await {
        // At this very moment the form asks for goods of another order.
        Err(error) if error.is_duplicate() => return Err(Refusal::FormUsed.into()),
        other => other?,
    }
    let mut context =
        EffectContext { app: &buyer.app, tx: &mut tx, by: &buyer.actor, now: buyer.now, policy: &shop.policy, order, request: None };
    context.for_case(&case, effects).await?;
    order_rows::save(context.tx.conn(), &context.order).await?;
    tx.commit().await?;
    Ok(case.number)
}

/// T8: 「修改申请」 after a rejection.
pub async fn revise(buyer: &Buyer, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    let request = parse(form)?;
    let mut conn = buyer.app.db.reader().await?;
    let case = rows::find(&mut conn, Whose::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let evidence = evidence(buyer, case.shop_id, case.order_id, form).await?;
    let request = AfterSaleRequest { evidence, ..request };
    let step = |case: AfterSale, order: &Order, shop: &crate::domain::Shop| {
        case.revise(&buyer.actor, order, request, &shop.policy, shop.zone, buyer.now)
    };
    transit(buyer, Whose::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// T16: 「撤销申请」.
pub async fn withdraw(buyer: &Buyer, number: &str, precondition: &Precondition) -> Result<()> {
    let step = |case: AfterSale, _: &_, _: &_| case.withdraw(&buyer.actor, buyer.now);
    transit(buyer, Whose::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// T9: 「填写退货信息」: never the parcel the goods came in, never one of another case.
pub async fn ship_return(buyer: &Buyer, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    let parcel = Parcel::parse(form.get("carrier"), form.get("tracking"))?;
    let mut conn = buyer.app.db.reader().await?;
    let case = rows::find(&mut conn, Whose::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    let sent = shipments::of_order(&mut conn, case.order_id).await?;
    drop(conn);
    let outgoing: Vec<Parcel> = sent.into_iter().map(|shipment| shipment.parcel).collect();
    let waybill = evidence(buyer, case.shop_id, case.order_id, form).await?;
    let step = |case: AfterSale, _: &_, shop: &crate::domain::Shop| {
        case.ship_return(&buyer.actor, (parcel, waybill), &outgoing, &shop.policy, buyer.now)
    };
    transit(buyer, Whose::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// T15: the replacement has arrived.
pub async fn confirm_replacement(buyer: &Buyer, number: &str, precondition: &Precondition) -> Result<()> {
    let step = |case: AfterSale, _: &_, _: &_| case.confirm_replacement(&buyer.actor, buyer.now);
    transit(buyer, Whose::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// The replacement is overdue: money instead.
pub async fn convert_to_refund(buyer: &Buyer, number: &str, precondition: &Precondition) -> Result<()> {
    let step = |case: AfterSale, _: &_, _: &_| case.convert_to_refund(&buyer.actor, buyer.now);
    transit(buyer, Whose::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}
