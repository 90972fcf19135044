//! 「换货发出」: the replacement leaves (T14).

use super::window::{self, AfterSaleDialog, DialogWords};
use super::{AfterSalePage, decision};
use crate::domain::after_sale::AfterSaleAction as Action;
use crate::domain::carrier::CARRIERS;
use crate::domain::people::authority::ShownAddress;
use crate::domain::{Parcel, SeeContact};
use crate::http::problem::Problem;
use crate::ui::{AddressBlock, ButtonKind, Choice, Field, Hidden, Select};
use leptos::prelude::*;

/// For the warehouse, while a replacement is owed.
pub(super) fn dialog(page: &AfterSalePage) -> Option<AnyView> {
    let fields = page.allows(Action::ShipReplacement).then(|| waybill(page));
    let words = DialogWords {
        label: "换货发出",
        title: "换货发出",
        lead: decision::lead(page),
        submit: "换货发出",
        note: "买家会收到快递单号",
        class: ButtonKind::Primary.class(false, false),
    };
    (fields.is_some() || page.problem_in(AfterSaleDialog::Reship).is_some())
        .then(|| window::draw(page, AfterSaleDialog::Reship, words, fields))
}

fn waybill(page: &AfterSalePage) -> AnyView {
    let (id, problem) = (AfterSaleDialog::Reship.code(), page.problem_in(AfterSaleDialog::Reship));
    let carriers = CARRIERS.iter().map(|carrier| Choice::new(carrier.code, carrier.name)).collect::<Vec<_>>();
    // Drawn with the question, so that a number changed once more is asked about once more.
    let asked = problem
        .and_then(|_| Parcel::parse(page.typed.get("carrier"), page.typed.get("tracking")).ok())
        .filter(|parcel| parcel.doubt().is_some());
    let confirmed = asked.map(|parcel| view! { <Hidden name="confirmed" value=parcel.show()/> });
    let (carrier, tracking) = (page.typed.get("carrier").to_owned(), page.typed.get("tracking").to_owned());
    let (wrong_carrier, wrong_tracking) = (Problem::at(problem, "carrier"), Problem::at(problem, "tracking"));
    view! {
        {recipient(page)}
        <Select label="快递公司" name="carrier" prefix=id choices=carriers selected=carrier error=wrong_carrier required=true/>
        <Field label="快递单号" name="tracking" prefix=id maxlength=60 autocomplete="off" value=tracking error=wrong_tracking required=true/>
        {confirmed}
    }
    .into_any()
}

fn recipient(page: &AfterSalePage) -> impl IntoView + use<> {
    let ShownAddress { name, phone, place } = page.case.order().recipient().shown(page.staff.granted(SeeContact));
    view! { <AddressBlock name=name phone=phone address=place/> }
}
