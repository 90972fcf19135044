//! The shop's forms on a case.

use super::{PostOutcome, Posted};
use crate::domain::{Permission, Refusal};
use crate::http::form::Form;
use crate::http::forms;
use crate::routes::merchant as paths;
use crate::server::after_sales::{self, Precondition};
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result};
use crate::server::orders;
use crate::text::done;

/// 「处理退货申请」, 「处理退款申请」, and what follows once the goods are back or a refund has failed: the shop's answer.
pub async fn decide(staff: &Staff, number: &str, form: &Form) -> PostOutcome {
    let what = match form.get("decision") {
        "reject" => reject(staff, number, form).await,
        "approve_return" => approve_return(staff, number, form).await,
        "agree_refund" => agree_refund(staff, number, form).await,
        "refund_manually" => refund_manually(staff, number, form).await,
        _ if !decides(staff) => Err(Refusal::NotAllowed.into()),
        _ => Err(Error::field("decision", "请选择处理方式")),
    };
    posted(staff, number, what).await
}

/// 「确认收到退货」.
pub async fn receive(staff: &Staff, number: &str, form: &Form) -> PostOutcome {
    let found = forms::after_sale::inspection(form);
    let done = after_sales::receive(staff, number, &found, &Precondition::of(form)).await.map_err(Error::beside_field);
    posted(staff, number, done.map(|()| "received")).await
}

/// 「换货发出」.
pub async fn reship(staff: &Staff, number: &str, form: &Form) -> PostOutcome {
    staff.require(Permission::ReceiveReturn)?;
    let done = match forms::parcel::confirmed(form) {
        Ok(parcel) => after_sales::ship_replacement(staff, number, parcel, &Precondition::of(form)).await,
        Err(errors) => Err(errors.into()),
    };
    posted(staff, number, done.map(|()| "reshipped")).await
}

/// 「重试退款」.
pub async fn retry(staff: &Staff, number: &str, form: &Form) -> PostOutcome {
    let done = after_sales::retry_refund(staff, number, &Precondition::of(form)).await;
    posted(staff, number, done.map(|()| "retried")).await
}

/// 「备注」: shared with the order.
pub async fn remark(staff: &Staff, number: &str, form: &Form) -> PostOutcome {
    staff.require(Permission::RemarkAndFlag)?;
    let order = after_sales::for_shop(staff, number).await?.order().number().to_owned();
    orders::mark(staff, &order, &forms::order::note(form)?).await?;
    posted(staff, number, Ok("remarked")).await
}

/// Of what is not theirs nobody is told what is wrong with the form.
async fn posted(staff: &Staff, number: &str, done: Result<&'static str>) -> PostOutcome {
    match done {
        Ok(what) => Ok(Posted {
            to: format!("{}?done={what}", paths::after_sale(number)),
            words: done::on_shop_case(what).unwrap_or_default(),
            warned: false,
        }),
        Err(error) => {
            after_sales::for_shop(staff, number).await?;
            Err(error)
        }
    }
}

async fn reject(staff: &Staff, number: &str, form: &Form) -> Result<&'static str> {
    staff.require(Permission::DecideAfterSale)?;
    after_sales::reject(staff, number, forms::after_sale::rejection(form)?, &Precondition::of(form)).await?;
    Ok("rejected")
}

async fn approve_return(staff: &Staff, number: &str, form: &Form) -> Result<&'static str> {
    staff.require(Permission::DecideAfterSale)?;
    after_sales::approve_return(staff, number, forms::after_sale::return_approval(form)?, &Precondition::of(form)).await?;
    Ok("approved")
}

async fn agree_refund(staff: &Staff, number: &str, form: &Form) -> Result<&'static str> {
    after_sales::agree_refund(staff, number, forms::after_sale::refund_agreement(form), &Precondition::of(form)).await?;
    Ok("agreed")
}

async fn refund_manually(staff: &Staff, number: &str, form: &Form) -> Result<&'static str> {
    staff.require(Permission::SettleMoney)?;
    after_sales::refund_manually(staff, number, forms::after_sale::manual_refund(form)?, &Precondition::of(form)).await?;
    Ok("settled")
}

/// Is any decision about money or goods theirs at all?
fn decides(staff: &Staff) -> bool {
    [Permission::DecideAfterSale, Permission::AgreeRefund, Permission::SettleMoney].into_iter().any(|permission| staff.may(permission))
}
