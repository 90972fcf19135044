//! 「确认发货」: one or several parcels, by line and quantity (S5, S13). 「添加包裹」 draws one more, with or without scripts.

use super::{OrderDialogWords, dialog};
use crate::domain::carrier::CARRIERS;
use crate::domain::people::authority::ShownAddress;
use crate::http::assets;
use crate::http::form::Form;
use crate::http::forms::shipping;
use crate::http::problem::Problem;
use crate::islands::Parcels;
use crate::pages::merchant::orders::order::{Desk, Task};
use crate::server::orders::ShopLine;
use crate::ui::{AddressBlock, Choice, Field, GoodsCell, Hidden, Notice, Quantity, Select, Tone};
use leptos::prelude::*;

pub fn draw(desk: &Desk, class: &'static str) -> AnyView {
    let order = &desk.order;
    let ShownAddress { name, phone, place } = desk.recipient();
    let typed = desk.typed(Task::Ship, &[]);
    let indexes = shipping::indexes(&typed);
    let fresh = typed.fields().is_empty();
    let several = indexes.len() > 1;
    let parcel = |(position, index): (usize, &u32)| {
        let quantity = |line: ShopLine<'_>| {
            if fresh { line.units_to_ship.to_string() } else { typed.get(&shipping::quantity(index, line)).to_owned() }
        };
        fieldset(desk, &index.to_string(), &(position + 1).to_string(), several, &typed, &quantity)
    };
    let parcels = indexes.iter().enumerate().map(parcel).collect::<Vec<_>>();
    let template = fieldset(desk, "__N__", "__NO__", true, &Form::default(), &|_| "0".to_owned());
    let next = indexes.last().map_or(1, |last| last + 1);
    let held = order.lines().filter(|line| line.held && line.units_to_ship > 0);
    let held = held
        .map(|line| view! { <Notice tone=Tone::Warn>{format!("「{} {}」有正在处理的退款，暂时不能发货", line.title, line.spec)}</Notice> });
    let held = held.collect::<Vec<_>>();
    let fields = view! {
        // What Enter in a field presses without scripts: the dialog as it stands, and nothing shipped.
        <button type="submit" name="stay" value="1" formnovalidate="" hidden=true></button>
        <AddressBlock name=name phone=phone address=place/>
        {held}
        <Parcels count=next max=shipping::MOST>
            {parcels}
            <template data-parcel-template="">{template}</template>
            <button type="submit" class="button add-parcel" name="add_parcel" value="1" formnovalidate="" data-add-parcel="">"添加包裹"</button>
        </Parcels>
    };
    let lead = format!("订单 {}，待发 {} 件", order.number(), order.units_to_ship());
    dialog(desk, OrderDialogWords { lead, note: "买家会收到通知", ..OrderDialogWords::of(Task::Ship, class) }, fields)
}

/// One parcel: courier, number, and how much of each line lies in it.
fn fieldset(desk: &Desk, index: &str, number: &str, removable: bool, typed: &Form, quantity: &dyn Fn(ShopLine<'_>) -> String) -> AnyView {
    let problem = desk.problem_of(Task::Ship);
    let name = |field: &str| format!("{field}_{index}");
    let (carrier, tracking) = (name("carrier"), name("tracking"));
    let couriers = CARRIERS.iter().map(|carrier| Choice::new(carrier.code, carrier.name)).collect();
    let waiting = || desk.order.lines().filter(|line| line.units_to_ship > 0);
    // Where nothing else waits, a line with an open refund is offered all the same: whoever tries is told why not.
    let all_held = waiting().all(|line| line.held);
    let lines = waiting().filter(|line| all_held || !line.held).map(|line| {
        let field = shipping::quantity(index, line);
        let error = Problem::at(problem, &field);
        let left = format!("{} · 待发 {} 件", line.spec, line.units_to_ship);
        let label = format!("{} {} 数量", line.title, line.spec);
        view! {
            <div class="parcel__line">
                <GoodsCell src=assets::url(line.picture) title=line.title.to_owned() detail=left/>
                <Quantity name=field value=quantity(line).trim().parse().unwrap_or(0) min=0 max=line.units_to_ship label=label error=error prefix="ship"/>
            </div>
        }
    });
    let lines = lines.collect::<Vec<_>>();
    // Drawn with the question, and kept while parcels are added and removed.
    let asked = shipping::in_doubt(typed, index)
        .filter(|parcel| Problem::at(problem, &tracking).is_some() || typed.get(&name("confirmed")) == parcel);
    let confirmed = asked.map(|parcel| view! { <Hidden name=name("confirmed") value=parcel/> });
    let remove = removable.then(|| {
        view! {
            <button
                type="submit" class="button button--quiet button--small parcel__remove" name="remove_parcel" value=index.to_owned() formnovalidate="" data-remove-parcel=""
            >"删除包裹"</button>
        }
    });
    view! {
        <fieldset class="parcel" data-parcel="">
            <legend>{format!("包裹 {number}")}</legend>
            <div class="form__row">
                <Select
                    label="快递公司" name=carrier.clone() prefix="ship" choices=couriers selected=typed.get(&carrier) error=Problem::at(problem, &carrier) required=true
                />
                <Field
                    label="快递单号" name=tracking.clone() prefix="ship" autocomplete="off" maxlength=60 value=typed.get(&tracking)
                    error=Problem::at(problem, &tracking) required=true
                />
            </div>
            {confirmed}
            {lines}
            {remove}
        </fieldset>
    }
    .into_any()
}
