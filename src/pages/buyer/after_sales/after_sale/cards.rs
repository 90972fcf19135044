//! The facts of a case, card by card.

use super::actions;
use crate::domain::after_sale::{AfterSale, AfterSaleKind, Item, REFUSE_COLLECT, ReturnLeg, StateKind};
use crate::domain::{Carrier, FieldErrors, Money, Refund, RefundStatus, Tender};
use crate::islands::CopyButton;
use crate::pages::buyer::timeline;
use crate::routes;
use crate::server::after_sales::AfterSaleDetail;
use crate::text::Amounts;
use crate::ui::{AddressBlock, Card, Copyable, IconName, KeyValue, KeyValues, ListLink, Picture, Pictures, Timeline, Tone};
use chrono_tz::Tz;
use leptos::prelude::*;

/// Why the shop said no, with its pictures.
pub fn rejection(case: &AfterSale) -> Option<AnyView> {
    let grounds = case.rejection.clone()?;
    let card = view! {
        <Card title="驳回原因">
            <p>{grounds.words}</p>
            <Pictures items=evidence(&grounds.evidence, "商家凭证")/>
        </Card>
    };
    Some(card.into_any())
}

/// Where the goods go back to.
pub fn return_address(title: &'static str, leg: &ReturnLeg) -> AnyView {
    let to = leg.to.clone();
    let (copied, phone, place) = (to.in_words(), to.phone_in_words(), to.place());
    let warning = leg.refuse_collect.then(|| view! { <p class="warn small">{REFUSE_COLLECT}</p> });
    view! {
        <Card title=title>
            <AddressBlock name=to.recipient phone=phone address=place><CopyButton text=copied/></AddressBlock>
            {warning}
        </Card>
    }
    .into_any()
}

/// The parcel on its way back, and what was found in it.
pub fn sent_back(case: &AfterSale, zone: Tz) -> Option<AnyView> {
    let leg = case.return_leg.as_ref()?;
    let parcel = leg.parcel.as_ref()?;
    let (name, number) = (Carrier::name_of(&parcel.carrier), parcel.tracking.clone());
    let sent = leg.shipped_at.map(|at| view! { <KeyValue label="寄出时间">{at.show(zone)}</KeyValue> });
    let found = case.inspection().map(|found| {
        let sum = found.iter().fold((0, 0, 0), |sum, one| (sum.0 + one.good, sum.1 + one.defective, sum.2 + one.missing));
        let words = format!("完好 {} 件，瑕疵 {} 件，缺件 {} 件", sum.0, sum.1, sum.2);
        view! { <KeyValue label="验收结果">{words}</KeyValue> }
    });
    let to = leg.to.in_words();
    let waybill = evidence(&leg.waybill, "快递单照片");
    let card = view! {
        <Card title="退货信息">
            <KeyValues>
                <KeyValue label="快递公司">{name}</KeyValue>
                <KeyValue label="快递单号">{copyable(number)}</KeyValue>
                {sent}
                <KeyValue label="寄往">{to}</KeyValue>
                {found}
            </KeyValues>
            <Pictures items=waybill/>
        </Card>
    };
    Some(card.into_any())
}

/// The parcel with the new goods.
pub fn replacement(case: &AfterSale) -> Option<AnyView> {
    let parcel = case.replacement.as_ref()?;
    let (name, number) = (Carrier::name_of(&parcel.carrier), parcel.tracking.clone());
    let card = view! {
        <Card title="换货包裹">
            <KeyValues>
                <KeyValue label="快递公司">{name}</KeyValue>
                <KeyValue label="快递单号">{copyable(number)}</KeyValue>
            </KeyValues>
        </Card>
    };
    Some(card.into_any())
}

/// What was asked for, how much it is, and where it goes.
pub fn request(detail: &AfterSaleDetail) -> AnyView {
    let case = &detail.case;
    let exchange = case.kind == AfterSaleKind::Exchange;
    let title = if exchange {
        "换货".to_owned()
    } else if matches!(case.state.kind(), StateKind::Closed | StateKind::Rejected | StateKind::ReturnRejected) {
        format!("申请退款 {}", case.amount().show())
    } else if detail.nothing_to_give_back() {
        "取消订单商品".to_owned()
    } else {
        format!("退款 {}", Amounts::Shown.parts(&detail.given_back()))
    };
    let freight = (!exchange && case.freight().is_positive()).then(|| Amounts::Shown.share(&detail.given_back(), case.freight()));
    let freight = freight.map(|freight| view! { <KeyValue label="其中运费">{freight}</KeyValue> });
    let later = detail.freight_in_words().map(|words| view! { <KeyValue label="运费">{words}</KeyValue> });
    let note = (!case.note.is_empty()).then(|| case.note.clone()).map(|note| view! { <KeyValue label="说明">{note}</KeyValue> });
    let goods = case.items.iter().filter(|item| item.quantity > 0).map(|item| view! { <p>{goods(detail, item)}</p> }).collect_view();
    let (state, kind, reason, number) = (case.state_name(), case.kind.name(), case.reason.name(), case.number.clone());
    let beside = beside_money(detail);
    let (money, applied_at) = (money(detail), case.applied_at.show(detail.order.shop.zone));
    let pictures = evidence(&case.evidence, "我上传的凭证");
    view! {
        <Card title=title>
            <KeyValues>
                <KeyValue label="状态">{state}</KeyValue>
                <KeyValue label="处理方式">{kind}</KeyValue>
                <KeyValue label="退款原因">{reason}</KeyValue>
                <KeyValue label="商品">{goods}</KeyValue>
                {freight}
                {later}
                {money}
                {beside}
                {note}
                <KeyValue label="申请时间">{applied_at}</KeyValue>
                <KeyValue label="售后单号">{copyable(number)}</KeyValue>
            </KeyValues>
            <Pictures items=pictures/>
        </Card>
    }
    .into_any()
}

