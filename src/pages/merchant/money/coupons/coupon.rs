//! `/merchant/coupons/{id}`: one coupon, handed out and ended.

use super::{hand_out, standing, validity};
use crate::domain::{CouponId, Permission};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::error::Error;
use crate::server::money::coupons::{self, Coupon};
use crate::ui::{Card, Flash, FormErrors, KeyValue, KeyValues, MerchantFrame};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct CouponQuery {
    /// How many copies were just given.
    given: Option<i64>,
    ended: Option<String>,
    /// The dialog that is open: `give-all` or `end`.
    dialog: String,
}

pub async fn show(staff: Staff, Path(id): Path<i64>, Query(query): Query<CouponQuery>) -> Result<Response, Failure> {
    let done = match (query.given, query.ended) {
        (Some(given), _) => Some(format!("已发放 {given} 张")),
        (None, Some(_)) => Some("已结束发放，已经发出的仍然有效".to_owned()),
        (None, None) => None,
    };
    page(staff, CouponId(id), &Form::default(), CouponPageState { done, dialog: query.dialog }, None).await
}

pub async fn give(staff: Staff, Path(id): Path<i64>, form: Form) -> Result<Response, Failure> {
    match coupons::give_to(&staff, CouponId(id), form.get("phone")).await {
        Ok(()) => Ok(back(id, "given=1")),
        Err(error) => page(staff, CouponId(id), &form, CouponPageState::default(), Some(Problem::of(error)?)).await,
    }
}

pub async fn give_to_all(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    match coupons::give_to_all(&staff, CouponId(id)).await {
        Ok(given) => Ok(back(id, &format!("given={given}"))),
        Err(error) => page(staff, CouponId(id), &Form::default(), CouponPageState::default(), Some(Problem::of(error)?)).await,
    }
}

pub async fn end(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    coupons::end(&staff, CouponId(id)).await?;
    Ok(back(id, "ended=1"))
}

fn back(id: i64, query: &str) -> Response {
    Redirect::to(&format!("{}/{id}?{query}", paths::COUPONS)).into_response()
}

/// What was just done, and the dialog that is open.
#[derive(Default)]
struct CouponPageState {
    done: Option<String>,
    dialog: String,
}

async fn page(staff: Staff, id: CouponId, form: &Form, said: CouponPageState, problem: Option<Problem>) -> Result<Response, Failure> {
    let coupon = coupons::find_for_shop(&staff, id).await?.ok_or(Error::NotFound)?;
    let phone = form.get("phone").to_owned();
    Ok(Document::merchant("优惠券").status(Problem::status_of(problem.as_ref())).draw(move || {
        let nav = frame::nav(&staff, paths::COUPONS);
        let errors = Problem::listed(problem.as_ref());
        let hands = staff.may(Permission::ChangePolicy) && coupon.can_be_handed_out(staff.now);
        let hand_out = hands.then(|| hand_out::draw(&coupon, phone, &said.dialog, problem.as_ref()));
        let facts = facts(&coupon, &staff);
        view! {
            <MerchantFrame title="优惠券" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=paths::COUPONS>
                {said.done.map(|words| view! { <Flash words=words/> })}
                <FormErrors errors=errors/>
                {facts}
                {hand_out}
            </MerchantFrame>
        }
    }))
}

fn facts(coupon: &Coupon, staff: &Staff) -> impl IntoView + use<> {
    let (terms, zone) = (&coupon.terms, staff.shop.zone);
    let offer = format!("{}，{}", terms.offer_in_words(), terms.scope_in_words());
    let issued = format!("{} / {} 张，每人最多 {} 张", coupon.handed_out, coupon.copies, coupon.copies_per_buyer);
    let made = format!("{} {}", coupon.created_by, coupon.created_at.show(zone));
    let (standing, validity, used) = (standing(coupon, staff.now), validity(coupon, zone), format!("{} 张", coupon.used));
    let way = if coupon.open { "买家可以自己领取" } else { "仅商家发放" };
    view! {
        <Card title=terms.name.clone()>
            <KeyValues>
                <KeyValue label="状态">{standing}</KeyValue>
                <KeyValue label="优惠">{offer}</KeyValue>
                <KeyValue label="有效期">{validity}</KeyValue>
                <KeyValue label="领取方式">{way}</KeyValue>
                <KeyValue label="已发放">{issued}</KeyValue>
                <KeyValue label="已使用">{used}</KeyValue>
                <KeyValue label="创建">{made}</KeyValue>
            </KeyValues>
        </Card>
    }
}
