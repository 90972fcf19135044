//! `/merchant/members/{id}`: one member, the wallet at this shop with its movements, and 「充值」.

use super::contact;
use crate::domain::{BuyerId, FieldErrors, Money, Permission, Tender};
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::clock::request_key;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::server::people::members::{self, Member};
use crate::server::store::money::wallet::WalletMovement;
use crate::ui::{
    Button, ButtonKind, Card, Choice, Column, Field, Flash, FormErrors, Hidden, KeyValue, KeyValues, MerchantFrame, Pagination, RadioChips,
    Tab, Table, Tabs,
};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

#[derive(Default, serde::Deserialize)]
pub struct MemberQuery {
    #[serde(default)]
    account: String,
    before: Option<i64>,
    done: Option<String>,
}

impl MemberQuery {
    fn account(&self) -> Tender {
        if self.account == Tender::Points.code() { Tender::Points } else { Tender::Balance }
    }
}

pub async fn show(staff: Staff, Path(id): Path<i64>, Query(query): Query<MemberQuery>) -> Result<Response, Failure> {
    page(staff, BuyerId(id), query, Form::of(&[("request_key", &request_key())]), None).await
}

/// 「确认」: however often the form is sent, the wallet moves once.
pub async fn submit(staff: Staff, Path(id): Path<i64>, form: Form) -> Result<Response, Failure> {
    let query = MemberQuery { account: form.get("account").to_owned(), ..MemberQuery::default() };
    match change_wallet(&staff, BuyerId(id), &form).await {
        Ok(()) => Ok(Redirect::to(&format!("{}&done=1", href(BuyerId(id), query.account()))).into_response()),
        Err(error) => page(staff, BuyerId(id), query, form, Some(Problem::of(error)?)).await,
    }
}

async fn change_wallet(staff: &Staff, id: BuyerId, form: &Form) -> Outcome<()> {
    staff.require(Permission::SettleMoney)?;
    members::change_wallet(staff, id, &forms::wallet::change(form)?, &form.request()).await
}

fn href(id: BuyerId, account: Tender) -> String {
    format!("{}?account={}", paths::member(id.0), account.code())
}

async fn page(staff: Staff, id: BuyerId, query: MemberQuery, form: Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let account = query.account();
    let (member, moved) = (members::find(&staff, id).await?, members::movements(&staff, id, account, query.before).await?);
    let next = moved.next.map(|before| format!("{}&before={before}", href(id, account)));
    Ok(Document::merchant("会员").status(Problem::status_of(problem.as_ref())).draw(move || {
        let nav = frame::nav(&staff, paths::MEMBERS);
        let errors = Problem::listed(problem.as_ref());
        let tabs = [Tender::Balance, Tender::Points].map(|one| Tab::new(one.name(), href(id, one)).active(one == account)).to_vec();
        let key = Problem::key(problem.as_ref(), &form);
        let change = (staff.may(Permission::SettleMoney) && !member.erased).then(|| change(id, &form, key, &errors));
        let list = table(moved.rows, account, &staff);
        view! {
            <MerchantFrame title="会员" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=paths::MEMBERS>
                {query.done.map(|_| view! { <Flash words="已登记，会员可以在钱包里看到"/> })}
                <FormErrors errors=errors/>
                {facts(&member, &staff)}
                {change}
                <div class="panel">
                    <Tabs label="本店变动" tabs=tabs/>
                    {list}
                </div>
                <Pagination next=next/>
            </MerchantFrame>
        }
    }))
}

fn facts(member: &Member, staff: &Staff) -> impl IntoView + use<> {
    let (name, phone) = contact(member, staff);
    let (balance, points) = (member.balance.show(), Tender::Points.show(Money(member.points)));
    let (completed, joined) = (format!("{} 单", member.completed_orders), member.joined_at.show(staff.shop.zone));
    view! {
        <Card title=name>
            <KeyValues>
                <KeyValue label="手机号">{phone}</KeyValue>
                <KeyValue label="余额">{balance}</KeyValue>
                <KeyValue label="积分">{points}</KeyValue>
                <KeyValue label="已完成订单">{completed}</KeyValue>
                <KeyValue label="加入时间">{joined}</KeyValue>
            </KeyValues>
        </Card>
    }
}

fn change(id: BuyerId, form: &Form, key: String, errors: &FieldErrors) -> impl IntoView + use<> {
    let accounts = vec![Choice::new("balance", "余额"), Choice::new("points", "积分")];
    let directions = vec![Choice::new("up", "充值 / 赠送"), Choice::new("down", "更正扣减")];
    let picked = |name: &str, first: &str| if form.has(name) { form.get(name).to_owned() } else { first.to_owned() };
    let (account, direction) = (picked("account", "balance"), picked("direction", "up"));
    let (amount, reason) = (form.get("amount").to_owned(), form.get("reason").to_owned());
    let [account_error, direction_error, amount_error, reason_error] =
        ["account", "direction", "amount", "reason"].map(|field| errors.of(field));
    view! {
        <Card title="充值">
            <SubmitOnce>
                <form method="post" action=paths::member(id.0) class="form" novalidate=true>
                    <Hidden name="request_key" value=key/>
                    <RadioChips legend="账户" name="account" choices=accounts selected=account error=account_error required=true/>
                    <RadioChips legend="方式" name="direction" choices=directions selected=direction error=direction_error required=true/>
                    <div class="form__row">
                        <Field
                            label="数额" name="amount" inputmode="decimal" autocomplete="off" maxlength=16 value=amount error=amount_error
                            hint="余额填元，最多两位小数；积分填整数。扣减不会低于 0" required=true
                        />
                        <Field
                            label="原因" name="reason" maxlength=100 value=reason error=reason_error hint="会员在钱包里会看到" required=true
                        />
                    </div>
                    <div class="form__actions"><Button kind=ButtonKind::Primary>"确认"</Button></div>
                </form>
            </SubmitOnce>
        </Card>
    }
}

fn table(rows: Vec<WalletMovement>, account: Tender, staff: &Staff) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="muted panel__words">"本店还没有变动记录"</p> }.into_any();
    }
    let zone = staff.shop.zone;
    let row = move |movement: WalletMovement| {
        let order = movement.order_number.map(|number| {
            let href = paths::order(&number);
            view! { <a class="link" href=href>{number}</a> }
        });
        let sign = if movement.amount.is_positive() { "+" } else { "" };
        view! {
            <tr>
                <td class="nowrap">{movement.at.show(zone)}</td>
                <td>{movement.cause.in_words(account)}<small>{movement.reason}</small></td>
                <td>{order}</td>
                <td class="number">{format!("{sign}{}", account.show(movement.amount))}</td>
                <td class="number">{movement.after.map(|after| account.show(after))}</td>
                <td>{movement.actor_name}</td>
            </tr>
        }
    };
    let head = vec![
        Column::new("时间"),
        Column::new("原因"),
        Column::new("订单"),
        Column::number("变动"),
        Column::number("变动后"),
        Column::new("经手"),
    ];
    let rows = rows.into_iter().map(row).collect_view();
    view! { <Table label="本店变动" head=head>{rows}</Table> }.into_any()
}
