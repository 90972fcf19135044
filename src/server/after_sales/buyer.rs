//! What buyers do: apply, revise, withdraw, send goods back, confirm what they got instead.

use super::evidence::Evidence;
use super::{Precondition, transit};
use crate::domain::after_sale::{AfterSale, AfterSaleRequest, Opening};
use crate::domain::order::Order;
use crate::domain::{AfterSaleId, Parcel, Refusal, Request};
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::orders;
use crate::server::store::orders::shipments;
use crate::server::store::orders::{self as order_rows, LockedOrder, Scope};
use crate::server::store::{after_sales as rows, people};

/// What a buyer asks for, with its pictures, which are kept once everything else is right.
#[derive(Clone, Debug)]
pub struct Application {
    pub asked: AfterSaleRequest,
    pub evidence: Evidence,
}

/// The parcel that goods go back with, and pictures of its waybill.
#[derive(Clone, Debug)]
pub struct ReturnShipment {
    pub parcel: Parcel,
    pub waybill: Evidence,
}

/// T1: 「提交申请」. Sending the form again finds the first case. Returns its number.
pub async fn apply(buyer: &Buyer, order_number: &str, application: Application, request: &Request) -> Result<String> {
    let mut conn = buyer.app.db.reader().await?;
    let (order, _) = order_rows::find(&mut conn, Scope::Buyer(buyer.id), order_number).await?.ok_or(Error::NotFound)?;
    if let Some(number) = rows::number_of_request(&mut conn, buyer.id, request).await? {
        return Ok(number);
    }
    drop(conn);
    request.require_key()?;
    let evidence = application.evidence.keep(buyer, order.shop_id, order.id).await?;
    let asked = AfterSaleRequest { evidence, ..application.asked };
    let mut tx = buyer.app.db.write().await?;
    let LockedOrder { order, shop, .. } = orders::held(&mut tx, Scope::Buyer(buyer.id), order_number).await?;
    // The same form, sent twice at once: the other one has opened it.
    if let Some(number) = rows::number_of_request(tx.conn(), buyer.id, request).await? {
        return Ok(number);
    }
    let letters = buyer.app.letters(8);
    let opening = Opening {
        id: AfterSaleId(buyer.app.new_id()),
        number: format!("AS{}-{}", &letters[..4], &letters[4..]),
        return_address: people::default_return_address(tx.conn(), order.shop_id).await?,
    };
    let (case, effects) = AfterSale::apply(&buyer.actor, &order, asked, opening, &shop.policy, shop.zone, buyer.now)?;
    match rows::insert(tx.conn(), &case, request).await {
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
pub async fn revise(buyer: &Buyer, number: &str, application: Application, precondition: &Precondition) -> Result<()> {
    let mut conn = buyer.app.db.reader().await?;
    let case = rows::find(&mut conn, Scope::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let evidence = application.evidence.keep(buyer, case.shop_id, case.order_id).await?;
    let asked = AfterSaleRequest { evidence, ..application.asked };
    let step = |case: AfterSale, order: &Order, shop: &crate::domain::Shop| {
        case.revise(&buyer.actor, order, asked, &shop.policy, shop.zone, buyer.now)
    };
    transit(buyer, Scope::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// T16: 「撤销申请」.
pub async fn withdraw(buyer: &Buyer, number: &str, precondition: &Precondition) -> Result<()> {
    let step = |case: AfterSale, _: &_, _: &_| case.withdraw(&buyer.actor, buyer.now);
    transit(buyer, Scope::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// T9: 「填写退货信息」: never the parcel the goods came in, never one of another case.
pub async fn ship_return(buyer: &Buyer, number: &str, shipment: ReturnShipment, precondition: &Precondition) -> Result<()> {
    let ReturnShipment { parcel, waybill } = shipment;
    let mut conn = buyer.app.db.reader().await?;
    let case = rows::find(&mut conn, Scope::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    let sent = shipments::of_order(&mut conn, case.order_id).await?;
    drop(conn);
    let outgoing: Vec<Parcel> = sent.into_iter().map(|shipment| shipment.parcel).collect();
    let waybill = waybill.keep(buyer, case.shop_id, case.order_id).await?;
    let step = |case: AfterSale, _: &_, shop: &crate::domain::Shop| {
        case.ship_return(&buyer.actor, (parcel, waybill), &outgoing, &shop.policy, buyer.now)
    };
    transit(buyer, Scope::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// T15: the replacement has arrived.
pub async fn confirm_replacement(buyer: &Buyer, number: &str, precondition: &Precondition) -> Result<()> {
    let step = |case: AfterSale, _: &_, _: &_| case.confirm_replacement(&buyer.actor, buyer.now);
    transit(buyer, Scope::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}

/// The replacement is overdue: money instead.
pub async fn convert_to_refund(buyer: &Buyer, number: &str, precondition: &Precondition) -> Result<()> {
    let step = |case: AfterSale, _: &_, _: &_| case.convert_to_refund(&buyer.actor, buyer.now);
    transit(buyer, Scope::Buyer(buyer.id), number, Some(precondition), step).await.map(drop)
}
