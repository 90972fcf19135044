//! `/me/wallet`: balance and points at each shop, and every movement with its cause.

use crate::domain::money::points::too_few_in_words;
use crate::domain::text::isolated;
use crate::domain::{Money, ShopId, Tender};
use crate::http::assets;
use crate::pages::buyer::ZONE;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::money::wallet::{self, Purse, ShopWallet, WalletMovement, Wallets};
use crate::ui::{BuyerFrame, Card, Drawing, Empty, Hero, ListLink, ListRow, Notice, Pagination, Tab, Tabs, Tone};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::WALLET, get(show))
}

#[derive(serde::Deserialize)]
struct WalletQuery {
    #[serde(default)]
    account: String,
    shop: Option<i64>,
    before: Option<i64>,
}

async fn show(buyer: Buyer, Query(query): Query<WalletQuery>) -> Result<Response, Failure> {
    let account = if query.account == Tender::Points.code() { Tender::Points } else { Tender::Balance };
    let Wallets { all, open, movements } = wallet::wallets(&buyer, query.shop.map(ShopId), account, query.before).await?;
    let opened = open.and_then(|open| all.get(open).cloned());
    let (shop, purse) = opened.as_ref().map_or((None, Purse::default()), |wallet| (Some(wallet.shop), wallet.purse));
    let next = movements.next.map(|before| format!("{}&before={before}", href(account, shop)));
    // Who has one wallet need not be told whose it is.
    let several = all.len() > 1;
    let title = opened.filter(|_| several).map_or(String::new(), |wallet| wallet.name);
    Ok(Document::buyer("我的钱包").draw(move || {
        let words = if several {
            "每家店铺的余额和积分，只能在这家店铺使用".to_owned()
        } else {
            format!("余额 {}", in_words(purse))
        };
        let hero = view! { <Hero title="我的钱包">{words}</Hero> }.into_any();
        let shops = several.then(|| shops(all, open, account));
        let below_zero = (purse.points < 0).then(|| view! { <Notice tone=Tone::Warn>{too_few_in_words(purse.points)}</Notice> });
        let tabs = [Tender::Balance, Tender::Points].map(|tender| Tab::new(tender.name(), href(tender, shop)).active(tender == account));
        let rows = movements.rows.into_iter().map(|movement| row(movement, account)).collect::<Vec<_>>();
        let list = if rows.is_empty() { none().into_any() } else { view! { <div class="list-rows">{rows}</div> }.into_any() };
        view! {
            <BuyerFrame title="我的钱包" back=routes::buyer::ME hero=hero>
                {shops}
                {below_zero}
                <Card title=title>
                    <Tabs label="账户" tabs=tabs.to_vec()/>
                    {list}
                    <Pagination next=next/>
                </Card>
            </BuyerFrame>
        }
    }))
}

/// Every shop with what is there; one of them is open below.
fn shops(all: Vec<ShopWallet>, open: Option<usize>, account: Tender) -> impl IntoView + use<> {
    let link = |(index, wallet): (usize, ShopWallet)| {
        let (href, value, current) = (href(account, Some(wallet.shop)), in_words(wallet.purse), open == Some(index));
        view! { <ListLink href=href label=wallet.name value=value current=current/> }
    };
    let links = all.into_iter().enumerate().map(link).collect_view();
    view! { <Card class="card--flush"><nav class="list-links" aria-label="店铺">{links}</nav></Card> }
}

fn href(account: Tender, shop: Option<ShopId>) -> String {
    let shop = shop.map_or(String::new(), |shop| format!("&shop={}", shop.0));
    format!("{}?account={}{shop}", routes::buyer::WALLET, account.code())
}

/// `¥200.00 · 12,800 积分`.
fn in_words(purse: Purse) -> String {
    format!("{} · {}", purse.balance.show(), Tender::Points.show(Money(purse.points)))
}

fn none() -> impl IntoView {
    view! { <Empty src=assets::url(Drawing::Orders.file()) words="还没有变动记录" hint="下单抵扣、退款到账都会记在这里"/> }
}

/// One movement: why, when, how much, and what was there then.
fn row(movement: WalletMovement, account: Tender) -> impl IntoView {
    let income = movement.amount.is_positive();
    let value = format!("{}{}", if income { "+" } else { "" }, account.show(movement.amount));
    let after = movement.after.map_or(String::new(), |after| format!(" · 变动后 {}", account.show(after)));
    let small = format!("{}{after}", movement.at.show(ZONE));
    let tone = if income { Tone::Good } else { Tone::Plain };
    let order = movement.order_number.map(|number| {
        let href = routes::buyer::order(&number);
        view! { <span>"订单 "<a class="link" href=href>{number}</a></span> }
    });
    let reason = (!movement.reason.is_empty())
        .then(|| view! { <span>{format!("{}（{}）", isolated(&movement.reason), isolated(&movement.actor_name))}</span> });
    view! { <ListRow title=movement.cause.in_words(account) small=small value=value tone=tone>{order}{reason}</ListRow> }
}
