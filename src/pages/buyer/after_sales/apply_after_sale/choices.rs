//! 处理方式, 退款原因 and 退款金额: what the stage of the goods allows, and why not the rest.

use super::draft::ApplicationDraft;
use crate::domain::Refusal;
use crate::domain::after_sale::{AfterSaleKind, Fault, Offer, Reason, Stage, reason_in_time, reason_until};
use crate::domain::order::OrderLine;
use crate::ui::{Field, FieldFrame, RadioCard, RadioCards};
use leptos::prelude::*;

/// 「处理方式」: only what the stage allows (S31); what it does not allow is named with its reason.
pub fn kinds(application: &ApplicationDraft) -> AnyView {
    let typed = application.typed.get("kind");
    let card = |kind: &AfterSaleKind| {
        let (code, explain) = (kind.code(), explain(*kind, application.stage));
        view! { <RadioCard name="kind" value=code title=kind.name() explain=explain checked=typed == code/> }
    };
    let cards = application.kinds.iter().map(card).collect_view();
    view! {
        <RadioCards legend="处理方式" name="kind" hint=not_offered(application) error=application.wrong("kind") required=true>{cards}</RadioCards>
    }
    .into_any()
}

fn explain(kind: AfterSaleKind, stage: Stage) -> &'static str {
    match (kind, stage) {
        (AfterSaleKind::RefundOnly, Stage::Unshipped) => "商品还没发出，不用寄回，全额退款",
        (AfterSaleKind::RefundOnly, Stage::InTransit) => "没收到货，或与商家说好不用寄回",
        (AfterSaleKind::RefundOnly, Stage::Received) => "少件、与商家说好等，不用寄回商品",
        (AfterSaleKind::ReturnRefund, _) => "寄回商品，商家收到后退款",
        (AfterSaleKind::Exchange, _) => "寄回商品，商家换一件同款给您",
    }
}

fn not_offered(application: &ApplicationDraft) -> String {
    let offered = |kind| application.kinds.contains(&kind);
    let words = match application.stage {
        Stage::Unshipped => "待发货的商品不支持退货退款和换货",
        Stage::InTransit | Stage::Received if !offered(AfterSaleKind::ReturnRefund) => "商家还没有设置退货地址，暂不支持退货退款和换货",
        Stage::InTransit if !offered(AfterSaleKind::Exchange) => "待收货不支持换货，请先确认收货再申请换货",
        Stage::InTransit | Stage::Received => "",
    };
    words.to_owned()
}

/// 「退款原因」, grouped by the kinds each suits; once a kind is chosen the groups of the others step back.
pub fn reason(application: &ApplicationDraft) -> AnyView {
    let mut groups: Vec<(Vec<AfterSaleKind>, Vec<Reason>)> = Vec::new();
    for reason in Reason::ALL {
        let kinds: Vec<AfterSaleKind> = application.kinds.iter().copied().filter(|kind| reason.suits(*kind, application.stage)).collect();
        match groups.iter_mut().find(|(known, _)| *known == kinds) {
            _ if kinds.is_empty() => {}
            Some((_, reasons)) => reasons.push(*reason),
            None => groups.push((kinds, vec![*reason])),
        }
    }
    // What suits every kind comes first.
    groups.sort_by_key(|(kinds, _)| std::cmp::Reverse(kinds.len()));
    let typed = application.typed.get("reason");
    let several = groups.len() > 1;
    let group = |(kinds, reasons): (Vec<AfterSaleKind>, Vec<Reason>)| {
        let options = reasons.into_iter().map(|reason| {
            let refusal = closed(application, reason);
            let words = if matches!(refusal, Some(Refusal::ReasonTooLate { .. })) {
                format!("{}（已过期限）", reason.name())
            } else if refusal.is_some() {
                format!("{}（本店不支持）", reason.name())
            } else {
                reason.name().to_owned()
            };
            let disabled = refusal.is_some();
            view! { <option value=reason.code() selected=reason.code() == typed disabled=disabled>{words}</option> }
        });
        let options = options.collect_view();
        if !several {
            return options.into_any();
        }
        let label = if kinds.len() == application.kinds.len() { "常见原因".to_owned() } else { names(&kinds).join("、") };
        let suits: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        view! { <optgroup label=label data-kinds=suits.join(" ")>{options}</optgroup> }.into_any()
    };
    let groups = groups.into_iter().map(group).collect_view();
    let error = application.wrong("reason");
    let wrong = error.is_some().then_some("true");
    view! {
        <FieldFrame id="reason" label="退款原因" error=error hint=windows(application) required=true>
            <select class="input" id="reason" name="reason" required=true aria-invalid=wrong aria-describedby="reason-words">
                <option value="">"请选择"</option>
                {groups}
            </select>
        </FieldFrame>
    }
    .into_any()
}

