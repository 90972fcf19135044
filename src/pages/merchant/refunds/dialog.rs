//! 「线下退款」: finance has paid outside, and says how.

use super::asked::Asked;
use crate::domain::address::{mask_name, mask_phone};
use crate::domain::{Money, Permission};
use crate::islands::{Dialog, SubmitOnce};
use crate::pages::problem::Problem;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::form::Form;
use crate::server::store::refunds::{ListedRefund, RefundStatus};
use crate::ui::{DialogForm, Field, FormErrors, Hidden};
use leptos::prelude::*;

const ID: &str = "settle";

/// For finance, while the refund waits for it; or to say why it no longer does.
pub(super) fn draw(staff: &Staff, asked: &Asked, refund: &ListedRefund, typed: &Form, problem: Option<&Problem>) -> Option<AnyView> {
    let waits = matches!(RefundStatus::from_code(&refund.status), Some(RefundStatus::Manual | RefundStatus::Failed));
    if !staff.may(Permission::SettleMoney) || !(waits || problem.is_some()) {
        return None;
    }
    let back = asked.href(&[]);
    let summary = problem.map(summary);
    let inside = if waits {
        form(asked, refund, typed, problem, back.clone())
    } else {
        let back = back.clone();
        view! {
            <div class="dialog__body">{summary}</div>
            <div class="dialog__actions"><a class="button" role="button" href=back data-close="">"知道了"</a></div>
        }
        .into_any()
    };
    Some(view! { <Dialog id=ID label="" class="" title="线下退款" href="" back=back open=true>{inside}</Dialog> }.into_any())
}

fn form(asked: &Asked, refund: &ListedRefund, typed: &Form, problem: Option<&Problem>, back: String) -> AnyView {
    let amount = Money(refund.amount_minor).show();
    let lead = format!("{} · {} {} · {amount}", refund.order_number, mask_name(&refund.buyer_name), mask_phone(&refund.buyer_phone));
    let (action, version, note) = (paths::settle_refund(&refund.number), refund.version.to_string(), format!("确认已向买家付出 {amount}"));
    let (errors, error) = (problem.map(summary), Problem::at(problem, "voucher"));
    let voucher = typed.get("voucher").to_owned();
    let before = asked.before.clone();
    let kept = asked.kept(&[]).into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect::<Vec<_>>();
    view! {
        <SubmitOnce>
            <DialogForm action=action back=back submit="确认已退款" lead=lead note=note>
                {errors}
                <Hidden name="version" value=version/>
                {kept}
                <Hidden name="before" value=before/>
                <Field label="退款凭证" name="voucher" prefix=ID maxlength=200 value=voucher error=error hint="转账单号或收据说明，买家可以看到" required=true/>
            </DialogForm>
        </SubmitOnce>
    }
    .into_any()
}

fn summary(problem: &Problem) -> AnyView {
    let Problem { summary, errors, .. } = problem.clone();
    view! { <FormErrors title=summary errors=errors prefix=ID/> }.into_any()
}
