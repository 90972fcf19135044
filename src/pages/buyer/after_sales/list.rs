//! `/after-sales`: what the buyer has asked for, newest first.

use super::after_sale::words::{headline, tone};
use super::{after_sale, apply_after_sale, revise, ship_return};
use crate::domain::after_sale::{AfterSaleKind, StateKind};
use crate::http::assets;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::after_sales::{self, BuyerFilter, ListedCase};
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::ui::{BuyerFrame, Drawing, Empty, LinkButton, Notice, OrderCard, Pagination, Price, Tab, Tabs, Thumb, TimeLeft};
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

/// Everything of a buyer's after-sales.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(routes::buyer::AFTER_SALES, get(show))
        .merge(after_sale::routes())
        .merge(apply_after_sale::routes())
        .merge(revise::routes())
        .merge(ship_return::routes())
}

/// The tabs: how the URL says them, what they are called, what they hold.
const TABS: [(&str, &str, BuyerFilter); 3] =
    [("", "全部", BuyerFilter::All), ("open", "处理中", BuyerFilter::Open), ("over", "已结束", BuyerFilter::Over)];

#[derive(serde::Deserialize)]
struct BuyerAfterSalesQuery {
    #[serde(default)]
    state: String,
    before: Option<i64>,
}

async fn show(buyer: Buyer, Query(query): Query<BuyerAfterSalesQuery>) -> Result<Response, Failure> {
    let (state, _, which) = TABS.into_iter().find(|(state, ..)| *state == query.state).unwrap_or(TABS[0]);
    let page = after_sales::list_for_buyer(&buyer, which, query.before).await?;
    let now = buyer.now.0;
    Ok(Document::buyer("退款/售后").draw(move || {
        let tabs = TABS.into_iter().map(|(code, name, _)| Tab::new(name, address(code)).active(code == state)).collect();
        let next = page.next.map(|before| format!("{}?state={state}&before={before}", routes::buyer::AFTER_SALES));
        let empty = page.rows.is_empty().then(|| none(which));
        view! {
            <BuyerFrame title="退款/售后" back=routes::buyer::ME>
                <Tabs label="售后状态" tabs=tabs/>
                {empty}
                {page.rows.into_iter().map(|case| card(case, now)).collect_view()}
                <Pagination next=next/>
            </BuyerFrame>
        }
    }))
}

fn address(state: &str) -> String {
    if state.is_empty() { routes::buyer::AFTER_SALES.to_owned() } else { format!("{}?state={state}", routes::buyer::AFTER_SALES) }
}

fn none(which: BuyerFilter) -> impl IntoView {
    let words = match which {
        BuyerFilter::All => "还没有退款或售后",
        BuyerFilter::Open => "没有处理中的售后",
        BuyerFilter::Over => "没有已结束的售后",
    };
    view! {
        <Empty src=assets::url(Drawing::AfterSales.file()) words=words hint="商品有问题时，可以在订单里申请退款、退货或换货">
            <LinkButton href=routes::buyer::ORDERS>"查看我的订单"</LinkButton>
        </Empty>
    }
}

/// One case: what it is about, what it needs now, and how long that may take.
fn card(case: ListedCase, now: i64) -> impl IntoView {
    let (state, kind) = (case.state, case.kind);
    let exchanged = state == StateKind::Succeeded && kind == AfterSaleKind::Exchange;
    let name = if exchanged { "换货完成" } else { state.name() };
    let left = case
        .due_at
        .filter(|_| case.overdue_at.is_none())
        .map(|due| view! { <span class="nowrap">{(due > now).then_some("还剩 ")}<TimeLeft millis=due - now/></span> });
    let sum = (kind != AfterSaleKind::Exchange).then(|| view! { <Price amount=case.money.amount/> });
    let more = (case.items > 1).then(|| view! { <p class="muted small">{format!("等 {} 种商品", case.items)}</p> });
    let words = headline(kind, state, case.overdue_at.is_some());
    let over = matches!(state, StateKind::Succeeded | StateKind::Closed);
    let next = (!over).then(|| view! { <Notice><span class="row">{words}{left}</span></Notice> });
    let href = routes::buyer::after_sale(&case.number);
    let title = case.title.clone();
    view! {
        <OrderCard shop=case.shop_name href=href.clone() state=name tone=tone(state)>
            <div class="goods-line">
                <Thumb src=assets::url(&case.picture) alt=""/>
                <div class="goods-line__words">
                    <p class="goods-line__title"><a href=href.clone()>{title}</a></p>
                    <p class="goods-line__spec">{format!("{} ×{}", case.spec, case.quantity)}</p>
                    {more}
                </div>
            </div>
            <p class="order-card__sum"><span>{kind.name()}</span>{sum}</p>
            {next}
            <div class="actions"><LinkButton href=href label=format!("查看详情：{}", case.title)>"查看详情"</LinkButton></div>
        </OrderCard>
    }
}
