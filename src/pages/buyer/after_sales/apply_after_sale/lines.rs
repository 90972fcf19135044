//! Which goods, and how many of them.

use super::draft::ApplicationDraft;
use crate::domain::after_sale::Stage;
use crate::domain::order::OrderLine;
use crate::http::assets;
use crate::routes;
use crate::ui::{GoodsItem, Notice};
use leptos::prelude::*;

/// The lines of this stage, each with what can still be asked for.
pub fn choose(application: &ApplicationDraft) -> AnyView {
    let error = application.wrong("lines").map(|words| view! { <p class="field__error">{words}</p> });
    let here = |line: &&OrderLine| Stage::of(&application.order, line) == application.stage;
    let lines = application.order.lines.iter().filter(here).map(|line| entry(application, line)).collect_view();
    view! {
        <fieldset class="field" id="lines" tabindex="-1" aria-describedby="lines-words">
            <legend class="field__label">"申请的商品"</legend>
            <div class="field__words" id="lines-words">{error}</div>
            {lines}
        </fieldset>
    }
    .into_any()
}

fn entry(application: &ApplicationDraft, line: &OrderLine) -> AnyView {
    let spoken_for = application.cases.iter().filter(|case| !case.over && case.lines.contains(&line.id)).map(|case| {
        let words = format!("售后 {} {}", case.number, case.state_name);
        view! { <a class="link small" href=routes::buyer::after_sale(&case.number)>{words}</a> }
    });
    let spoken_for = spoken_for.collect_view();
    view! {
        <div class="apply-line">
            <GoodsItem
                src=assets::url(&line.picture) title=line.title.clone() spec=line.spec.clone() price=line.unit_price quantity=line.quantity
            >{spoken_for}</GoodsItem>
            {ask(application, line)}
        </div>
    }
    .into_any()
}

/// How many of the line; or why none.
fn ask(application: &ApplicationDraft, line: &OrderLine) -> AnyView {
    let left = line.units_left();
    let none = if left <= 0 && line.refunded_quantity == line.quantity {
        Some("已全部退款")
    } else if left <= 0 {
        Some("都已在售后处理中")
    } else if line.applications >= application.shop.policy.max_applications {
        Some("售后申请次数已用完，可联系商家协商")
    } else {
        None
    };
    if let Some(none) = none {
        return view! { <p class="muted small">{none}</p> }.into_any();
    }
    let name = format!("quantity_{}", line.id.0);
    let typed = if application.typed.has(&name) { application.typed.get(&name).to_owned() } else { "0".to_owned() };
    let wrong = application.wrong("lines").map(|_| "true");
    let most = application.unit_most(line.id).show();
    let returnable = (application.stage != Stage::Unshipped && line.units_to_return() < left)
        .then(|| format!("，其中 {} 件已发货可退换", line.units_to_return()));
    let words =
        if left == 1 { format!("可申请 1 件，最多退 {most}") } else { format!("可申请 {left} 件，每件最多退 {most}") };
    view! {
        <div class="apply-line__ask">
            <p class="small" id=format!("{name}-words")>{words}{returnable}</p>
            <label class="visually-hidden" for=name.clone()>{format!("{} {} 申请数量", line.title, line.spec)}</label>
            <input
                class="input quantity__input" type="number" inputmode="numeric" min="0" max=left.to_string() id=name.clone() name=name.clone() value=typed
                aria-invalid=wrong aria-describedby=format!("{name}-words")
            />
            <span aria-hidden="true">"件"</span>
        </div>
    }
    .into_any()
}

/// The way to the goods that stand elsewhere: they go another way back.
pub fn other_stages(application: &ApplicationDraft) -> Option<AnyView> {
    if application.version.is_some() {
        return None;
    }
    let order = &application.order;
    let elsewhere = |line: &&OrderLine| Stage::of(order, line) != application.stage && line.units_left() > 0;
    let line = order.lines.iter().find(elsewhere)?;
    let words = match Stage::of(order, line) {
        Stage::Unshipped => "订单里还有未发货的商品，请分开申请",
        Stage::InTransit | Stage::Received => "订单里还有已发货的商品，请分开申请",
    };
    let href = format!("{}?line={}", routes::buyer::apply(&order.number), line.id.0);
    Some(view! { <Notice href=href>{words}</Notice> }.into_any())
}
