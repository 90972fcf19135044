//! `/merchant/orders`: 「订单管理」, every order of the shop by status, search, date and flag; the whole view stands in the URL.

mod query;
mod table;

use super::{order, workbench};
use crate::domain::order::OrderStatus;
use crate::domain::{FieldErrors, OrderFlag};
use crate::islands::asking::DialogLinks;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::orders;
use crate::ui::{
    Button, ButtonKind, Choice, DateField, FormErrors, Hidden, LinkButton, MerchantFrame, Pagination, SearchBox, Select, Tab, Tabs,
};
use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use query::OrdersQuery;
use std::sync::Arc;

/// The workbench, the orders, and each order.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route(paths::WORKBENCH, get(workbench::show)).route(paths::ORDERS, get(show)).merge(order::routes())
}

async fn show(staff: Staff, Query(query): Query<OrdersQuery>) -> Result<Response, Failure> {
    let counts = orders::counts_by_status(&staff).await?;
    let (filter, errors) = query.filter(staff.shop.zone);
    let (rows, next) = match &filter {
        Some(filter) => {
            let page = orders::list_for_shop(&staff, filter, query.before()).await?;
            (page.rows, page.next)
        }
        None => (Vec::new(), None),
    };
    let (previous, next) = (query.previous(), next.map(|before| query.next(before)));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Document::merchant("订单管理").status(status).draw(move || {
        let nav = frame::nav(&staff, paths::ORDERS);
        let search = search(&query).into_any();
        view! {
            <MerchantFrame title="订单管理" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() actions=search>
                <FormErrors errors=errors.clone()/>
                <div class="panel">
                    <Tabs label="订单状态" tabs=tabs(&query, &counts)/>
                    {filters(&query, &errors)}
                    {table::draw(rows, &query, &staff, errors.is_empty())}
                </div>
                <Pagination previous=previous next=next/>
                <DialogLinks/>
            </MerchantFrame>
        }
    }))
}

/// The statuses as the shop's tabs call them.
const TABS: [(OrderStatus, &str); 5] = [
    (OrderStatus::PendingPayment, "待支付"),
    (OrderStatus::AwaitingShipment, "待发货"),
    (OrderStatus::AwaitingReceipt, "待收货"),
    (OrderStatus::Completed, "已完成"),
    (OrderStatus::Closed, "已关闭"),
];

fn tabs(query: &OrdersQuery, counts: &[(OrderStatus, i64)]) -> Vec<Tab> {
    let open = query.status();
    let tab = |(status, label): (OrderStatus, &'static str)| {
        let tab = Tab::new(label, query.href(&[("status", status.code())])).active(open == Some(status));
        match counts.iter().find(|(counted, _)| *counted == status) {
            Some((_, count)) => tab.count(*count),
            None => tab,
        }
    };
    let all = Tab::new("全部", query.href(&[("status", "")])).active(open.is_none());
    TABS.into_iter().map(tab).chain([all]).collect()
}

fn search(query: &OrdersQuery) -> impl IntoView + use<> {
    view! { <SearchBox action=paths::ORDERS label="单号 / 买家 / 手机、尾号 / 商品" value=query.q.clone() hidden=query.kept(&["status", "from", "until", "flag"])/> }
}

fn filters(query: &OrdersQuery, errors: &FieldErrors) -> impl IntoView + use<> {
    let kept = query.kept(&["status", "q"]).into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect::<Vec<_>>();
    let flags = OrderFlag::ALL.into_iter().map(|flag| Choice::new(flag.code(), format!("{}色", flag.name()))).collect();
    let clear = (!query.is_bare()).then(|| query.cleared());
    let OrdersQuery { from, until, flag, .. } = query.clone();
    view! {
        <form method="get" action=paths::ORDERS class="filters" novalidate=true>
            {kept}
            <DateField label="下单日期从" name="from" value=from error=errors.of("from")/>
            <DateField label="到" name="until" value=until error=errors.of("until")/>
            <Select label="旗帜" name="flag" choices=flags selected=flag placeholder="全部"/>
            <Button small=true>"筛选"</Button>
            {clear.map(|href| view! { <LinkButton href=href kind=ButtonKind::Quiet small=true>"清空条件"</LinkButton> })}
        </form>
    }
}
