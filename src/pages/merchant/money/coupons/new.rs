//! `/merchant/coupons/new`: 「新建优惠券」.

use crate::domain::{Day, Permission};
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::clock::request_key;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::server::money::coupons;
use crate::ui::{
    Button, ButtonKind, Card, CheckChips, Checkbox, Choice, DateField, Field, FormErrors, Hidden, LinkButton, MerchantFrame, RadioCard,
    RadioCards,
};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

pub async fn begin(staff: Staff) -> Result<Response, Failure> {
    let today = Day::of(staff.now, staff.shop.zone).to_string();
    let form = Form::of(&[
        ("request_key", &request_key()),
        ("kind", "threshold"),
        ("scope", "all"),
        ("from", &today),
        ("copies_per_buyer", "1"),
        ("open", "1"),
    ]);
    page(staff, form, None).await
}

pub async fn make(staff: Staff, form: Form) -> Result<Response, Failure> {
    match read_and_make(&staff, &form).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?made=1", paths::COUPONS)).into_response()),
        Err(error) => page(staff, form, Some(Problem::of(error)?)).await,
    }
}

async fn read_and_make(staff: &Staff, form: &Form) -> Outcome<()> {
    staff.require(Permission::ChangePolicy)?;
    coupons::make(staff, forms::coupon::new_coupon(form)?, &form.request()).await
}

async fn page(staff: Staff, form: Form, problem: Option<Problem>) -> Result<Response, Failure> {
    staff.require(Permission::ChangePolicy)?;
    let products = coupons::products(&staff).await?;
    Ok(Document::merchant("新建优惠券").status(Problem::status_of(problem.as_ref())).draw(move || {
        let nav = frame::nav(&staff, paths::COUPONS);
        let errors = Problem::listed(problem.as_ref());
        let choices: Vec<Choice> = products.into_iter().map(|(id, title)| Choice::new(id.0.to_string(), title)).collect();
        let (offer, scope, limits) =
            (offer(&form, problem.as_ref()), scope(&form, choices, problem.as_ref()), limits(&form, problem.as_ref()));
        let key = Problem::key(problem.as_ref(), &form);
        view! {
            <MerchantFrame title="新建优惠券" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=paths::COUPONS>
                <FormErrors errors=errors/>
                <p class="muted">"优惠内容建好后不能修改；可以随时结束发放，已经发出的仍然有效。"</p>
                <SubmitOnce>
                    <form method="post" action=paths::NEW_COUPON class="form" novalidate=true>
                        <Hidden name="request_key" value=key/>
                        <Card title="优惠">{offer}</Card>
                        <Card title="适用商品">{scope}</Card>
                        <Card title="数量与有效期">{limits}</Card>
                        <div class="form__actions">
                            <LinkButton href=paths::COUPONS>"取消"</LinkButton>
                            <Button kind=ButtonKind::Primary>"保存"</Button>
                        </div>
                    </form>
                </SubmitOnce>
            </MerchantFrame>
        }
    }))
}

fn offer(form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let [name_error, threshold_error, amount_error] = ["name", "threshold", "amount"].map(|field| Problem::at(problem, field));
    let (name, threshold, amount) = (form.get("name").to_owned(), form.get("threshold").to_owned(), form.get("amount").to_owned());
    let direct = form.get("kind") == "direct";
    view! {
        <div class="form">
            <Field label="名称" name="name" maxlength=20 value=name error=name_error hint="买家会看到，例如：新客满百减十" required=true/>
            <RadioCards legend="优惠方式" name="kind" required=true>
                <RadioCard name="kind" value="threshold" title="满减" explain="适用商品满一定金额才能使用" checked=!direct>
                    <Field
                        label="使用门槛" name="threshold" inputmode="decimal" autocomplete="off" maxlength=16 suffix="元" value=threshold
                        error=threshold_error required=true
                    />
                </RadioCard>
                <RadioCard name="kind" value="direct" title="立减" explain="没有门槛，买适用商品就能使用" checked=direct/>
            </RadioCards>
            <Field
                label="优惠金额" name="amount" inputmode="decimal" autocomplete="off" maxlength=16 suffix="元" value=amount error=amount_error
                required=true
            />
        </div>
    }
}

fn scope(form: &Form, choices: Vec<Choice>, problem: Option<&Problem>) -> impl IntoView + use<> {
    let error = Problem::at(problem, "product");
    let picked: Vec<String> = form.all("product").into_iter().map(str::to_owned).collect();
    let chosen = form.get("scope") == "chosen";
    view! {
        <RadioCards legend="适用范围" name="scope" required=true>
            <RadioCard name="scope" value="all" title="全部商品" checked=!chosen/>
            <RadioCard name="scope" value="chosen" title="指定商品" checked=chosen>
                <CheckChips legend="商品" name="product" choices=choices selected=picked error=error required=true/>
            </RadioCard>
        </RadioCards>
    }
}

fn limits(form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    const FIELDS: [&str; 4] = ["from", "until", "copies", "copies_per_buyer"];
    let [from_error, until_error, copies_error, each_error] = FIELDS.map(|field| Problem::at(problem, field));
    let [from, until, copies, each] = FIELDS.map(|field| form.get(field).to_owned());
    let open = form.has("open");
    view! {
        <div class="form">
            <div class="form__row">
                <DateField label="开始日期" name="from" value=from error=from_error required=true/>
                <DateField label="结束日期" name="until" value=until error=until_error hint="当天 24:00 失效" required=true/>
            </div>
            <div class="form__row">
                <Field
                    label="发放总量" name="copies" inputmode="numeric" autocomplete="off" maxlength=7 suffix="张" value=copies
                    error=copies_error required=true
                />
                <Field
                    label="每人最多" name="copies_per_buyer" inputmode="numeric" autocomplete="off" maxlength=3 suffix="张"
                    value=each error=each_error required=true
                />
            </div>
            <Checkbox label="买家可以自己领取" name="open" checked=open hint="不勾选时，只有商家发放才能得到"/>
        </div>
    }
}
