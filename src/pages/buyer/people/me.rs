//! `/me`: the buyer's own page.

use crate::domain::Money;
use crate::domain::Tender;
use crate::domain::people::address::mask_phone;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::money::{coupons, wallet};
use crate::server::orders::{self, BuyerCounts};
use crate::ui::{BuyerFrame, BuyerTab, Card, Hero, Icon, IconGrid, IconItem, IconName, ListLink, PostButton, ThemeChoice};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::ME, get(show))
}

async fn show(buyer: Buyer) -> Result<Response, Failure> {
    let ((shops, purse), counts, in_cart) = (wallet::together(&buyer).await?, orders::counts_for_buyer(&buyer).await?, buyer.in_cart);
    let coupons = coupons::usable_count(&buyer).await?;
    Ok(Document::buyer("我的").draw(move || {
        let hero = view! { <Hero title=buyer.name>{mask_phone(&buyer.phone)}</Hero> }.into_any();
        let all = view! { <a class="link" href=routes::buyer::ORDERS>"全部订单"</a> }.into_any();
        let (balance, points) = (at_shops(purse.balance.show(), shops), at_shops(Tender::Points.show(Money(purse.points)), shops));
        view! {
            <BuyerFrame title="我的" hero=hero tab=BuyerTab::Me cart_count=in_cart>
                <Card title="我的订单" aside=all><IconGrid label="我的订单" items=states(&counts)/></Card>
                <Card class="card--flush">
                    <div class="list-links">
                        <ListLink href=routes::buyer::WALLET label="余额" value=balance icon=IconName::Wallet/>
                        <ListLink href=format!("{}?account=points", routes::buyer::WALLET) label="积分" value=points icon=IconName::Gift/>
                        <ListLink href=routes::buyer::COUPONS label="优惠券" value=coupons_in_words(coupons) icon=IconName::Coupon/>
                    </div>
                </Card>
                <Card class="card--flush">
                    <div class="list-links">
                        <ListLink href=routes::buyer::MESSAGES label="消息" value=unread_words(counts.messages) icon=IconName::Bell/>
                        <ListLink href=routes::buyer::ADDRESSES label="收货地址" icon=IconName::Pin/>
                        <ListLink href=routes::buyer::CART label="购物车" icon=IconName::Cart/>
                        <ListLink href=routes::buyer::SECURITY label="账号与安全" icon=IconName::Shield/>
                        <ListLink href=routes::buyer::CLOSE_ACCOUNT label="注销账号" icon=IconName::Leave/>
                        <div class="list-link"><Icon name=IconName::Theme/><span>"外观"</span><ThemeChoice action=routes::THEME/></div>
                    </div>
                </Card>
                <PostButton action=routes::buyer::LOGOUT>"退出登录"</PostButton>
            </BuyerFrame>
        }
    }))
}

fn states(counts: &BuyerCounts) -> Vec<IconItem> {
    vec![
        IconItem::new(IconName::Pay, "待付款", routes::buyer::orders("pending_payment")).count(counts.to_pay),
        IconItem::new(IconName::Box, "待发货", routes::buyer::orders("awaiting_shipment")).count(counts.to_ship),
        IconItem::new(IconName::Truck, "待收货", routes::buyer::orders("awaiting_receipt")).count(counts.to_receive),
        IconItem::new(IconName::Star, "待评价", routes::buyer::orders("to_review")).count(counts.to_review),
        IconItem::new(IconName::Return, "退款/售后", routes::buyer::AFTER_SALES).count(counts.after_sales),
    ]
}

/// A sum over several shops says so: each part is spent at its own.
fn at_shops(sum: String, shops: i64) -> String {
    if shops > 1 { format!("{sum} · {shops} 家店铺") } else { sum }
}

fn coupons_in_words(usable: usize) -> String {
    match usable {
        0 => String::new(),
        1..=99 => format!("{usable} 张可用"),
        _ => "99+ 张可用".to_owned(),
    }
}

fn unread_words(unread: i64) -> String {
    match unread {
        0 => String::new(),
        1..=99 => format!("{unread} 条未读"),
        _ => "99+ 条未读".to_owned(),
    }
}
