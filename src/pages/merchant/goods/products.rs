//! `/merchant/products`: what is sold, and how much of it lies in the house.

use crate::domain::{Permission, text};
use crate::http::assets;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::goods::{self, StockedProduct};
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, GoodsCell, LinkButton, MerchantFrame, Pagination, SearchBox, Table, Tone};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::merchant::PRODUCTS, get(show))
}

#[derive(serde::Deserialize)]
struct ProductsQuery {
    #[serde(default)]
    q: String,
    before: Option<i64>,
}

async fn show(staff: Staff, Query(query): Query<ProductsQuery>) -> Result<Response, Failure> {
    let page = goods::list(&staff, &query.q, query.before).await?;
    let next = page.next.map(|before| {
        let encoded = serde_urlencoded::to_string([("q", query.q.as_str()), ("before", &before.to_string())]).unwrap_or_default();
        format!("{}?{encoded}", routes::merchant::PRODUCTS)
    });
    Ok(Document::merchant("商品").draw(move || {
        let list = if page.rows.is_empty() { none(&text::tidy(&query.q), &staff).into_any() } else { table(page.rows).into_any() };
        view! {
            <MerchantFrame title="商品" nav=frame::nav(&staff, routes::merchant::PRODUCTS) staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                <div class="panel">
                    <div class="filters"><SearchBox action=routes::merchant::PRODUCTS label="搜索商品名称" value=query.q.clone()/></div>
                    {list}
                </div>
                <Pagination next=next/>
            </MerchantFrame>
        }
    }))
}

/// Nothing that fits, or a shop that sells nothing yet and has other things to see to first.
fn none(sought: &str, staff: &Staff) -> AnyView {
    if !sought.is_empty() {
        let words = format!("没有名称包含「{sought}」的商品");
        return view! {
            <Empty src=assets::url(Drawing::NotFound.file()) words=words hint="请核对名称，或只输入其中几个字">
                <LinkButton href=routes::merchant::PRODUCTS>"查看全部商品"</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let address = staff
        .may(Permission::ReturnAddresses)
        .then(|| view! { <LinkButton kind=ButtonKind::Primary href=routes::merchant::RETURN_ADDRESSES>"添加退货地址"</LinkButton> });
    let clocks =
        staff.may(Permission::ChangePolicy).then(|| view! { <LinkButton href=routes::merchant::CLOCKS>"设置售后时限"</LinkButton> });
    view! {
        <Empty
            src=assets::url(Drawing::Orders.file()) words="店里还没有商品"
            hint="后台目前不能添加商品。可以先备好退货地址、定好售后时限，商品有了以后库存会列在这里"
        >
            {address}
            {clocks}
        </Empty>
    }
    .into_any()
}

fn table(products: Vec<StockedProduct>) -> impl IntoView {
    let head = vec![
        Column::new("商品"),
        Column::new("规格"),
        Column::number("价格"),
        Column::number("可售"),
        Column::number("已占用"),
        Column::number("次品"),
        Column::number("已售"),
        Column::narrow("状态"),
    ];
    view! { <Table label="商品库存" head=head>{products.into_iter().map(rows).collect_view()}</Table> }
}

/// A row for every SKU; the product stands in the first.
fn rows(product: StockedProduct) -> impl IntoView {
    let StockedProduct { id, title, picture, category, sold, listed, skus } = product;
    let mut first = Some((title, picture, category));
    let row = move |sku: crate::server::goods::StockedSku| {
        let begins = first.is_some();
        let cell = first.take().map(|(title, picture, category)| {
            view! { <GoodsCell src=assets::url(&picture) title=title href=routes::buyer::product(id.0) detail=category/> }
        });
        let state = begins.then(|| {
            if listed {
                view! { <Badge tone=Tone::Good>"在售"</Badge> }
            } else {
                view! { <Badge>"已下架"</Badge> }
            }
        });
        let class = if sku.sellable == 0 { "number bad" } else { "number" };
        view! {
            <tr>
                <td>{cell}</td>
                <td>{sku.spec}</td>
                <td class="number">{sku.price.show()}</td>
                <td class=class>{sku.sellable}</td>
                <td class="number">{sku.reserved}</td>
                <td class="number">{sku.defective}</td>
                <td class="number">{begins.then_some(sold)}</td>
                <td>{state}</td>
            </tr>
        }
    };
    skus.into_iter().map(row).collect_view()
}
