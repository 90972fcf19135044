//! Every rule with how it was found, and the rows that break it.

use super::{counted, seconds};
use crate::server::machinery::verify::CheckedInvariant;
use crate::ui::{Badge, Card, Column, Table, Tone};
use leptos::prelude::*;

/// Rows of one rule that the page shows; the run keeps more.
const MOST: usize = 20;

pub(super) fn draw(checks: &[CheckedInvariant]) -> Option<AnyView> {
    if checks.is_empty() {
        return None;
    }
    let head = vec![Column::new("核对项目"), Column::new("结果"), Column::number("读取"), Column::number("用时")];
    let rows = checks.iter().map(row).collect_view();
    let wrong = checks.iter().filter(|check| !check.wrong.is_empty()).map(differences).collect_view();
    Some(view! { {wrong}<div class="panel"><Table label="核对项目" head=head>{rows}</Table></div> }.into_any())
}

fn row(check: &CheckedInvariant) -> impl IntoView + use<> {
    let (tone, result) = match check.differences {
        0 => (Tone::Good, "一致".to_owned()),
        found => (Tone::Bad, format!("{found} 处不一致")),
    };
    let words = check.words().to_owned();
    let (rows, millis) = (counted(check.rows), seconds(check.millis));
    view! {
        <tr>
            <td class="sentence">{words}</td>
            <td><Badge tone=tone>{result}</Badge></td>
            <td class="number">{rows}</td>
            <td class="number">{millis}</td>
        </tr>
    }
}

fn differences(check: &CheckedInvariant) -> impl IntoView + use<> {
    let head = vec![Column::new("记录编号"), Column::new("账上"), Column::new("明细合计")];
    let title = format!("不一致：{}", check.words());
    let rows = check.wrong.iter().take(MOST).map(|row| {
        let (id, kept, summed) = (row.id, row.kept.clone(), row.summed.clone());
        view! { <tr><td><code>{id}</code></td><td>{kept}</td><td>{summed}</td></tr> }
    });
    let rows = rows.collect_view();
    let more = check.differences - i64::try_from(check.wrong.len().min(MOST)).unwrap_or(0);
    let more = (more > 0).then(|| view! { <p class="muted">{format!("还有 {more} 处，用命令 guitu verify-ledger 查看")}</p> });
    let label = title.clone();
    view! { <Card title=title><Table label=label head=head>{rows}</Table>{more}</Card> }
}
