//! `/me/coupons`: what can be taken, and what is in the buyer's hands, by tab.

use crate::domain::CouponTerms;
use crate::http::assets;
use crate::http::form::Form;
use crate::http::posts;
use crate::islands::asking::InPlace;
use crate::pages::buyer::ZONE;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::goods::shopfront;
use crate::server::money::coupons::{self, Coupon, HeldCoupon, HeldTab};
use crate::text::done;
use crate::ui::{
    Button, ButtonKind, BuyerFrame, Card, CouponTicket, Drawing, Empty, Flash, Hidden, LinkButton, Pagination, Tab, Tabs, Tone,
};
use axum::Router;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::COUPONS, get(show)).route("/coupons/{id}/take", post(take))
}

const TABS: [(HeldTab, &str, &str); 3] =
    [(HeldTab::Usable, "usable", "可使用"), (HeldTab::Used, "used", "已使用"), (HeldTab::Expired, "expired", "已过期")];

#[derive(Default, serde::Deserialize)]
struct BuyerCouponsQuery {
    #[serde(default)]
    tab: String,
    before: Option<i64>,
    /// How taking one ended.
    taken: Option<String>,
}

async fn show(buyer: Buyer, Query(query): Query<BuyerCouponsQuery>) -> Result<Response, Failure> {
    let (tab, code, _) = TABS.into_iter().find(|(_, code, _)| *code == query.tab).unwrap_or(TABS[0]);
    let held = coupons::list_for_buyer(&buyer, tab, query.before).await?;
    let open = match shopfront::shop(&buyer.app).await? {
        Some(shop) if tab == HeldTab::Usable && query.before.is_none() => coupons::offered(&buyer.app, shop.id, None).await?,
        Some(_) | None => Vec::new(),
    };
    let next = held.next.map(|before| format!("{}&before={before}", href(code)));
    let flash = query.taken.as_deref().and_then(told);
    Ok(Document::buyer("优惠券").draw(move || {
        let tabs = TABS.map(|(one, code, label)| Tab::new(label, href(code)).active(one == tab)).to_vec();
        let rows = held.rows.into_iter().map(|held| ticket(held, tab)).collect::<Vec<_>>();
        let list = if rows.is_empty() { none(tab) } else { view! { <div class="stack">{rows}</div> }.into_any() };
        view! {
            <BuyerFrame title="优惠券" back=routes::buyer::ME>
                {flash.map(|(words, tone)| view! { <Flash words=words tone=tone/> })}
                {(!open.is_empty()).then(|| view! { <Card title="领券中心">{offers(open, "")}</Card> })}
                <Card>
                    <Tabs label="我的优惠券" tabs=tabs/>
                    {list}
                    <Pagination next=next/>
                </Card>
            </BuyerFrame>
        }
    }))
}

async fn take(buyer: Buyer, Path(id): Path<i64>, form: Form) -> Result<Redirect, Failure> {
    Ok(Redirect::to(&posts::coupons::take(&buyer, id, &form).await?.to))
}

/// What the page says after taking one.
pub fn told(taken: &str) -> Option<(&'static str, Tone)> {
    done::on_coupon(taken).map(|words| (words, if taken == "1" { Tone::Good } else { Tone::Warn }))
}

fn href(tab: &str) -> String {
    format!("{}?tab={tab}", routes::buyer::COUPONS)
}

fn none(tab: HeldTab) -> AnyView {
    let (words, hint) = match tab {
        HeldTab::Usable => ("没有可使用的优惠券", "商家发放或领取的优惠券会放在这里"),
        HeldTab::Used => ("还没有用过优惠券", "下单时选择优惠券，就能在这里看到"),
        HeldTab::Expired => ("没有过期的优惠券", "到期没有使用的优惠券会放在这里"),
    };
    view! { <Empty src=assets::url(Drawing::Orders.file()) words=words hint=hint/> }.into_any()
}

/// Coupons to take, each with its button; `product` is the page to come back to.
pub fn offers(open: Vec<Coupon>, product: &str) -> impl IntoView + use<> {
    let product = product.to_owned();
    let offer = move |coupon: Coupon| {
        let terms = coupon.terms;
        let (title, about, until) = in_words(&terms);
        let (action, product) = (routes::buyer::take_coupon(terms.id.0), product.clone());
        view! {
            <CouponTicket amount=terms.amount title=title about=about until=until>
                <InPlace>
                    <form method="post" action=action data-not-again="">
                        <Hidden name="product" value=product/>
                        <Button kind=ButtonKind::Plain small=true>"领取"</Button>
                    </form>
                </InPlace>
            </CouponTicket>
        }
    };
    view! { <div class="stack">{open.into_iter().map(offer).collect_view()}</div> }
}

fn ticket(held: HeldCoupon, tab: HeldTab) -> impl IntoView {
    let terms = held.terms;
    let (title, about, until) = in_words(&terms);
    let side = match held.order_number {
        _ if tab == HeldTab::Usable => view! { <LinkButton href=routes::buyer::HOME small=true>"去使用"</LinkButton> }.into_any(),
        Some(number) => {
            let href = routes::buyer::order(&number);
            view! { <LinkButton href=href small=true label=format!("查看订单 {number}")>"订单"</LinkButton> }.into_any()
        }
        None => view! { <span class="muted small">"已过期"</span> }.into_any(),
    };
    view! { <CouponTicket amount=terms.amount title=title about=about until=until spent=tab != HeldTab::Usable>{side}</CouponTicket> }
}

/// What it takes off; its name and what it suits; its first and last day, the year said once if it is one.
fn in_words(terms: &CouponTerms) -> (String, String, String) {
    let [from, until] = [terms.valid_from, terms.valid_until.plus(-1)].map(|moment| moment.show(ZONE));
    let (from, until) = (from.get(..10).unwrap_or_default(), until.get(..10).unwrap_or_default());
    let until = if from.get(..4) == until.get(..4) { until.get(5..).unwrap_or_default() } else { until };
    (terms.offer_in_words(), format!("{} · {}", terms.name, terms.scope_in_words()), format!("{from} 至 {until}"))
}
