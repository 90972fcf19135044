//! How far a batch is, what it could not do and why; it goes on while nobody looks.

use super::scope;
use crate::domain::money::payment::group;
use crate::domain::{BatchDecision, BatchState, Money};
use crate::routes::merchant as paths;
use crate::server::after_sales::batches::{BatchDetail, SkippedCase};
use crate::server::ctx::Staff;
use crate::ui::{ButtonKind, Card, Column, KeyValue, KeyValues, Notice, Pagination, PostButton, Stat, Table, Tone};
use leptos::prelude::*;

pub(super) fn draw(detail: &BatchDetail, staff: &Staff) -> AnyView {
    let trouble = (!detail.batch.trouble.is_empty()).then(|| {
        let words = detail.batch.trouble.clone();
        view! { <Notice tone=Tone::Warn>{words}</Notice> }
    });
    view! {
        {trouble}
        {bar(detail, staff)}
        {counts(detail)}
        {skipped(detail)}
        {facts(detail, staff)}
    }
    .into_any()
}

fn bar(detail: &BatchDetail, staff: &Staff) -> impl IntoView + use<> {
    let (batch, tally) = (&detail.batch, detail.tally);
    let seen_to = tally.done + tally.skipped;
    let percent = if batch.cases > 0 { seen_to * 100 / batch.cases } else { 0 };
    let words = match batch.state {
        BatchState::Collecting => "正在汇总要处理的售后".to_owned(),
        BatchState::Running => format!("已处理 {percent}%，可以离开本页，处理会继续"),
        BatchState::Stopped => format!("停在 {percent}%，还有 {} 笔没有处理", group(tally.waiting)),
        BatchState::Finished => "全部处理完毕".to_owned(),
        BatchState::Proposed | BatchState::Dropped => "没有处理任何售后".to_owned(),
    };
    let may = staff.may(batch.decision.permission());
    let act = match batch.state {
        BatchState::Running if may => {
            let action = paths::batch_action(&batch.number, "stop");
            Some(view! { <PostButton action=action>"停止"</PostButton> })
        }
        BatchState::Stopped if may => {
            let action = paths::batch_action(&batch.number, "resume");
            Some(view! { <PostButton action=action kind=ButtonKind::Primary>"继续"</PostButton> })
        }
        BatchState::Collecting
        | BatchState::Proposed
        | BatchState::Running
        | BatchState::Stopped
        | BatchState::Finished
        | BatchState::Dropped => None,
    };
    view! {
        <section class="card batch-progress" aria-label="进度">
            <p role="status">{words}</p>
            {act}
            <progress class="progress" max=batch.cases.max(1).to_string() value=seen_to.to_string() aria-label="进度">{format!("{percent}%")}</progress>
        </section>
    }
}

fn counts(detail: &BatchDetail) -> impl IntoView + use<> {
    let tally = detail.tally;
    let sum = if detail.batch.decision == BatchDecision::AgreeRefund { format!("共 {}", tally.done_amount.show()) } else { String::new() };
    let tone = if tally.skipped > 0 { Tone::Warn } else { Tone::Plain };
    let hint = if tally.skipped > 0 { "原因见下表，请单独处理" } else { "" };
    view! {
        <section class="stats" aria-label="处理结果">
            <Stat label="已完成" value=group(tally.done) detail=sum tone=Tone::Good/>
            <Stat label="已跳过" value=group(tally.skipped) detail=hint tone=tone/>
            <Stat label="待处理" value=group(tally.waiting)/>
        </section>
    }
}

fn skipped(detail: &BatchDetail) -> Option<AnyView> {
    if detail.skipped.rows.is_empty() {
        return None;
    }
    let head = vec![Column::new("售后"), Column::new("订单"), Column::number("申请金额"), Column::new("跳过原因")];
    let row = |case: &SkippedCase| {
        let (after_sale, order) = (paths::after_sale(&case.number), paths::order(&case.order_number));
        view! {
            <tr>
                <td><a href=after_sale>{case.number.clone()}</a></td>
                <td><a href=order>{case.order_number.clone()}</a></td>
                <td class="number">{Money(case.amount_minor).show()}</td>
                <td class="sentence">{case.reason.clone()}</td>
            </tr>
        }
    };
    let rows = detail.skipped.rows.iter().map(row).collect_view();
    let next = detail.skipped.next.map(|behind| format!("{}?behind={behind}", paths::batch(&detail.batch.number)));
    Some(
        view! {
            <Card title="跳过的售后" class="card--table"><Table label="跳过的售后" head=head>{rows}</Table></Card>
            <div class="actions"><Pagination next=next/></div>
        }
        .into_any(),
    )
}

fn facts(detail: &BatchDetail, staff: &Staff) -> impl IntoView + use<> {
    let (batch, zone) = (&detail.batch, staff.shop.zone);
    let (range, total) = (scope(batch, staff), format!("{} 笔，共 {}", group(batch.cases), batch.amount.show()));
    let moment = |label: &'static str, at: Option<crate::domain::Timestamp>| {
        let at = at.map(|at| at.to_the_second(zone));
        at.map(|at| view! { <KeyValue label=label>{at}</KeyValue> })
    };
    let (started, ended) = (moment("开始", batch.started_at), moment("结束", batch.ended_at));
    let words = (!batch.words.is_empty()).then(|| {
        let words = batch.words.clone();
        view! { <KeyValue label="驳回原因">{words}</KeyValue> }
    });
    let (number, by) = (batch.number.clone(), batch.staff_name.clone());
    let to = batch.return_to.as_ref().map(|to| {
        let place = to.place();
        view! { <KeyValue label="退货地址">{place}</KeyValue> }
    });
    view! {
        <Card title="批次">
            <KeyValues>
                <KeyValue label="批次号">{number}</KeyValue>
                <KeyValue label="范围">{range}</KeyValue>
                <KeyValue label="合计">{total}</KeyValue>
                {words}
                {to}
                <KeyValue label="处理人">{by}</KeyValue>
                {started}
                {ended}
            </KeyValues>
        </Card>
    }
}
