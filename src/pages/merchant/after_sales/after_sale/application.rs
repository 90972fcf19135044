//! What the buyer asks for and shows, and what has happened since.

use super::AfterSalePage;
use crate::domain::after_sale::AfterSaleKind;
use crate::domain::people::authority::shown_name;
use crate::domain::{ActorKind, SeeContact};
use crate::http::assets;
use crate::pages::merchant::viewer;
use crate::routes;
use crate::server::after_sales::{CaseMoney, ShopItem};
use crate::server::store::events::TimelineLine;
use crate::text::sentence;
use crate::ui::{Card, GoodsCell, KeyValue, KeyValues, Picture, Pictures, Timeline, TimelineEntry};
use leptos::prelude::*;

/// 「买家说明」: words, evidence, reason and goods.
pub(super) fn card(page: &AfterSalePage) -> AnyView {
    let case = &page.case;
    let note = if case.note().is_empty() {
        view! { <p class="muted">"买家没有填写说明"</p> }.into_any()
    } else {
        view! { <p>{case.note().to_owned()}</p> }.into_any()
    };
    let evidence = pictures(case.evidence(), "买家凭证");
    let (kind, reason, applied) = (case.kind().name(), case.reason().name(), case.applied_at().show(page.staff.shop.zone));
    let goods = case.items().map(|item| goods(page, item)).collect_view();
    let label = if case.kind() == AfterSaleKind::Exchange { "商品价值" } else { "申请金额" };
    let amount = page.money().map(CaseMoney::amount_in_words);
    view! {
        <Card title="买家说明">
            {note}
            <Pictures items=evidence/>
            <KeyValues>
                <KeyValue label="处理方式">{kind}</KeyValue>
                <KeyValue label="退款原因">{reason}</KeyValue>
                {amount.map(|amount| view! { <KeyValue label=label>{amount}</KeyValue> })}
                <KeyValue label="申请时间">{applied}</KeyValue>
            </KeyValues>
            <h3>"申请商品"</h3>
            <div class="stack">{goods}</div>
        </Card>
    }
    .into_any()
}

fn goods(page: &AfterSalePage, item: ShopItem<'_>) -> impl IntoView + use<> {
    let order = page.case.order();
    let line = order.lines().find(|line| line.id == item.line_id);
    let (spec, picture) = line.map_or(("", ""), |line| (line.spec, line.picture));
    let worth = item.amount.open(page.sees_money()).map(|amount| format!(" · {}", amount.show())).unwrap_or_default();
    let detail = format!("{spec} ×{}{worth}", item.quantity);
    view! { <GoodsCell src=assets::url(picture) title=item.title.to_owned() detail=detail/> }
}

/// What happened in this case, newest first.
pub(super) fn timeline(page: &AfterSalePage) -> AnyView {
    let entries: Vec<TimelineEntry> = page.case.timeline().iter().map(|line| entry(page, line)).collect();
    view! { <Card title="进度与沟通"><Timeline entries=entries/></Card> }.into_any()
}

fn entry(page: &AfterSalePage, line: &TimelineLine) -> TimelineEntry {
    let who = match line.actor_kind {
        ActorKind::Buyer => format!("买家 {}", shown_name(&line.actor_name, page.staff.granted(SeeContact))),
        ActorKind::Staff => format!("商家 {}", line.actor_name),
        ActorKind::System => line.actor_name.clone(),
    };
    let entry =
        TimelineEntry::new(sentence(&line.what, viewer::of(&page.staff), page.staff.shop.zone), who, line.at.show(page.staff.shop.zone));
    // What the cards above show already is not shown a second time.
    let case = &page.case;
    let shown = |key: &&String| {
        case.evidence().contains(key)
            || case.rejection().is_some_and(|grounds| grounds.evidence.contains(key))
            || case.return_leg().is_some_and(|leg| leg.waybill.contains(key))
    };
    let older: Vec<String> = line.evidence.iter().filter(|key| !shown(key)).cloned().collect();
    TimelineEntry { pictures: pictures(&older, "凭证"), ..entry }
}

/// Evidence as a row of pictures, each leading to itself whole.
pub(super) fn pictures(keys: &[String], what: &str) -> Vec<Picture> {
    let numbered = keys.iter().enumerate();
    numbered
        .map(|(index, key)| Picture::new(routes::small_picture(key), format!("{what} {}", index + 1)).linking(routes::picture(key)))
        .collect()
}
