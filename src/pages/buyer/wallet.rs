//! `/me/wallet`: balance and points, and every movement with its cause.

use super::ZONE;
use crate::domain::Tender;
use crate::domain::points::too_few_in_words;
use crate::domain::text::isolated;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::problem::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::assets;
use crate::server::ctx::Buyer;
use crate::server::wallet::{self, Movement};
use crate::ui::{BuyerFrame, Card, Drawing, Empty, Hero, ListRow, Notice, Pagination, Tab, Tabs, Tone};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::WALLET, get(show))
}

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    account: String,
    before: Option<i64>,
}

async fn show(buyer: Buyer, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let account = if asked.account == Tender::Points.code() { Tender::Points } else { Tender::Balance };
    let (purse, movements) = (wallet::purse(&buyer).await?, wallet::movements(&buyer, account, asked.before).await?);
    let next = movements.next.map(|before| format!("{}&before={before}", href(account)));
    Ok(Document::buyer("我的钱包").draw(move || {
        let points = Tender::Points.show(crate::domain::Money(purse.points));
        let hero = view! { <Hero title="我的钱包">{format!("余额 {} · {points}", purse.balance.show())}</Hero> }.into_any();
        let below_zero = (purse.points < 0).then(|| view! { <Notice tone=Tone::Warn>{too_few_in_words(purse.points)}</Notice> });
        let tabs = [Tender::Balance, Tender::Points].map(|tender| Tab::new(tender.name(), href(tender)).active(tender == account));
        let rows = movements.rows.into_iter().map(|movement| row(movement, account)).collect::<Vec<_>>();
        let list = if rows.is_empty() { none().into_any() } else { view! { <div class="list-rows">{rows}</div> }.into_any() };
        view! {
            <BuyerFrame title="我的钱包" back=routes::buyer::ME hero=hero>
                {below_zero}
                <Card>
                    <Tabs label="账户" tabs=tabs.to_vec()/>
                    {list}
                    <Pagination next=next/>
                </Card>
            </BuyerFrame>
        }
    }))
}

fn href(account: Tender) -> String {
    format!("{}?account={}", routes::buyer::WALLET, account.code())
}

fn none() -> impl IntoView {
    view! { <Empty src=assets::url(Drawing::Orders.file()) words="还没有变动记录" hint="下单抵扣、退款到账都会记在这里"/> }
}

/// One movement: why, when, how much, and what was there then.
fn row(movement: Movement, account: Tender) -> impl IntoView {
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
    view! { <ListRow title=wallet::cause_in_words(&movement.cause, account) small=small value=value tone=tone>{order}{reason}</ListRow> }
}
