//! The last month in two pictures.

use crate::domain::Permission;
use crate::server::ctx::Staff;
use crate::server::orders::Day;
use crate::ui::{Card, Trend};
use leptos::prelude::*;

pub(super) fn draw(days: &[Day], staff: &Staff) -> impl IntoView + use<> {
    let orders: Vec<(String, i64)> = days.iter().map(|day| (day.date.clone(), day.orders)).collect();
    let paid: Vec<(String, i64)> = days.iter().map(|day| (day.date.clone(), day.paid.0)).collect();
    let paid = staff.may(Permission::SeeMoney).then(|| view! { <Card><Trend label="近 30 天实付金额" points=paid money=true/></Card> });
    view! { <div class="columns"><Card><Trend label="近 30 天订单数" points=orders/></Card>{paid}</div> }
}
