//! 「确认收到退货」: what was found in the parcel, unit by unit (S60, S83).

use super::window::{self, AfterSaleDialog, DialogWords};
use super::{AfterSalePage, decision};
use crate::domain::after_sale::{AfterSaleAction as Action, AfterSaleKind, StateKind};
use crate::http::problem::Problem;
use crate::server::after_sales::ShopItem;
use crate::ui::{ButtonKind, Field};
use leptos::prelude::*;

/// For the warehouse, from the moment the goods may come until they were looked at.
pub(super) fn dialog(page: &AfterSalePage) -> Option<AnyView> {
    let fields = page.allows(Action::Receive).then(|| inspection(page));
    let on_its_way = page.case.state().kind() == StateKind::ReturnInTransit;
    let kind = if on_its_way { ButtonKind::Primary } else { ButtonKind::Plain };
    let words = DialogWords {
        label: "确认收到退货",
        title: "确认收到退货",
        lead: decision::lead(page),
        submit: "确认收到退货",
        note: if page.case.kind() == AfterSaleKind::Exchange {
            "完好的商品会回到可售库存"
        } else {
            "完好的商品退款后回到可售库存"
        },
        class: kind.class(false, false),
    };
    (fields.is_some() || page.problem_in(AfterSaleDialog::Receive).is_some())
        .then(|| window::draw(page, AfterSaleDialog::Receive, words, fields))
}

fn inspection(page: &AfterSalePage) -> AnyView {
    let units = page.case.items().map(|item| found(page, item)).collect_view();
    let error = Problem::at(page.problem_in(AfterSaleDialog::Receive), "inspection");
    view! {
        <div class="stack" id="receive-inspection" tabindex="-1">
            <p class="small muted">"逐件验收：三项之和等于应收件数"</p>
            {units}
            {error.map(|words| view! { <p class="field__error">{words}</p> })}
        </div>
    }
    .into_any()
}

fn found(page: &AfterSalePage, item: ShopItem<'_>) -> impl IntoView + use<> {
    let count = |label: &'static str, name: &str, otherwise: i64| {
        let name = format!("{name}_{}", item.line_id.0);
        let value = if page.typed.has(&name) { page.typed.get(&name).to_owned() } else { otherwise.to_string() };
        view! {
            <Field label=label name=name prefix=AfterSaleDialog::Receive.code() kind="number" inputmode="numeric" min="0" max=item.quantity.to_string() value=value/>
        }
    };
    let (good, defective, missing) = (count("完好", "good", item.quantity), count("瑕疵", "defective", 0), count("缺件", "missing", 0));
    view! {
        <fieldset class="parcel">
            <legend>{format!("{} ×{}", item.title, item.quantity)}</legend>
            <div class="inspection">{good}{defective}{missing}</div>
        </fieldset>
    }
}