/// Why a reason can not be chosen, or not any more.
fn closed(application: &ApplicationDraft, reason: Reason) -> Option<Refusal> {
    let asked = (reason, AfterSaleKind::ReturnRefund, application.stage);
    let judged = reason_in_time(&application.order, asked, &application.shop.policy, application.shop.zone, application.now);
    judged.err().filter(|_| application.given != Some(reason))
}

/// Until when the reason that has a window of its own can be given.
fn windows(application: &ApplicationDraft) -> String {
    let reason = Reason::NoReason;
    let refusal = closed(application, reason);
    if let Some(Refusal::ReasonTooLate { until, .. }) = refusal {
        return format!("{}已于 {until} 截止，其他原因不受影响", reason.name());
    }
    let until = reason_until(&application.order, reason).filter(|_| refusal.is_none() && application.given != Some(reason));
    until.map(|until| format!("{}可在 {} 前申请", reason.name(), until.in_words(application.shop.zone))).unwrap_or_default()
}

fn names(kinds: &[AfterSaleKind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.name()).collect()
}

/// 「退款金额」: up to what was paid for the chosen goods; not for haggling while they are still in the shop.
pub fn amount(application: &ApplicationDraft) -> AnyView {
    let error = application.wrong("amount");
    if application.stage == Stage::Unshipped {
        return view! {
            <div class="apply-amount" id="amount">
                <Field label="退款金额" name="fixed_amount" value=fixed(application) readonly=true error=error hint=unshipped_words(application)/>
            </div>
        }
        .into_any();
    }
    let typed = application.typed.get("amount").to_owned();
    view! {
        <div class="apply-amount">
            <Field
                label="退款金额" name="amount" inputmode="decimal" autocomplete="off" suffix="元" value=typed placeholder="留空为全额" error=error
                hint=shipped_words(application)
            />
        </div>
    }
    .into_any()
}

/// The one amount there can be; in words while the number of pieces is still open.
fn fixed(application: &ApplicationDraft) -> String {
    let here = |line: &&OrderLine| Stage::of(&application.order, line) == application.stage;
    let only_one = application.order.lines.iter().filter(here).map(OrderLine::units_left).sum::<i64>() == 1;
    let offer = application.offer(None).filter(|_| only_one);
    offer.map_or_else(|| "全额（按申请的件数）".to_owned(), |offer| offer.most().show())
}

fn unshipped_words(application: &ApplicationDraft) -> String {
    let offer = application.offer(None);
    let freight = match offer.as_ref().map(Offer::freight).filter(|freight| freight.is_positive()) {
        Some(freight) => format!("，含运费 {}", freight.show()),
        None if application.order.totals.freight.is_positive() => "，整单退款时运费一并退回".to_owned(),
        None => String::new(),
    };
    let most = offer.map(|offer| format!("；{}退 {}", units(application), offer.most().show())).unwrap_or_default();
    format!("未发货的商品按实付金额全额退款，不能修改{most}{freight}")
}

fn shipped_words(application: &ApplicationDraft) -> String {
    let typed = Reason::from_code(application.typed.get("reason"));
    let first = match application.offer(typed) {
        Some(offer) => format!("{}最多可退 {}，留空则全额退款", units(application), offer.most().show()),
        None => "留空则按所选商品全额退款".to_owned(),
    };
    let by_shop = application.offer(Some(Reason::Quality)).map(|offer| offer.freight()).filter(|freight| freight.is_positive());
    let shop_at_fault = typed.map(Reason::fault) == Some(Fault::Shop);
    let freight = match by_shop {
        Some(freight) if shop_at_fault => format!("，其中运费 {}", freight.show()),
        Some(freight) => format!("；质量问题、发错货等商家责任可另退运费 {}", freight.show()),
        None => String::new(),
    };
    format!("{first}{freight}")
}

/// `申请 2 件`: what an amount is said for.
fn units(application: &ApplicationDraft) -> String {
    format!("申请 {} 件", application.chosen().iter().filter_map(|(_, units)| *units).sum::<i64>())
}
