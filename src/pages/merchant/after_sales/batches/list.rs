//! The batches of the shop, the newest first.

use super::{scope, standing};
use crate::domain::money::payment::group;
use crate::http::assets;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::after_sales::batches::{self, Batch};
use crate::server::ctx::Staff;
use crate::ui::{Column, Drawing, Empty, LinkButton, MerchantFrame, Pagination, Table};
use axum::response::Response;
use leptos::prelude::*;

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct BatchesQuery {
    before: Option<i64>,
}

pub(super) async fn show(staff: Staff, Query(query): Query<BatchesQuery>) -> Result<Response, Failure> {
    let listed = batches::list(&staff, query.before).await?;
    let next = listed.next.map(|before| format!("{}?before={before}", paths::BATCHES));
    Ok(Document::merchant("批量处理记录").draw(move || {
        let nav = frame::nav(&staff, paths::AFTER_SALES);
        let body = if listed.rows.is_empty() {
            let src = assets::url(Drawing::AfterSales.file());
            view! {
                <Empty src=src words="还没有批量处理过售后" hint="在售后工作台勾选多笔，或选择整个队列，再点「批量同意」">
                    <LinkButton href=paths::AFTER_SALES>"去售后工作台"</LinkButton>
                </Empty>
            }
            .into_any()
        } else {
            table(&listed.rows, &staff)
        };
        let first = query.before.map(|_| view! { <LinkButton href=paths::BATCHES small=true>"回到第一页"</LinkButton> });
        view! {
            <MerchantFrame
                title="批量处理记录" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=paths::AFTER_SALES
            >
                {body}
                <div class="actions">{first}<Pagination next=next/></div>
            </MerchantFrame>
        }
    }))
}

fn table(batches: &[Batch], staff: &Staff) -> AnyView {
    let head = vec![
        Column::new("批次"),
        Column::new("范围"),
        Column::number("笔数"),
        Column::number("金额合计"),
        Column::new("状态"),
        Column::new("处理人"),
        Column::new("时间"),
    ];
    let row = |batch: &Batch| {
        let at = batch.started_at.unwrap_or(batch.created_at).show(staff.shop.zone);
        view! {
            <tr>
                <td><a href=paths::batch(&batch.number)>{batch.number.clone()}</a><small>{batch.decision.name()}</small></td>
                <td>{scope(batch, staff)}</td>
                <td class="number">{group(batch.cases)}</td>
                <td class="number">{batch.amount.show()}</td>
                <td>{standing(batch)}</td>
                <td>{batch.staff_name.clone()}</td>
                <td class="nowrap">{at}</td>
            </tr>
        }
    };
    let rows = batches.iter().map(row).collect_view();
    view! { <Table label="批量处理记录" head=head>{rows}</Table> }.into_any()
}
