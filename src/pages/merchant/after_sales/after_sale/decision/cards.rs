//! The decisions, one a card, each with the fields that belong to it.

use super::super::window::AfterSaleDialog;
use super::super::{AfterSalePage, money};
use crate::domain::after_sale::{AfterSaleAction as Action, AfterSaleKind, REFUSE_COLLECT, Stage};
use crate::domain::text::isolated;
use crate::http::forms::after_sale::GOODS_NOT_BACK;
use crate::http::problem::Problem;
use crate::islands::PicturePicker;
use crate::routes::merchant as paths;
use crate::server::machinery::pictures::{MAX_COUNT, MAX_UPLOAD};
use crate::server::store::people::BookedAddress;
use crate::ui::{Checkbox, Choice, Field, FileField, Notice, RadioCard, RadioCards, Select, TextArea, Tone};
use leptos::prelude::*;

const NOTHING_BY_HAND: &str = "没有要线下支付的金额：余额和积分会自动退回，请选择「同意退款」";

/// One card for every decision that is allowed; none if nothing is.
pub(super) fn draw(page: &AfterSalePage, window: AfterSaleDialog) -> Option<AnyView> {
    let all = [reject(page, window), approve_return(page, window), agree_refund(page, window), refund_manually(page, window)];
    let cards: Vec<AnyView> = all.into_iter().flatten().collect();
    (!cards.is_empty()).then(|| {
        let error = Problem::at(page.problem_in(window), "decision");
        let early = early(page, window);
        view! { <RadioCards legend="处理方式" name="decision" prefix=window.code() error=error required=true>{cards}</RadioCards>{early} }
            .into_any()
    })
}

/// The goods are not back: whoever pays all the same says so.
fn early(page: &AfterSalePage, window: AfterSaleDialog) -> Option<AnyView> {
    let pays = page.allows(Action::AgreeRefund) || page.allows(Action::RefundManually);
    if !pays || !page.case.awaits_goods() {
        return None;
    }
    let error = Problem::at(page.problem_in(window), GOODS_NOT_BACK);
    let ticked = page.typed.has(GOODS_NOT_BACK);
    let words =
        "退回的商品还没有确认收到。现在退款后，这笔售后即完结，商品寄到后不能再验收，也不会自动回到库存；收到货再退请先「确认收到退货」。";
    let view = view! {
        <Notice tone=Tone::Warn>{words}</Notice>
        <Checkbox label="商品还没有收到，我确认现在就退款" name=GOODS_NOT_BACK prefix=window.code() checked=ticked error=error/>
    };
    Some(view.into_any())
}

fn chosen(page: &AfterSalePage, decision: &str) -> bool {
    page.typed.get("decision") == decision
}

fn reject(page: &AfterSalePage, window: AfterSaleDialog) -> Option<AnyView> {
    let after = page.allows(Action::RejectReturn);
    if !after && !page.allows(Action::Reject) {
        return None;
    }
    let id = window.code();
    let explain =
        if after { "验收不符时驳回，商品需与买家协商寄回" } else { "写明原因，买家可修改后重新提交" };
    let with_proof = after || page.case.stage() != Stage::Unshipped;
    let hint = format!("{}，最多 {MAX_COUNT} 张，每张不超过 {} MB", if with_proof { "必填" } else { "选填" }, MAX_UPLOAD / 1_048_576);
    let problem = page.problem_in(window);
    let (reason, proof) = (Problem::at(problem, "reject_reason"), Problem::at(problem, "reject_evidence"));
    let (checked, typed) = (chosen(page, "reject"), page.typed.get("reject_reason").to_owned());
    Some(
        view! {
            <RadioCard name="decision" value="reject" title="驳回" explain=explain checked=checked prefix=id>
                <TextArea label="驳回原因" name="reject_reason" prefix=id rows=2 maxlength=300 value=typed error=reason required=true/>
                <PicturePicker max=MAX_COUNT max_bytes=MAX_UPLOAD>
                    <FileField label="驳回凭证" name="reject_evidence" prefix=id multiple=true hint=hint error=proof required=with_proof/>
                </PicturePicker>
            </RadioCard>
        }
        .into_any(),
    )
}

