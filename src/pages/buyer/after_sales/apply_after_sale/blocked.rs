//! Nothing of the order can be asked for: why, and what to do instead.

use crate::http::assets;
use crate::pages::buyer::after_sales::after_sale::dial;
use crate::pages::document::Document;
use crate::routes;
use crate::server::orders::{CaseLink, OrderDetail};
use crate::ui::{BuyerFrame, Drawing, Empty, LinkButton, ListRow};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

pub fn draw(detail: OrderDetail, words: String) -> Response {
    Document::buyer("申请售后").status(StatusCode::CONFLICT).draw(move || {
        let order = routes::buyer::order(&detail.order.number);
        let row = |case: CaseLink| {
            let (href, title) = (routes::buyer::after_sale(&case.number), format!("售后 {}", case.number));
            view! { <ListRow title=title value=case.state_name href=href/> }
        };
        let cases = (!detail.cases.is_empty())
            .then(|| view! { <section class="card card--flush"><div class="list-rows">{detail.cases.into_iter().map(row).collect_view()}</div></section> });
        view! {
            <BuyerFrame title="申请售后" back=order.clone()>
                <Empty src=assets::url(Drawing::AfterSales.file()) words="现在不能申请售后" hint=words>
                    <LinkButton href=order>"返回订单"</LinkButton>
                    <LinkButton href=dial(&detail.shop.phone)>"联系商家"</LinkButton>
                </Empty>
                {cases}
            </BuyerFrame>
        }
    })
}
