//! `/after-sales/{no}/refund-account`: where money that was paid in cash shall go.

use crate::domain::after_sale::AfterSale;
use crate::domain::money::refund_account::AccountKind;
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::after_sales::{self, AfterSaleDetail};
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::server::error::Result as Outcome;
use crate::ui::{Button, ButtonKind, BuyerFrame, Card, Field, FormErrors, Hidden, Notice, RadioCard, RadioCards, Tone};
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(&routes::buyer::refund_account("{no}"), get(show).post(submit))
}

async fn show(buyer: Buyer, Path(number): Path<String>) -> Result<Response, Failure> {
    let detail = after_sales::for_buyer(&buyer, &number).await?;
    if !detail.wants_account() {
        return Ok(back(&number));
    }
    Ok(draw(&detail, Form::of(&[("kind", "bank"), ("request_key", &request_key())]), None))
}

async fn submit(buyer: Buyer, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let detail = after_sales::for_buyer(&buyer, &number).await?;
    match give(&buyer, &detail, &form).await {
        Ok(()) => Ok(Redirect::to(&routes::buyer::after_sale_done(&number, "account")).into_response()),
        Err(error) => Ok(draw(&detail, form, Some(Problem::of(error)?))),
    }
}

async fn give(buyer: &Buyer, detail: &AfterSaleDetail, form: &Form) -> Outcome<()> {
    // Where none is wanted there is nothing to be mended in it.
    detail.require_wanted_account()?;
    let account = forms::refund_account::refund_account(form)?;
    after_sales::give_account(buyer, &detail.case.number, &account, form.request()).await
}

fn back(number: &str) -> Response {
    Redirect::to(&routes::buyer::after_sale(number)).into_response()
}

fn draw(detail: &AfterSaleDetail, form: Form, problem: Option<Problem>) -> Response {
    Document::buyer("退款账户").status(Problem::status_of(problem.as_ref())).draw(move || {
        let (number, amount) = (detail.case.number.clone(), detail.case.amount().show());
        let errors = Problem::listed(problem.as_ref());
        let fields = fields(&form, problem.as_ref());
        let action = routes::buyer::refund_account(&number);
        let bottom = view! { <Button form="refund-account" kind=ButtonKind::Primary>"提交"</Button> }.into_any();
        view! {
            <BuyerFrame title="退款账户" back=routes::buyer::after_sale(&number) bottom=bottom>
                <FormErrors errors=errors/>
                <Notice tone=Tone::Info>
                    {format!("这笔订单是货到付款，{amount} 由商家财务转账退回。账户加密保存，只有商家财务能查看，每次查看都有记录。")}
                </Notice>
                <SubmitOnce>
                    <form id="refund-account" method="post" action=action class="form" novalidate=true><Card>{fields}</Card></form>
                </SubmitOnce>
            </BuyerFrame>
        }
    })
}

fn fields(form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let [kind_error, holder_error, number_error, bank_error] =
        ["kind", "holder", "number", "bank"].map(|field| Problem::at(problem, field));
    let [holder, number, bank] = ["holder", "number", "bank"].map(|field| form.get(field).to_owned());
    let key = Problem::key(problem, form);
    let chosen = form.get("kind").to_owned();
    let card = |kind: AccountKind| kind.code() == chosen;
    let (is_bank, is_alipay) = (card(AccountKind::Bank), card(AccountKind::Alipay));
    view! {
        <div class="form">
            <Hidden name="request_key" value=key/>
            <RadioCards legend="收款方式" name="kind" error=kind_error required=true>
                <RadioCard name="kind" value=AccountKind::Bank.code() title=AccountKind::Bank.name() checked=is_bank>
                    <Field label="开户银行" name="bank" autocomplete="off" maxlength=40 value=bank error=bank_error required=true/>
                </RadioCard>
                <RadioCard name="kind" value=AccountKind::Alipay.code() title=AccountKind::Alipay.name() checked=is_alipay/>
            </RadioCards>
            <Field label="收款人姓名" name="holder" autocomplete="off" maxlength=30 value=holder error=holder_error required=true/>
            <Field
                label="账号" name="number" autocomplete="off" maxlength=60 value=number error=number_error
                hint="银行卡号，或支付宝的手机号、邮箱" required=true
            />
        </div>
    }
}

/// The card on the case's page: asked for while it is wanted, and said to be there once it is.
pub fn card(detail: &AfterSaleDetail) -> Option<AnyView> {
    if !detail.wants_account() {
        return None;
    }
    let AfterSale { number, .. } = &detail.case;
    let href = routes::buyer::refund_account(number);
    let zone = detail.order.shop.zone;
    let (words, label) = match detail.account_given_at {
        Some(at) => (format!("已填写（{}），加密保存，仅商家财务可见", at.show(zone)), "修改退款账户"),
        None => ("这笔订单是货到付款，请填写退款账户，商家同意后由财务转账退回".to_owned(), "填写退款账户"),
    };
    let view = view! {
        <Card title="退款账户">
            <p class="muted">{words}</p>
            <div class="actions"><crate::ui::LinkButton href=href small=true>{label}</crate::ui::LinkButton></div>
        </Card>
    };
    Some(view.into_any())
}
