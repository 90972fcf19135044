//! Ticking cases of a queue, or taking all of it, for one decision about them together (S52).

use super::query::AfterSalesQuery;
use super::table::{self, AfterSaleTableRow};
use crate::domain::BatchDecision;
use crate::domain::after_sale::Queue;
use crate::domain::money::payment::group;
use crate::http::form::Form;
use crate::routes::merchant as paths;
use crate::server::after_sales::batches::{self, Batch, BatchSelection, MOST};
use crate::server::clock::request_key;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::server::store::after_sales::QueueFilter;
use crate::ui::{Button, ButtonKind, Hidden, Notice, Tone};
use leptos::prelude::*;

/// What can be decided together, of how many cases that match.
pub(super) struct BatchOffer {
    decisions: Vec<BatchDecision>,
    matching: i64,
}

impl BatchOffer {
    /// Nothing where the shop has nothing to say to all of a queue, or this member of staff has not. `counted` is how many match, where that is known.
    pub(super) async fn of(staff: &Staff, filter: &QueueFilter, counted: Option<i64>) -> Outcome<Option<Self>> {
        let theirs = filter.queue.batch_decisions().iter().copied().filter(|decision| staff.may(decision.permission()));
        let decisions: Vec<BatchDecision> = theirs.collect();
        if decisions.is_empty() {
            return Ok(None);
        }
        let matching = match counted {
            Some(counted) => counted,
            None => batches::matching(staff, filter).await?,
        };
        Ok(Some(Self { decisions, matching }))
    }
}

/// The rows of the page; where something can be decided about them together, in a form, and under them what that is.
pub(super) fn draw(
    rows: Vec<AfterSaleTableRow>,
    query: &AfterSalesQuery,
    queue: Queue,
    offer: Option<&BatchOffer>,
    typed: &Form,
) -> AnyView {
    let Some(offer) = offer.filter(|_| !rows.is_empty()) else { return table::draw(rows, query, queue, None) };
    let table = table::draw(rows, query, queue, Some(&typed.all("case")));
    let (decisions, matching) = (&offer.decisions, offer.matching);
    let all = if matching > 99 {
        format!("选择本队列全部 99+ 条（一次最多 {} 条）", group(MOST))
    } else {
        format!("选择本队列全部 {} 条", group(matching))
    };
    let AfterSalesQuery { q, from, until, after, .. } = query.clone();
    let button = |(index, decision): (usize, &BatchDecision)| {
        let kind = if index == 0 { ButtonKind::Primary } else { ButtonKind::Plain };
        let (value, words) = (decision.code(), short(*decision));
        view! { <Button kind=kind small=true name="decision" value=value>{words}</Button> }
    };
    let buttons = decisions.iter().enumerate().map(button).collect_view();
    view! {
        <form method="post" action=paths::BATCHES class="batch-form">
            <Hidden name="request_key" value=request_key()/>
            <Hidden name="queue" value=queue.code()/>
            <Hidden name="q" value=q/>
            <Hidden name="from" value=from/>
            <Hidden name="until" value=until/>
            <Hidden name="after" value=after/>
            {table}
            <div class="bulk-bar" id="case" role="group" aria-label="批量处理" tabindex="-1">
                <label class="bulk-bar__all"><input type="checkbox" name="all" value="1" checked=typed.has("all")/>{all}</label>
                <span class="bulk-bar__hint">"或在上面勾选；下一步先核对笔数和金额"</span>
                <span class="row" id="decision" tabindex="-1">{buttons}</span>
            </div>
        </form>
    }
    .into_any()
}

/// As the buttons of the queue say it.
fn short(decision: BatchDecision) -> &'static str {
    match decision {
        BatchDecision::AgreeRefund | BatchDecision::ApproveReturn => "批量同意",
        BatchDecision::Reject => "批量驳回",
    }
}

/// What the form asks for. What was narrowed to days that cannot be read must not become everything: `filter` was read without complaint.
pub(super) fn chosen(form: &Form, filter: QueueFilter) -> Option<BatchSelection> {
    let decision = BatchDecision::from_code(form.get("decision"))?;
    let ticked = (!form.has("all")).then(|| form.all("case").into_iter().map(str::to_owned).collect());
    Some(BatchSelection { decision, filter, ticked })
}

/// Links to the batches that are not over.
pub(super) fn in_view(batches: &[Batch]) -> impl IntoView + use<> {
    let link = |batch: &Batch| {
        let words = format!("{} {} · {} 笔 · {}", batch.decision.name(), batch.number, group(batch.cases), batch.state.name());
        view! { <Notice tone=Tone::Info href=paths::batch(&batch.number)>{words}</Notice> }
    };
    batches.iter().map(link).collect_view()
}
