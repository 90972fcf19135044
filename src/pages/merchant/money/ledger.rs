//! `/merchant/ledger`: 「账目核对」, what the last check of the books found, and the button for another (M4).

mod checks;

use crate::domain::money::payment::group;
use crate::domain::time::{MINUTE, SECOND};
use crate::http::assets;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::machinery::verify;
use crate::server::money::ledger::{self, Run};
use crate::ui::{
    Badge, ButtonKind, Card, Column, Drawing, Empty, Flash, KeyValue, KeyValues, LinkButton, MerchantFrame, Notice, PostButton, Table, Tone,
};
use axum::Router;
use axum::response::{Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(paths::LEDGER, get(show).post(begin))
}

async fn begin(staff: Staff) -> Result<Redirect, Failure> {
    ledger::begin(&staff).await?;
    Ok(Redirect::to(&format!("{}?done=begun", paths::LEDGER)))
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct LedgerQuery {
    done: String,
}

async fn show(staff: Staff, Query(query): Query<LedgerQuery>) -> Result<Response, Failure> {
    let mut runs = ledger::latest(&staff).await?.into_iter();
    let last = runs.next();
    let earlier: Vec<Run> = runs.collect();
    Ok(Document::merchant("账目核对").draw(move || {
        let nav = frame::nav(&staff, paths::LEDGER);
        let running = last.as_ref().is_some_and(|run| run.finished_at.is_none());
        let badge = last.as_ref().map(|run| standing(run).into_any());
        let act = if running {
            view! { <LinkButton href=paths::LEDGER>"刷新进度"</LinkButton> }.into_any()
        } else {
            view! { <PostButton action=paths::LEDGER kind=ButtonKind::Primary>"立即核对"</PostButton> }.into_any()
        };
        let over = last.as_ref().and_then(|run| run.finished_at.filter(|at| run.trouble.is_empty() && staff.now.0 - at.0 < MINUTE));
        let begun = match (&*query.done, over) {
            ("begun", _) if running => Some("核对已开始"),
            ("begun", Some(_)) => Some("核对已结束，结果如下"),
            _ => None,
        };
        let body = match last {
            Some(run) => latest(&run, &staff),
            None => nothing(),
        };
        view! {
            <MerchantFrame title="账目核对" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() badges=badge actions=act>
                {begun.map(|words| view! { <Flash words=words/> })}
                {body}
                {history(&earlier, &staff)}
            </MerchantFrame>
        }
    }))
}

/// How a run stands, in a word.
fn standing(run: &Run) -> impl IntoView + use<> {
    let (tone, words) = match (run.finished_at, run.trouble.is_empty(), run.differences()) {
        (None, ..) => (Tone::Info, format!("正在核对 {} / {} 项", run.checks.len(), verify::checks())),
        (_, false, _) => (Tone::Warn, "没有完成".to_owned()),
        (_, _, 0) => (Tone::Good, "全部一致".to_owned()),
        (_, _, found) => (Tone::Bad, format!("{found} 处不一致")),
    };
    view! { <Badge tone=tone>{words}</Badge> }
}

fn latest(run: &Run, staff: &Staff) -> AnyView {
    let zone = staff.shop.zone;
    let (by, from) = (run.started_by.clone(), run.started_at.to_the_second(zone));
    let until = run.finished_at.map_or_else(|| "进行中，可以离开本页，稍后回来查看".to_owned(), |at| at.to_the_second(zone));
    let (rows, millis) = (counted(run.rows), seconds(run.millis));
    let trouble = (!run.trouble.is_empty()).then(|| {
        let words = run.trouble.clone();
        view! { <Notice tone=Tone::Warn>{words}</Notice> }
    });
    let found = (run.differences() > 0).then(|| {
        view! { <Notice tone=Tone::Bad title="账目有不一致">"请保留下面的明细并联系技术人员；在查明之前不要手工修改数据"</Notice> }
    });
    let finished = run.finished_at.is_some();
    let size = finished.then(|| {
        view! { <KeyValue label="读取">{rows}</KeyValue><KeyValue label="用时">{millis}</KeyValue> }
    });
    view! {
        {trouble}
        {found}
        <Card title="最近一次核对">
            <KeyValues>
                <KeyValue label="发起">{by}</KeyValue>
                <KeyValue label="开始">{from}</KeyValue>
                <KeyValue label="结束">{until}</KeyValue>
                {size}
            </KeyValues>
        </Card>
        {checks::draw(&run.checks)}
    }
    .into_any()
}

/// `1,234,567 行`
pub(in crate::pages::merchant) fn counted(rows: i64) -> String {
    format!("{} 行", group(rows))
}

/// `0.42 秒`
pub(super) fn seconds(millis: i64) -> String {
    format!("{}.{:02} 秒", millis / SECOND, millis % SECOND / 10)
}

fn history(runs: &[Run], staff: &Staff) -> Option<AnyView> {
    if runs.is_empty() {
        return None;
    }
    let head = vec![Column::new("开始"), Column::new("发起"), Column::new("结果"), Column::number("读取"), Column::number("用时")];
    let row = |run: &Run| {
        let (from, by) = (run.started_at.show(staff.shop.zone), run.started_by.clone());
        let (rows, millis) = (counted(run.rows), seconds(run.millis));
        view! {
            <tr>
                <td class="nowrap">{from}</td>
                <td>{by}</td>
                <td>{standing(run)}</td>
                <td class="number">{rows}</td>
                <td class="number">{millis}</td>
            </tr>
        }
    };
    let rows = runs.iter().map(row).collect_view();
    Some(view! { <Card title="以前的核对"><Table label="以前的核对" head=head>{rows}</Table></Card> }.into_any())
}

fn nothing() -> AnyView {
    let hint = "核对会从每一条明细重新计算订单、支付、退款、余额、积分和库存，只读取，不影响营业；系统每天自动核对一次";
    view! { <Empty src=assets::url(Drawing::Orders.file()) words="还没有核对过账目" hint=hint/> }.into_any()
}
