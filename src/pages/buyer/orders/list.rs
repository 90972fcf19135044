//! `/orders?status=&before=`: the buyer's orders.

mod card;

use crate::domain::order::OrderStatus;
use crate::http::assets;
use crate::pages::buyer::ZONE;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::orders::{self, BuyerCounts, BuyerOrdersTab};
use crate::ui::{self, ButtonKind, BuyerFrame, Drawing, Empty, LinkButton, Pagination, Tab, Tabs};
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::ORDERS, get(show))
}

/// The tabs: the word in the URL, what people read, and what it shows.
const TABS: [(&str, &str, BuyerOrdersTab); 6] = [
    ("", "全部", BuyerOrdersTab::All),
    ("pending_payment", "待付款", BuyerOrdersTab::Status(OrderStatus::PendingPayment)),
    ("awaiting_shipment", "待发货", BuyerOrdersTab::Status(OrderStatus::AwaitingShipment)),
    ("awaiting_receipt", "待收货", BuyerOrdersTab::Status(OrderStatus::AwaitingReceipt)),
    ("to_review", "待评价", BuyerOrdersTab::ToReview),
    ("closed", "已关闭", BuyerOrdersTab::Status(OrderStatus::Closed)),
];

#[derive(serde::Deserialize)]
struct BuyerOrdersQuery {
    #[serde(default)]
    status: String,
    #[serde(default)]
    before: String,
}

async fn show(buyer: Buyer, Query(query): Query<BuyerOrdersQuery>) -> Result<Response, Failure> {
    let (status, label, tab) = TABS.into_iter().find(|(status, ..)| *status == query.status).unwrap_or(TABS[0]);
    let listed = orders::list_for_buyer(&buyer, tab, query.before.parse().ok()).await?;
    let (counts, in_cart) = (orders::counts_for_buyer(&buyer).await?, buyer.in_cart);
    let next = listed.next.map(|before| format!("{}?status={status}&before={before}", routes::buyer::ORDERS));
    let now = buyer.now;
    Ok(Document::buyer("我的订单").draw(move || {
        let nothing = listed.rows.is_empty().then(|| none(tab, label));
        let cards = listed.rows.into_iter().map(|listed| card::card(listed, now, ZONE)).collect_view();
        view! {
            <BuyerFrame title="我的订单" back=routes::buyer::ME tab=ui::BuyerTab::Orders cart_count=in_cart>
                <Tabs label="订单状态" tabs=tabs(status, counts)/>
                {nothing}
                {cards}
                <Pagination next=next/>
            </BuyerFrame>
        }
    }))
}

fn tabs(open: &str, counts: BuyerCounts) -> Vec<Tab> {
    let tab = |(status, label, what): (&str, &str, BuyerOrdersTab)| {
        let href = if status.is_empty() { routes::buyer::ORDERS.to_owned() } else { routes::buyer::orders(status) };
        counted(Tab::new(label, href).active(status == open), waiting(what, counts))
    };
    let after_sales = counted(Tab::new("退款/售后", routes::buyer::AFTER_SALES), counts.after_sales);
    TABS.into_iter().map(tab).chain([after_sales]).collect()
}

/// How many orders wait behind a tab; the others are not counted.
fn waiting(tab: BuyerOrdersTab, counts: BuyerCounts) -> i64 {
    match tab {
        BuyerOrdersTab::Status(OrderStatus::PendingPayment) => counts.to_pay,
        BuyerOrdersTab::Status(OrderStatus::AwaitingShipment) => counts.to_ship,
        BuyerOrdersTab::Status(OrderStatus::AwaitingReceipt) => counts.to_receive,
        BuyerOrdersTab::ToReview => counts.to_review,
        BuyerOrdersTab::All | BuyerOrdersTab::Status(OrderStatus::PartiallyShipped | OrderStatus::Completed | OrderStatus::Closed) => 0,
    }
}

fn counted(tab: Tab, count: i64) -> Tab {
    if count > 0 { tab.count(count) } else { tab }
}

fn none(tab: BuyerOrdersTab, label: &'static str) -> impl IntoView {
    let words = if tab == BuyerOrdersTab::All { "还没有订单".to_owned() } else { format!("没有{label}的订单") };
    view! {
        <Empty src=assets::url(Drawing::Orders.file()) words=words hint="看中什么，随时下单">
            <LinkButton kind=ButtonKind::Primary href=routes::buyer::HOME>"去逛逛"</LinkButton>
        </Empty>
    }
}
