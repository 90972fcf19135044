//! The buyer's forms on a case.

use super::{PostOutcome, Posted};
use crate::http::form::Form;
use crate::routes::buyer as paths;
use crate::server::after_sales::{self, Precondition};
use crate::server::ctx::Buyer;
use crate::text::done;

/// 「撤销申请」.
pub async fn withdraw(buyer: &Buyer, number: &str, form: &Form) -> PostOutcome {
    after_sales::withdraw(buyer, number, &Precondition::of(form)).await?;
    Ok(posted(number, "withdraw"))
}

/// 「确认收货」 of an exchange.
pub async fn confirm(buyer: &Buyer, number: &str, form: &Form) -> PostOutcome {
    after_sales::confirm_replacement(buyer, number, &Precondition::of(form)).await?;
    Ok(posted(number, "confirm"))
}

/// 「改为退款」.
pub async fn convert(buyer: &Buyer, number: &str, form: &Form) -> PostOutcome {
    after_sales::convert_to_refund(buyer, number, &Precondition::of(form)).await?;
    Ok(posted(number, "convert"))
}

/// 「退到余额」.
pub async fn to_balance(buyer: &Buyer, number: &str, form: &Form) -> PostOutcome {
    after_sales::agree_to_balance(buyer, number, &Precondition::of(form)).await?;
    Ok(posted(number, "to-balance"))
}

fn posted(number: &str, what: &'static str) -> Posted {
    Posted { to: paths::after_sale_done(number, what), words: done::on_case(what).unwrap_or_default(), warned: false }
}
