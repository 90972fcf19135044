//! One difference: what either side says, and the form that settles it.

use crate::domain::money::bill::DifferenceKind;
use crate::domain::{Money, Timestamp};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::routes::merchant as paths;
use crate::server::store::money::bills::KeptDifference;
use crate::ui::{Badge, Button, Field, Hidden, Tone};
use chrono_tz::Tz;
use leptos::prelude::*;

/// A row of the table.
pub(super) fn draw(place: usize, difference: KeptDifference, zone: Tz, action: &str, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let (kind, entry) = (difference.kind, difference.entry);
    let tone = if difference.settled_at.is_some() { Tone::Good } else { Tone::Warn };
    let unknown = kind == DifferenceKind::UnknownRow;
    let what = if unknown { "账单行无法识别".to_owned() } else { format!("{}：{}", entry.name(), kind.name()) };
    let bill = if unknown {
        view! { <span class="sentence">{difference.says.clone()}</span> }.into_any()
    } else {
        facts(side(difference.bill_amount, difference.bill_at, zone), "账单没有这一笔")
    };
    let own = facts(side(difference.own_amount, difference.own_at, zone), if unknown { "未核对" } else { "系统没有这一笔" });
    let status = difference.own_status.clone();
    let gateway = (!difference.gateway_no.is_empty()).then(|| format!("渠道 {}", difference.gateway_no));
    let order = (!difference.order_number.is_empty()).then(|| {
        let href = paths::order(&difference.order_number);
        view! { <a href=href>{difference.order_number.clone()}</a> }
    });
    let number = if unknown { format!("文件第 {} 行", difference.number) } else { difference.number.clone() };
    let hint = hint(kind, !difference.order_number.is_empty());
    let settled = match difference.settled_at {
        Some(at) => said(&difference, at.show(zone)),
        None => form(place, &difference, hint, action, typed, problem),
    };
    view! {
        <tr>
            <td><Badge tone=tone>{what}</Badge></td>
            <td class="nowrap">{number}{gateway.map(|words| view! { <small>{words}</small> })}</td>
            <td>{bill}</td>
            <td>{own}{(!status.is_empty()).then(|| view! { <small>{status}</small> })}</td>
            <td>{order}</td>
            <td>{settled}</td>
        </tr>
    }
    .into_any()
}

/// A side's facts: how much, and when.
fn side(amount: Option<Money>, at: Option<Timestamp>, zone: Tz) -> Option<(String, Option<String>)> {
    amount.map(|amount| (amount.show(), at.map(|at| at.show(zone))))
}

fn facts(side: Option<(String, Option<String>)>, absent: &'static str) -> AnyView {
    match side {
        Some((amount, at)) => view! { <b>{amount}</b>{at.map(|at| view! { <small>{at}</small> })} }.into_any(),
        None => view! { <span class="muted">{absent}</span> }.into_any(),
    }
}

fn hint(kind: DifferenceKind, ours: bool) -> &'static str {
    match (kind, ours) {
        (DifferenceKind::OnlyInBill, true) => "渠道已成功而系统没有，请打开订单核对",
        (DifferenceKind::OnlyInBill, false) => "不是本店系统产生的单号，请核对是否在别处收款",
        (DifferenceKind::OnlyHere, _) => "请向渠道查询，或核对次日账单",
        (DifferenceKind::AmountDiffers, _) => "请核对实际到账金额",
        (DifferenceKind::UnknownRow, _) => "这种交易本系统还不认识，请在渠道后台核对",
    }
}

fn said(difference: &KeptDifference, at: String) -> AnyView {
    let (note, by) = (difference.note.clone(), difference.settled_by.clone());
    view! { {note}<small>{format!("{by} · {at}")}</small> }.into_any()
}

fn form(place: usize, difference: &KeptDifference, hint: &'static str, action: &str, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let about = is_about(typed, difference);
    let (value, error) = if about { (typed.get("note").to_owned(), Problem::at(problem, "note")) } else { (String::new(), None) };
    let (entry, number) = (difference.entry.code(), difference.number.clone());
    // The refused form keeps the plain name that the words on top of the page lead to.
    let prefix = if about { String::new() } else { format!("difference-{place}") };
    view! {
        <form method="post" action=action.to_owned() class="form" novalidate=true>
            <Hidden name="entry" value=entry/>
            <Hidden name="number" value=number/>
            <Field label="处理说明" name="note" prefix=prefix value=value error=error hint=hint maxlength=200 required=true/>
            <div class="form__actions"><Button small=true>"登记处理"</Button></div>
        </form>
    }
    .into_any()
}

/// Is the form that was refused the one of this difference?
fn is_about(typed: &Form, difference: &KeptDifference) -> bool {
    typed.get("number") == difference.number && typed.get("entry") == difference.entry.code()
}
