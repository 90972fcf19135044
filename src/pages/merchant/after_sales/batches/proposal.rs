//! What a batch comes to, before somebody says yes: how many, how much, and what the decision has to say.

use super::scope;
use crate::domain::BatchDecision;
use crate::domain::money::payment::group;
use crate::domain::text::isolated;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::islands::asking::InPlace;
use crate::routes::merchant as paths;
use crate::server::after_sales::batches::{Batch, BatchDetail, MOST};
use crate::server::ctx::Staff;
use crate::server::store::people::BookedAddress;
use crate::ui::{Button, ButtonKind, Card, Choice, KeyValue, KeyValues, LinkButton, Notice, PostButton, Select, TextArea, Tone};
use leptos::prelude::*;

pub(super) fn draw(detail: &BatchDetail, staff: &Staff, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let batch = &detail.batch;
    let notices = notices(detail, staff);
    let (range, cases, amount) = (scope(batch, staff), format!("{} 笔", group(batch.cases)), batch.amount.show());
    let may = staff.may(batch.decision.permission()) && batch.cases > 0;
    let form = may.then(|| form(detail, typed, problem));
    let drop = staff.may(batch.decision.permission()).then(|| {
        let action = paths::batch_action(&batch.number, "drop");
        view! { <InPlace><PostButton action=action small=true kind=ButtonKind::Quiet>"放弃这个批次"</PostButton></InPlace> }
    });
    let (number, back) = (batch.number.clone(), format!("{}?queue={}", paths::AFTER_SALES, batch.queue.code()));
    view! {
        {notices}
        <Card title="请核对">
            <KeyValues>
                <KeyValue label="批次">{number}</KeyValue>
                <KeyValue label="范围">{range}</KeyValue>
                <KeyValue label="售后"><b>{cases}</b></KeyValue>
                <KeyValue label="申请金额合计"><b>{amount}</b></KeyValue>
            </KeyValues>
            {form}
        </Card>
        <div class="actions">
            {drop}
            <LinkButton href=back small=true>"返回工作台"</LinkButton>
        </div>
    }
    .into_any()
}

fn notices(detail: &BatchDetail, staff: &Staff) -> impl IntoView + use<> {
    let (batch, limit) = (&detail.batch, staff.shop.policy.service_refund_limit.show());
    let above = (detail.above_limit > 0).then(|| {
        let words = format!("其中 {} 笔退款超过 {limit}，需要财务或店主处理，届时会跳过", group(detail.above_limit));
        view! { <Notice tone=Tone::Warn>{words}</Notice> }
    });
    let full = (batch.cases >= MOST && !batch.ticked).then(|| {
        let words = format!("一个批次最多 {} 笔，已按剩余时间选取最紧急的；其余请在完成后再次选择", group(MOST));
        view! { <Notice tone=Tone::Info>{words}</Notice> }
    });
    let nothing = (batch.cases == 0).then(|| view! { <Notice tone=Tone::Warn>"没有可以处理的售后，可能刚刚已被处理"</Notice> });
    view! { {above}{full}{nothing} }
}

fn form(detail: &BatchDetail, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let batch = &detail.batch;
    let fields = match batch.decision {
        BatchDecision::AgreeRefund => None,
        BatchDecision::ApproveReturn => Some(addresses(&detail.return_addresses, typed, problem)),
        BatchDecision::Reject => {
            let (value, error) = (typed.get("reject_reason").to_owned(), Problem::at(problem, "reject_reason"));
            Some(
                view! {
                    <TextArea
                        label="驳回原因" name="reject_reason" rows=2 maxlength=300 value=value error=error required=true
                        hint="每位买家都会收到，写明缺少什么，例如：凭证不足，请补充商品照片后重新提交"
                    />
                }
                .into_any(),
            )
        }
    };
    let (submit, kind) = submit(batch);
    let action = paths::batch_action(&batch.number, "start");
    view! {
        <InPlace>
            <form method="post" action=action class="batch-start" novalidate=true>
                {fields}
                <p class="muted small">"逐笔按单笔规则处理，买家会收到通知；期间有新进展的会跳过并说明原因。可以离开页面，也可以随时停止。"</p>
                <div><Button kind=kind>{submit}</Button></div>
            </form>
        </InPlace>
    }
    .into_any()
}

fn submit(batch: &Batch) -> (String, ButtonKind) {
    let (cases, amount) = (group(batch.cases), batch.amount.show());
    match batch.decision {
        BatchDecision::AgreeRefund => (format!("确认同意退款 {cases} 笔，共 {amount}"), ButtonKind::Primary),
        BatchDecision::ApproveReturn => (format!("确认同意退货 {cases} 笔"), ButtonKind::Primary),
        BatchDecision::Reject => (format!("确认驳回 {cases} 笔"), ButtonKind::Danger),
    }
}

fn addresses(book: &[BookedAddress], typed: &Form, problem: Option<&Problem>) -> AnyView {
    let choice = |entry: &BookedAddress| {
        let choice =
            Choice::new(entry.id.to_string(), format!("{} · {}", isolated(&entry.address.detail), isolated(&entry.address.recipient)));
        if entry.is_default { choice.with("默认") } else { choice }
    };
    let choices: Vec<Choice> = book.iter().map(choice).collect();
    let default = book.iter().find(|entry| entry.is_default).map_or_else(String::new, |entry| entry.id.to_string());
    let selected = if typed.has("return_address") { typed.get("return_address").to_owned() } else { default };
    let error = Problem::at(problem, "return_address");
    view! { <Select label="退货地址" name="return_address" choices=choices selected=selected error=error required=true/> }.into_any()
}