fn goods(detail: &AfterSaleDetail, item: &Item) -> String {
    let spec = detail.order.order.lines.iter().find(|line| line.id == item.line_id).map_or("", |line| line.spec.as_str());
    format!("{} {spec} ×{}", item.title, item.quantity)
}

/// Where the money goes, each part with how far it is.
fn money(detail: &AfterSaleDetail) -> Option<AnyView> {
    let case = &detail.case;
    if case.kind == AfterSaleKind::Exchange || matches!(case.state.kind(), StateKind::Closed | StateKind::ReturnRejected) {
        return None;
    }
    if detail.refunds.is_empty() {
        let to_balance = detail.to_balance_at.is_some();
        let ways = detail.goes_back.iter().map(|part| view! { <p>{Amounts::Shown.promise(*part, to_balance)}</p> }).collect_view();
        return Some(view! { <KeyValue label="退回到">{ways}</KeyValue> }.into_any());
    }
    let part = |refund: &Refund| {
        let tone = match refund.status() {
            RefundStatus::Succeeded => Tone::Good,
            RefundStatus::Failed => Tone::Bad,
            RefundStatus::Created | RefundStatus::Submitted | RefundStatus::Unknown | RefundStatus::Retryable | RefundStatus::Manual => {
                Tone::Warn
            }
        };
        let named = Amounts::Shown.part(refund.part());
        view! { <p>{named} " · " <span class=tone.name()>{refund.standing()}</span></p> }
    };
    let parts = detail.refunds.iter().map(part).collect_view();
    Some(view! { <KeyValue label="退回到">{parts}</KeyValue> }.into_any())
}

/// What becomes of the coupon, and of the points that the goods had earned.
fn beside_money(detail: &AfterSaleDetail) -> impl IntoView + use<> {
    let points = detail.points_to_go();
    let points = (points > 0).then(|| format!("退款时扣回这部分商品赠送的 {}", Tender::Points.show(Money(points))));
    view! {
        {detail.coupon_in_words().map(|words| view! { <KeyValue label="优惠券">{words}</KeyValue> })}
        {points.map(|words| view! { <KeyValue label="赠送积分">{words}</KeyValue> })}
    }
}

/// 「退到余额」: offered while there is something that could go there, and said once the buyer agreed (S73).
pub fn to_balance(detail: &AfterSaleDetail, open: bool, key: &str, errors: &FieldErrors) -> Option<AnyView> {
    let (could, zone) = (detail.could_go_to_balance(), detail.order.shop.zone);
    if let Some(at) = detail.to_balance_at {
        let words = format!("您已同意退到本店余额（{}）", at.show(zone));
        return Some(view! { <Card title="退款去向"><p class="muted">{words}</p></Card> }.into_any());
    }
    if !could.is_positive() {
        return None;
    }
    let by_hand = |tender: Tender| matches!(tender, Tender::Cod | Tender::Offline);
    let outside = detail.goes_back.iter().any(|part| by_hand(part.tender)) || detail.refunds.iter().any(|refund| by_hand(refund.tender));
    let way = if outside { "默认由商家线下转账退回" } else { "默认按付款方式原路退回" };
    let when = if detail.refunds.is_empty() { "商家同意退款后" } else { "您同意后" };
    let words = format!("{way}。也可以把 {} 退到本店余额，{when}立即到账。", could.show());
    let dialog = actions::to_balance(&detail.case, could, open, key, errors);
    let view = view! {
        <Card title="退款去向">
            <p class="muted">{words}</p>
            <div class="actions">{dialog}</div>
        </Card>
    };
    Some(view.into_any())
}

/// Everything that has happened, newest first.
pub fn progress(detail: &AfterSaleDetail) -> AnyView {
    let entries = timeline::entries(&detail.timeline, &detail.order.shop);
    view! { <Card title="进度"><Timeline entries=entries/></Card> }.into_any()
}

/// The order behind the case, and the shop to talk to.
pub fn contact(detail: &AfterSaleDetail) -> AnyView {
    let (order, shop) = (&detail.order.order, &detail.order.shop);
    let (number, phone) = (order.number.clone(), shop.phone.clone());
    view! {
        <div class="list-links">
            <ListLink href=routes::buyer::order(&number) label="查看订单" value=number icon=IconName::Orders/>
            <ListLink href=dial(&shop.phone) label="联系商家" value=phone icon=IconName::Chat/>
        </div>
    }
    .into_any()
}

/// The shop's phone as a link that calls it.
pub fn dial(phone: &str) -> String {
    let digits: String = phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    format!("tel:{digits}")
}

/// Pictures that were sent along, each leading to the whole picture.
fn evidence(keys: &[String], what: &str) -> Vec<Picture> {
    let picture = |(index, key): (usize, &String)| {
        Picture::new(routes::small_picture(key), format!("{what} {}", index + 1)).linking(routes::picture(key))
    };
    keys.iter().enumerate().map(picture).collect()
}

fn copyable(number: String) -> AnyView {
    view! { <span class="row"><Copyable text=number.clone()/><CopyButton text=number/></span> }.into_any()
}