fn approve_return(page: &AfterSalePage, window: AfterSaleDialog) -> Option<AnyView> {
    if !page.allows(Action::ApproveReturn) {
        return None;
    }
    let id = window.code();
    let book = page.case.return_addresses();
    let choice = |entry: &BookedAddress| {
        let choice =
            Choice::new(entry.id.to_string(), format!("{} · {}", isolated(&entry.address.detail), isolated(&entry.address.recipient)));
        if entry.is_default { choice.with("默认") } else { choice }
    };
    let choices: Vec<Choice> = book.iter().map(choice).collect();
    let typed = page.typed.get("return_address").to_owned();
    let default = book.iter().find(|entry| entry.is_default).map_or_else(String::new, |entry| entry.id.to_string());
    let selected = if typed.is_empty() { default } else { typed };
    let explain = format!("买家 {} 天内寄回，你收到并确认后再{}", page.staff.shop.policy.return_days, follows(page));
    let error = Problem::at(page.problem_in(window), "return_address");
    let (checked, refuse) = (chosen(page, "approve_return"), page.typed.has("refuse_collect"));
    let hint = if book.is_empty() { "还没有退货地址，请先添加" } else { "" };
    Some(
        view! {
            <RadioCard name="decision" value="approve_return" title="通过申请（需要客户寄回商品）" explain=explain checked=checked prefix=id>
                <Select label="退货地址" name="return_address" prefix=id choices=choices selected=selected error=error hint=hint required=true/>
                <p class="small"><a class="link" href=paths::RETURN_ADDRESSES>"管理地址"</a></p>
                <Checkbox label=format!("短信附注：{REFUSE_COLLECT}") name="refuse_collect" prefix=id checked=refuse/>
            </RadioCard>
        }
        .into_any(),
    )
}

fn follows(page: &AfterSalePage) -> &'static str {
    if page.case.kind() == AfterSaleKind::Exchange { "发出换货" } else { "退款" }
}

/// Above the limit of customer service the card says who may, and cannot be chosen (S50).
fn agree_refund(page: &AfterSalePage, window: AfterSaleDialog) -> Option<AnyView> {
    if !page.allows(Action::AgreeRefund) {
        return None;
    }
    let refused = page.case.within_limit(&page.staff.actor, &page.staff.shop.policy).err();
    let title = if window == AfterSaleDialog::Decide { "同意退款（无需客户寄回商品）" } else { "同意退款" };
    let explain = match &refused {
        Some(refusal) => refusal.to_string(),
        None => page.money().map(money::promise).unwrap_or_default(),
    };
    let (checked, disabled) = (chosen(page, "agree_refund") && refused.is_none(), refused.is_some());
    let freight = freight_too(page, window).filter(|_| !disabled);
    let card = view! {
        <RadioCard name="decision" value="agree_refund" title=title explain=explain checked=checked disabled=disabled prefix=window.code()>
            {freight}
        </RadioCard>
    };
    Some(card.into_any())
}

/// Part of an order is cancelled before shipping: its freight goes back only if the shop ticks it (M5).
fn freight_too(page: &AfterSalePage, window: AfterSaleDialog) -> Option<AnyView> {
    let freight = page.money()?.addable_freight();
    let ticked = page.typed.has("refund_freight");
    let label = format!("同时退还运费 {}", freight.show());
    freight.is_positive().then(|| view! { <Checkbox label=label name="refund_freight" prefix=window.code() checked=ticked/> }.into_any())
}

fn refund_manually(page: &AfterSalePage, window: AfterSaleDialog) -> Option<AnyView> {
    if !page.allows(Action::RefundManually) {
        return None;
    }
    let id = window.code();
    let by_hand = page.money().and_then(money::by_hand);
    let disabled = by_hand.is_none();
    let explain = match by_hand {
        Some(words) => format!("{words}，需要凭证"),
        None => NOTHING_BY_HAND.to_owned(),
    };
    let error = Problem::at(page.problem_in(window), "voucher");
    let (checked, typed) = (chosen(page, "refund_manually") && !disabled, page.typed.get("voucher").to_owned());
    let (refused, agreed) = (Problem::at(page.problem_in(window), "consent"), page.typed.has("consent"));
    let consent = page.case.has_a_way_back().then(|| {
        view! { <Checkbox label="已征得买家同意不原路退回" name="consent" prefix=id checked=agreed error=refused required=true/> }
    });
    let fields = (!disabled).then(|| {
        view! {
            <Field label="退款凭证" name="voucher" prefix=id maxlength=200 value=typed error=error hint="转账单号或收据说明，买家可以看到" required=true/>
            {consent}
        }
    });
    Some(
        view! {
            <RadioCard name="decision" value="refund_manually" title="手动退款" explain=explain checked=checked disabled=disabled prefix=id>
                {fields}
            </RadioCard>
        }
        .into_any(),
    )
}
