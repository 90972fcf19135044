//! The sheet of the order confirmation that offers the buyer's coupons: only those that fit, the best first.

use super::Typed;
use crate::domain::{Money, Timestamp};
use crate::http::forms::RECOUNT;
use crate::http::problem::Problem;
use crate::server::money::coupons::CouponChoice;
use crate::server::orders::{Checkout, NO_COUPON};
use crate::ui::{Button, Card, RadioCard, RadioCards};
use chrono_tz::Tz;
use leptos::prelude::*;

/// Nothing for buyers who hold none that fits, unless a chosen one was refused.
pub fn draw(checkout: &Checkout, typed: Typed, problem: Option<&Problem>) -> Option<AnyView> {
    let error = Problem::at(problem, "coupon");
    if checkout.coupons.is_empty() && error.is_none() {
        return None;
    }
    let (zone, payable) = (checkout.shop.zone, checkout.totals.payable());
    let cards = checkout.coupons.iter().enumerate().map(|(index, choice)| card(index, choice, typed, payable, zone)).collect_view();
    let view = view! {
        <Card>
            <RadioCards legend="优惠券" name="coupon" error=error>
                {cards}
                <RadioCard name="coupon" value=NO_COUPON title="不使用优惠券" checked=typed.coupon.is_none()/>
            </RadioCards>
            <div class="actions"><Button name=RECOUNT value="1" small=true>"更新价格"</Button></div>
        </Card>
    };
    Some(view.into_any())
}

fn card(index: usize, choice: &CouponChoice, typed: Typed, payable: Money, zone: Tz) -> impl IntoView + use<> {
    let best = if index == 0 { " · 最优惠" } else { "" };
    let title = format!("{} −{}{best}", choice.terms.name, choice.worth.show());
    let offer =
        format!("{}，{}，{}", choice.terms.offer_in_words(), choice.terms.scope_in_words(), until_in_words(choice.terms.valid_until, zone));
    let after = format!("使用后合计 {}", (payable - choice.worth).show());
    let checked = typed.coupon == Some(choice.id);
    view! {
        <RadioCard name="coupon" value=choice.id.0.to_string() title=title explain=offer checked=checked>
            <p class="small">{after}</p>
        </RadioCard>
    }
}

/// `12 月 1 日 23:59 前有效`: the last minute that counts.
fn until_in_words(until: Timestamp, zone: Tz) -> String {
    format!("{} 前有效", until.plus(-1).in_words(zone))
}
