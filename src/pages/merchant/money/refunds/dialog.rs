//! The two dialogs about a refund that no channel pays: paid outside, or sent to another account.

use super::elsewhere;
use super::parts::{SETTLE, kept, lead};
use super::query::RefundsQuery;
use crate::domain::{Money, Permission};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::pages::merchant::came_open;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::money::refunds;
use crate::server::store::money::refunds::ListedRefund;
use crate::ui::{Checkbox, DialogForm, Field};
use leptos::prelude::*;

pub(super) const IDS: [&str; 2] = [SETTLE, elsewhere::ID];

/// For finance, while the refund waits for it; or to say why it no longer does.
pub(super) fn draw(staff: &Staff, query: &RefundsQuery, refund: &ListedRefund, typed: &Form, problem: Option<&Problem>) -> Option<AnyView> {
    let is_elsewhere = query.dialog == elsewhere::ID;
    let (id, title) = if is_elsewhere { (elsewhere::ID, elsewhere::TITLE) } else { (SETTLE, "线下退款") };
    let waits = if is_elsewhere { refunds::waits_for_elsewhere(refund.status, &refund.trouble) } else { refund.status.waits_for_person() };
    if !staff.may(Permission::SettleMoney) {
        return None;
    }
    let draw_form = if is_elsewhere { elsewhere::form } else { form };
    let form = waits.then(|| draw_form(query, refund, typed, problem));
    came_open::draw(id, title, query.href(&[]), form, problem)
}

fn form(query: &RefundsQuery, refund: &ListedRefund, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let (action, note) = (paths::settle_refund(&refund.number), format!("确认已向买家付出 {}", Money(refund.amount_minor).show()));
    let (errors, error) = (came_open::summary(SETTLE, problem), Problem::at(problem, "voucher"));
    let voucher = typed.get("voucher").to_owned();
    let (refused, agreed) = (Problem::at(problem, "consent"), typed.has("consent"));
    let has_a_way_back = refund.tender.goes_back_by_itself();
    let consent = has_a_way_back.then(
        || view! { <Checkbox label="已征得买家同意不原路退回" name="consent" prefix=SETTLE checked=agreed error=refused required=true/> },
    );
    let (back, lead, kept) = (query.href(&[]), lead(refund), kept(query, refund));
    view! {
        <SubmitOnce>
            <DialogForm action=action back=back submit="确认已退款" lead=lead note=note>
                {errors}
                {kept}
                <Field label="退款凭证" name="voucher" prefix=SETTLE maxlength=200 value=voucher error=error hint="转账单号或收据说明，买家可以看到" required=true/>
                {consent}
            </DialogForm>
        </SubmitOnce>
    }
    .into_any()
}
