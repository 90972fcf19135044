//! The head of the page: where the case stands, how long for, and what can be done now.

use super::{AfterSalePage, decision, receipt, reship, tone};
use crate::domain::after_sale::AfterSaleAction as Action;
use crate::domain::time::OVERDUE;
use crate::islands::Countdown;
use crate::islands::asking::InPlace;
use crate::routes::merchant as paths;
use crate::server::clock::request_key;
use crate::ui::{Badge, ButtonKind, LinkButton, PostButton};
use leptos::prelude::*;

/// State and kind.
pub(super) fn badges(page: &AfterSalePage) -> AnyView {
    let case = &page.case;
    let (tone, state, kind) = (tone(case.state().kind()), case.state_name(), case.kind().name());
    view! {
        <Badge tone=tone>{state}</Badge>
        <Badge>{kind}</Badge>
    }
    .into_any()
}

/// The running clock, the neighbours in the queue, and the buttons that the state and the roles allow.
pub(super) fn actions(page: &AfterSalePage) -> AnyView {
    view! {
        {clock(page)}
        {neighbours(page)}
        {decision::after_receipt(page)}
        {retry(page)}
        {receipt::dialog(page)}
        {reship::dialog(page)}
        {decision::answer(page)}
    }
    .into_any()
}

fn clock(page: &AfterSalePage) -> Option<AnyView> {
    let case = &page.case;
    let due = case.state().due()?;
    let at_zero = format!("，{}", case.at_zero());
    Some(
        view! { <p class="small"><Countdown due=due.0 now=page.staff.now.0 finished="时间到，正在更新…" overdue=OVERDUE/>{at_zero}</p> }
            .into_any(),
    )
}

fn neighbours(page: &AfterSalePage) -> impl IntoView + use<> {
    let (before, behind) = page.case.neighbours().clone();
    let link = |number: Option<String>, label: &'static str| {
        number.map(|number| view! { <LinkButton href=paths::after_sale(&number)>{label}</LinkButton> })
    };
    view! { {link(before, "‹ 上一单")} {link(behind, "下一单 ›")} }
}

fn retry(page: &AfterSalePage) -> Option<AnyView> {
    let case = &page.case;
    page.allows(Action::RetryRefund).then(|| {
        let action = paths::after_sale_action(case.number(), "retry");
        let fields = vec![("version", case.version().to_string()), ("request_key", request_key())];
        view! { <InPlace><PostButton action=action fields=fields kind=ButtonKind::Primary>"重试退款"</PostButton></InPlace> }.into_any()
    })
}
