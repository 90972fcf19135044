//! `/me/close-account`: 「注销账号」, what is lost by it, and the last word.

use crate::domain::{Money, Tender};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::{forms, headers, session};
use crate::islands::SubmitOnce;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::people::erasure::{self, Matters};
use crate::ui::{
    Button, ButtonKind, BuyerFrame, Card, Checkbox, Field, FormErrors, KeyValue, KeyValues, LinkButton, NarrowFrame, Notice, Tone,
};
use axum::Router;
use axum::response::{Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::CLOSE_ACCOUNT, get(show).post(submit))
}

/// Seen by nobody in particular any more.
pub fn closed_routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::ACCOUNT_CLOSED, get(closed))
}

async fn show(buyer: Buyer) -> Result<Response, Failure> {
    page(&buyer, &Form::default(), None).await
}

async fn submit(buyer: Buyer, session: Session, form: Form) -> Result<Response, Failure> {
    match erasure::close_account(&buyer, &forms::closing::closing(&form)).await {
        Ok(()) => {
            session::log_out_buyer(&session).await?;
            Ok(headers::forgetting(Redirect::to(routes::buyer::ACCOUNT_CLOSED)))
        }
        Err(error) => page(&buyer, &form, Some(Problem::of(error)?)).await,
    }
}

async fn page(buyer: &Buyer, form: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let matters = erasure::matters(buyer).await?;
    let ticked = [form.has("give_up"), form.has("understood")];
    Ok(Document::buyer("注销账号").status(Problem::status_of(problem.as_ref())).draw(move || {
        let open = matters.in_the_way();
        let words = if open.is_empty() { last_word(&matters, ticked, problem.as_ref()) } else { not_yet(open, &matters) };
        // What stands in the way is said once.
        let errors =
            if matters.in_the_way().is_empty() { Problem::listed(problem.as_ref()) } else { crate::domain::FieldErrors::default() };
        view! {
            <BuyerFrame title="注销账号" back=routes::buyer::ME>
                <FormErrors errors=errors/>
                {lost(&matters)}
                {words}
            </BuyerFrame>
        }
    }))
}

/// What goes, and what stays of it.
fn lost(matters: &Matters) -> impl IntoView + use<> {
    let (balance, points) = (matters.balance().show(), Tender::Points.show(Money(matters.points)));
    let coupons = format!("{} 张", matters.coupons);
    let claims = (matters.in_after_sale_time > 0).then(|| {
        let words = format!("{} 笔，注销后不能再申请售后", matters.in_after_sale_time);
        view! { <KeyValue label="售后期内">{words}</KeyValue> }
    });
    view! {
        <Card title="注销后会失去">
            <KeyValues>
                <KeyValue label="余额">{balance}</KeyValue>
                <KeyValue label="积分">{points}</KeyValue>
                <KeyValue label="可用优惠券">{coupons}</KeyValue>
                {claims}
            </KeyValues>
            <p class="muted small">
                "姓名、手机号、收货地址、评价内容、售后说明和图片都会删除，无法恢复；评价的星级会匿名保留。商家按规定保留订单金额和付款、退款记录，其中不再有您的个人信息。这个手机号以后可以重新注册，但看不到以前的订单。"
            </p>
        </Card>
    }
}

fn not_yet(open: Vec<String>, matters: &Matters) -> AnyView {
    let cases = matters.open_cases + matters.refunds_under_way > 0;
    let reasons = open.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Warn title="暂时不能注销"><ul>{reasons}</ul></Notice>
        {cases.then(|| view! { <LinkButton href=routes::buyer::AFTER_SALES wide=true>"查看我的售后"</LinkButton> })}
        <LinkButton href=routes::buyer::ORDERS wide=true>"查看我的订单"</LinkButton>
    }
    .into_any()
}

fn last_word(matters: &Matters, [gives_up, understood]: [bool; 2], problem: Option<&Problem>) -> AnyView {
    let [password_error, give_up_error, understood_error] =
        ["current_password", "give_up", "understood"].map(|field| Problem::at(problem, field));
    let balance = matters.has_balance().then(|| {
        let label = format!("我放弃余额 {}", matters.balance().show());
        view! { <Checkbox label=label name="give_up" checked=gives_up error=give_up_error required=true hint="不想放弃，可以先用完再注销"/> }
    });
    view! {
        <SubmitOnce>
            <form method="post" action=routes::buyer::CLOSE_ACCOUNT class="form" novalidate=true>
                <Card>
                    <div class="form">
                        <Field label="当前密码" name="current_password" kind="password" autocomplete="current-password" error=password_error required=true/>
                        {balance}
                        <Checkbox label="我知道注销后无法恢复" name="understood" checked=understood error=understood_error required=true/>
                    </div>
                </Card>
                <Button kind=ButtonKind::Danger wide=true>"注销账号"</Button>
                <LinkButton href=routes::buyer::ME wide=true>"再想想"</LinkButton>
            </form>
        </SubmitOnce>
    }
    .into_any()
}

async fn closed() -> Response {
    Document::buyer("账号已注销").draw(|| {
        view! {
            <NarrowFrame title="账号已注销">
                <div class="stack">
                    <p>"您的个人信息已经删除。感谢您曾在这里购物。"</p>
                    <LinkButton href=routes::buyer::HOME wide=true>"回到首页"</LinkButton>
                </div>
            </NarrowFrame>
        }
    })
}
