//! What finance says about an anomaly: where money goes that is in no books, or how something was settled elsewhere.

use super::{AnomaliesQuery, words};
use crate::domain::{Money, SeeMoney};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::pages::merchant::came_open;
use crate::server::anomalies;
use crate::server::ctx::Staff;
use crate::server::error::Result;
use crate::server::orders;
use crate::server::store::money::anomalies::ListedAnomaly;
use crate::ui::{Checkbox, DialogForm, Field, RadioCard, RadioCards};
use leptos::prelude::*;

const ID: &str = "resolve";

/// The anomaly that the dialog is about.
pub(super) struct AnomalyDialog {
    anomaly: ListedAnomaly,
    happened: String,
    /// Money that is in no books, and what the order could do with it.
    unbooked: Option<Unbooked>,
    can_be_marked: bool,
}

struct Unbooked {
    took: Money,
    /// What the order would still wait for, if it can take the money.
    rest: Option<Money>,
}

impl AnomalyDialog {
    pub(super) async fn of(staff: &Staff, anomaly: ListedAnomaly) -> Result<Self> {
        let unbooked = if anomalies::is_unbooked(&anomaly) {
            let (order, took) = (orders::for_shop(staff, &anomaly.order_number).await?, anomalies::taken(&anomaly));
            let due = order.money().open(staff.granted(SeeMoney)).map(|money| money.due);
            let rest = due.filter(|due| anomalies::is_acceptable(&anomaly, order.status(), *due)).map(|due| due - took);
            Some(Unbooked { took, rest })
        } else {
            None
        };
        Ok(Self { happened: words::what_happened(&anomaly), unbooked, can_be_marked: anomalies::can_be_marked(&anomaly), anomaly })
    }
}

/// While it is open and a person may say so; or to say why that is not possible any more.
pub(super) fn draw(query: &AnomaliesQuery, about: &AnomalyDialog, typed: &Form, problem: Option<&Problem>) -> Option<AnyView> {
    let (title, form) = match &about.unbooked {
        Some(unbooked) => ("处理这笔钱", Some(decision(query, about, unbooked, typed, problem))),
        None => ("标记已处理", about.can_be_marked.then(|| mark(query, about, typed, problem))),
    };
    came_open::draw(ID, title, query.href(&[]), form, problem)
}

fn lead(about: &AnomalyDialog) -> String {
    format!("订单 {}：{}", about.anomaly.order_number, about.happened)
}

/// Back by the gateway, towards the order, or back outside: each says what becomes of the money and of the order.
fn decision(query: &AnomaliesQuery, about: &AnomalyDialog, unbooked: &Unbooked, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let (action, back) = (query.action(about.anomaly.id, "decide"), query.href(&[]));
    let card = |value: &'static str, title: &'static str, explain: String| {
        let checked = typed.get("decision") == value;
        view! { <RadioCard name="decision" value=value title=title explain=explain checked=checked prefix=ID/> }.into_any()
    };
    let (took, way) = (unbooked.took.show(), about.anomaly.tender.name());
    let send_back = format!("{took} 退回买家的{way}，一般 1–3 个工作日到账；订单不变，买家可以重新付款");
    let accept = unbooked.rest.map(|rest| {
        if rest.is_positive() {
            format!("{took} 计入订单，买家还需付 {}；没有付清就关闭时自动原路退回", rest.show())
        } else {
            format!("{took} 计入订单，订单即已付清")
        }
    });
    let mut cards = vec![card("send_back", "原路退回", send_back)];
    cards.extend(accept.map(|explain| card("accept", "收下，计入订单", explain)));
    cards.push(outside(&took, typed, problem));
    let (errors, error) = (came_open::summary(ID, problem), Problem::at(problem, "decision"));
    let lead = lead(about);
    view! {
        <SubmitOnce>
            <DialogForm action=action back=back submit="确认处理" lead=lead note="买家会收到通知">
                {errors}
                <RadioCards legend="这笔钱怎样处理" name="decision" prefix=ID error=error required=true>{cards}</RadioCards>
            </DialogForm>
        </SubmitOnce>
    }
    .into_any()
}

fn outside(took: &str, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let explain = format!("已经另外把 {took} 付给买家；订单不变，买家可以重新付款");
    let checked = typed.get("decision") == "outside";
    let (voucher, error) = (typed.get("voucher").to_owned(), Problem::at(problem, "voucher"));
    let (agreed, refused) = (typed.has("consent"), Problem::at(problem, "consent"));
    view! {
        <RadioCard name="decision" value="outside" title="已线下退款" explain=explain checked=checked prefix=ID>
            <Field label="退款凭证" name="voucher" prefix=ID maxlength=200 value=voucher error=error hint="转账单号或收据说明，买家可以看到" required=true/>
            <Checkbox label="已征得买家同意不原路退回" name="consent" prefix=ID checked=agreed error=refused required=true/>
        </RadioCard>
    }
    .into_any()
}

fn mark(query: &AnomaliesQuery, about: &AnomalyDialog, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let (action, back) = (query.action(about.anomaly.id, "resolve"), query.href(&[]));
    let (errors, error, value) = (came_open::summary(ID, problem), Problem::at(problem, "note"), typed.get("note").to_owned());
    let lead = lead(about);
    view! {
        <SubmitOnce>
            <DialogForm action=action back=back submit="标记已处理" lead=lead note="只登记处理结果，不改变订单和金额">
                {errors}
                <Field label="处理说明" name="note" prefix=ID maxlength=200 value=value error=error hint="例如：已与渠道核实" required=true/>
            </DialogForm>
        </SubmitOnce>
    }
    .into_any()
}
