//! What travelled: the goods back, the replacement out; and the shop's no.

use super::{AfterSalePage, application};
use crate::domain::Parcel;
use crate::domain::after_sale::{Inspected, REFUSE_COLLECT, ReturnLeg};
use crate::domain::text::isolated;
use crate::islands::CopyButton;
use crate::server::after_sales::ShopCase;
use crate::ui::{Card, Copyable, KeyValue, KeyValues, Notice, Pictures, Tone};
use leptos::prelude::*;

/// The cards of whatever the case has been through.
pub(super) fn cards(page: &AfterSalePage) -> AnyView {
    let case = &page.case;
    view! {
        {case.rejection().map(|grounds| rejection(&grounds.words, &grounds.evidence))}
        {case.return_leg().map(|leg| return_leg(page, leg))}
        {case.replacement().map(replacement)}
    }
    .into_any()
}

fn rejection(words: &str, evidence: &[String]) -> AnyView {
    let (words, evidence) = (words.to_owned(), application::pictures(evidence, "驳回凭证"));
    view! { <Card title="驳回原因"><p>{words}</p><Pictures items=evidence/></Card> }.into_any()
}

fn return_leg(page: &AfterSalePage, leg: &ReturnLeg) -> AnyView {
    let to = format!("{} {}，{}", isolated(&leg.to.recipient), leg.to.phone_in_words(), leg.to.place());
    let parcel = match &leg.parcel {
        Some(parcel) => waybill(parcel),
        None => view! { <span class="muted">"买家还没有填写退货信息"</span> }.into_any(),
    };
    let sent = leg.shipped_at.map(|at| at.show(page.staff.shop.zone));
    let refused = leg.refuse_collect.then_some(REFUSE_COLLECT);
    let found = leg.inspection.as_deref().map(|found| inspection(&page.case, found));
    let doubt = leg.parcel.as_ref().and_then(Parcel::doubt);
    let waybill = application::pictures(&leg.waybill, "快递单照片");
    view! {
        <Card title="退货信息">
            <KeyValues>
                <KeyValue label="退货地址">{to}</KeyValue>
                {refused.map(|words| view! { <KeyValue label="附注">{words}</KeyValue> })}
                <KeyValue label="退货包裹">{parcel}</KeyValue>
                {sent.map(|at| view! { <KeyValue label="寄出时间">{at}</KeyValue> })}
                {found.map(|found| view! { <KeyValue label="验收结果">{found}</KeyValue> })}
            </KeyValues>
            <Pictures items=waybill/>
            {doubt.map(|words| view! { <Notice tone=Tone::Warn>{words}</Notice> })}
        </Card>
    }
    .into_any()
}

fn inspection(case: &ShopCase, found: &[Inspected]) -> AnyView {
    let line = |one: &Inspected| {
        let title = case.title_of(one.line_id);
        let words = format!("{title}：完好 {} 件，瑕疵 {} 件，缺件 {} 件", one.good, one.defective, one.missing);
        view! { <p>{words}</p> }
    };
    found.iter().map(line).collect_view().into_any()
}

fn replacement(parcel: &Parcel) -> AnyView {
    let (shown, doubt) = (waybill(parcel), parcel.doubt());
    view! {
        <Card title="换货包裹">
            <KeyValues><KeyValue label="快递单号">{shown}</KeyValue></KeyValues>
            {doubt.map(|words| view! { <Notice tone=Tone::Warn>{words}</Notice> })}
        </Card>
    }
    .into_any()
}

fn waybill(parcel: &Parcel) -> AnyView {
    let (shown, number) = (parcel.show(), parcel.tracking.clone());
    view! { <span class="row"><Copyable text=shown/><CopyButton text=number/></span> }.into_any()
}
