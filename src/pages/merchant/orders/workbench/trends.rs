//! The last month in two pictures.

use crate::domain::SeeMoney;
use crate::server::ctx::Staff;
use crate::server::orders::TrendDay;
use crate::ui::{Card, Trend};
use leptos::prelude::*;

pub(super) fn draw(days: &[TrendDay], staff: &Staff) -> impl IntoView + use<> {
    let orders: Vec<(String, i64)> = days.iter().map(|day| (day.date.clone(), day.orders)).collect();
    let seen = staff.granted(SeeMoney);
    let paid: Option<Vec<(String, i64)>> = days.iter().map(|day| Some((day.date.clone(), day.paid.open(seen)?.0))).collect();
    let paid = paid.filter(|_| seen.is_some()).map(|paid| view! { <Card><Trend label="近 30 天实付金额" points=paid money=true/></Card> });
    view! { <div class="columns"><Card><Trend label="近 30 天订单数" points=orders/></Card>{paid}</div> }
}
