//! `/merchant/coupons`: 「优惠券」, what the shop made and how far it has gone.

mod coupon;
mod hand_out;
mod new;

use crate::domain::{Permission, Timestamp};
use crate::http::assets;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::money::coupons::{self, Coupon};
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, Flash, LinkButton, MerchantFrame, Pagination, Table, Tone};
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use chrono_tz::Tz;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(paths::COUPONS, get(show))
        .route(paths::NEW_COUPON, get(new::begin).post(new::make))
        .route("/merchant/coupons/{id}", get(coupon::show))
        .route("/merchant/coupons/{id}/give", post(coupon::give))
        .route("/merchant/coupons/{id}/give-all", post(coupon::give_to_all))
        .route("/merchant/coupons/{id}/end", post(coupon::end))
}

#[derive(Default, serde::Deserialize)]
struct CouponsQuery {
    before: Option<i64>,
    made: Option<String>,
}

async fn show(staff: Staff, Query(query): Query<CouponsQuery>) -> Result<Response, Failure> {
    let listed = coupons::list_for_shop(&staff, query.before).await?;
    let next = listed.next.map(|before| format!("{}?before={before}", paths::COUPONS));
    Ok(Document::merchant("优惠券").draw(move || {
        let nav = frame::nav(&staff, paths::COUPONS);
        let make = staff
            .may(Permission::ChangePolicy)
            .then(|| view! { <LinkButton kind=ButtonKind::Primary href=paths::NEW_COUPON>"新建优惠券"</LinkButton> }.into_any());
        let list = if listed.rows.is_empty() { none(&staff).into_any() } else { table(&listed.rows, &staff).into_any() };
        view! {
            <MerchantFrame title="优惠券" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() actions=make>
                {query.made.map(|_| view! { <Flash words="优惠券已建好，可以发放或等买家领取"/> })}
                <div class="panel">{list}</div>
                <Pagination next=next/>
            </MerchantFrame>
        }
    }))
}

fn none(staff: &Staff) -> impl IntoView + use<> {
    let may_make = staff.may(Permission::ChangePolicy);
    let hint = if may_make {
        "先新建一张，再发给会员或让买家自己领取"
    } else {
        "店主新建后，就能在这里看到和发放"
    };
    let make = may_make.then(|| view! { <LinkButton href=paths::NEW_COUPON>"新建第一张优惠券"</LinkButton> });
    view! { <Empty src=assets::url(Drawing::Orders.file()) words="还没有优惠券" hint=hint>{make}</Empty> }
}

fn table(rows: &[Coupon], staff: &Staff) -> impl IntoView + use<> {
    let head = vec![
        Column::new("名称"),
        Column::new("优惠"),
        Column::new("有效期"),
        Column::number("已发 / 总量"),
        Column::number("已用"),
        Column::narrow("状态"),
        Column::hidden("操作"),
    ];
    let (zone, now) = (staff.shop.zone, staff.now);
    let row = |coupon: &Coupon| {
        let terms = &coupon.terms;
        let (href, label) = (format!("{}/{}", paths::COUPONS, terms.id.0), format!("查看 {}", terms.name));
        let way = if coupon.open { "买家可领取" } else { "仅商家发放" };
        let issued = format!("{} / {}", coupon.handed_out, coupon.copies);
        view! {
            <tr>
                <td class="nowrap">{terms.name.clone()}<small>{way}</small></td>
                <td class="nowrap">{terms.offer_in_words()}<small>{terms.scope_in_words()}</small></td>
                <td class="nowrap">{validity(coupon, zone)}</td>
                <td class="number">{issued}</td>
                <td class="number">{coupon.used}</td>
                <td>{standing(coupon, now)}</td>
                <td><LinkButton href=href small=true label=label>"查看"</LinkButton></td>
            </tr>
        }
    };
    let rows = rows.iter().map(row).collect_view();
    view! { <Table label="优惠券" head=head>{rows}</Table> }
}

/// `2026-11-01 至 2026-11-30`.
fn validity(coupon: &Coupon, zone: Tz) -> String {
    let day = |moment: Timestamp| moment.show(zone).get(..10).unwrap_or_default().to_owned();
    format!("{} 至 {}", day(coupon.terms.valid_from), day(coupon.terms.valid_until.plus(-1)))
}

fn standing(coupon: &Coupon, now: Timestamp) -> AnyView {
    if coupon.ended_at.is_some() {
        view! { <Badge>"已结束"</Badge> }.into_any()
    } else if now >= coupon.terms.valid_until {
        view! { <Badge>"已过期"</Badge> }.into_any()
    } else if coupon.copies_left() == 0 {
        view! { <Badge tone=Tone::Warn>"已发完"</Badge> }.into_any()
    } else if now < coupon.terms.valid_from {
        view! { <Badge tone=Tone::Info>"未开始"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Good>"发放中"</Badge> }.into_any()
    }
}
