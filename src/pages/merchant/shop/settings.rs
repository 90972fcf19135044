//! `/merchant/settings/clocks`: the shop's clocks, limits and freight (S11).

use crate::domain::shop::policy::rules::{AFTER_SALE_RULES, MONEY_RULES, MoneyRule, NumberRule, ORDER_RULES, POINT_RULES};
use crate::domain::{FieldErrors, Permission};
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::server::shop::policy::RuleBook;
use crate::ui::{Button, ButtonKind, Card, Checkbox, Field, Flash, FormErrors, Hidden, MerchantFrame};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::merchant::CLOCKS, get(show).post(submit))
}

#[derive(serde::Deserialize)]
struct SettingsQuery {
    saved: Option<String>,
}

async fn show(staff: Staff, Query(query): Query<SettingsQuery>) -> Result<Response, Failure> {
    staff.require(Permission::ChangePolicy)?;
    let typed = forms::policy::typed(&staff.shop.policy);
    Ok(draw(staff, &typed, query.saved.is_some(), None))
}

async fn submit(staff: Staff, form: Form) -> Result<Response, Failure> {
    match change(&staff, &form).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?saved=1", routes::merchant::CLOCKS)).into_response()),
        Err(error) => Ok(draw(staff, &form, false, Some(Problem::of(error)?))),
    }
}

/// Whoever saw other rules than there are now is told so before anything else.
async fn change(staff: &Staff, form: &Form) -> Outcome<()> {
    let book = RuleBook::open(staff, form.get("before")).await?;
    book.change(&forms::policy::rules(form)?).await
}

fn draw(staff: Staff, form: &Form, saved: bool, problem: Option<Problem>) -> Response {
    Document::merchant("设置").status(Problem::status_of(problem.as_ref())).draw(move || {
        let errors = Problem::listed(problem.as_ref());
        let before = staff.shop.policy.fingerprint();
        let orders = numbers(&ORDER_RULES, form, &errors);
        let (after_sales, points) = (numbers(&AFTER_SALE_RULES, form, &errors), numbers(&POINT_RULES, form, &errors));
        let (amounts, exchange) = (amounts(&MONEY_RULES, form, &errors), form.has("exchange_before_receipt"));
        view! {
            <MerchantFrame title="设置" nav=frame::nav(&staff, routes::merchant::CLOCKS) staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                {saved.then(|| view! { <Flash words="设置已保存，从新的订单和售后开始生效"/> })}
                <FormErrors errors=errors/>
                <p class="muted">"进行中的计时不受影响：每个时限在进入该状态时确定。"</p>
                <form method="post" action=routes::merchant::CLOCKS class="form" novalidate=true>
                    <Hidden name="before" value=before/>
                    <Card title="订单时限"><div class="columns">{orders}</div></Card>
                    <Card title="售后时限与次数"><div class="columns">{after_sales}</div></Card>
                    <Card title="金额与运费"><div class="columns">{amounts}</div></Card>
                    <Card title="会员积分"><div class="columns">{points}</div></Card>
                    <Card title="换货">
                        <Checkbox
                            label="待收货订单也可以申请换货" name="exchange_before_receipt" checked=exchange
                            hint="默认需要买家先确认收货"
                        />
                    </Card>
                    <div class="form__actions"><Button kind=ButtonKind::Primary>"保存设置"</Button></div>
                </form>
            </MerchantFrame>
        }
    })
}

fn numbers(rules: &'static [NumberRule], form: &Form, errors: &FieldErrors) -> Vec<AnyView> {
    let field = |rule: &'static NumberRule| {
        view! {
            <Field
                label=rule.label name=rule.name inputmode="numeric" value=form.get(rule.name) error=errors.of(rule.name)
                hint=format!("{}（{}–{}）", rule.explain, rule.least, rule.most) suffix=rule.unit required=true
            />
        }
        .into_any()
    };
    rules.iter().map(field).collect()
}

fn amounts(rules: &'static [MoneyRule], form: &Form, errors: &FieldErrors) -> Vec<AnyView> {
    let field = |rule: &'static MoneyRule| {
        view! {
            <Field
                label=rule.label name=rule.name inputmode="decimal" value=form.get(rule.name) error=errors.of(rule.name) hint=rule.explain suffix="元"
                required=true
            />
        }
        .into_any()
    };
    rules.iter().map(field).collect()
}
