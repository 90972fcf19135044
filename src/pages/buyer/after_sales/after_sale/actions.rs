//! What the buyer can do with a case now.

use crate::domain::after_sale::{AfterSale, AfterSaleAction as Action, AfterSaleKind};
use crate::domain::{FieldErrors, Money};
use crate::islands::Dialog;
use crate::islands::asking::InPlace;
use crate::routes;
use crate::ui::{ButtonKind, DialogForm, FormErrors, Hidden, LinkButton, PostButton};
use leptos::prelude::*;

/// The buttons at the foot of the page; nothing if there is nothing to do.
pub fn bar(case: &AfterSale, allowed: &[Action], open: Option<Action>, key: &str, errors: &FieldErrors) -> Option<AnyView> {
    let button = |action: &Action| match action {
        Action::Revise => link(routes::buyer::revise(&case.number), "修改申请"),
        Action::ShipReturn => link(routes::buyer::ship_return(&case.number), "填写退货信息"),
        Action::Withdraw => withdraw(case, open == Some(Action::Withdraw), key, errors),
        Action::ConvertToRefund => convert(case, open == Some(Action::ConvertToRefund), key, errors),
        Action::ConfirmReplacement => confirm(case, key),
        Action::Reject
        | Action::ApproveReturn
        | Action::AgreeRefund
        | Action::RefundManually
        | Action::Receive
        | Action::RejectReturn
        | Action::ShipReplacement
        | Action::RetryRefund => ().into_any(),
    };
    // The way out stands left, the way on at the right.
    let (out, on): (Vec<&Action>, Vec<&Action>) = allowed.iter().partition(|action| **action == Action::Withdraw);
    let buttons: Vec<AnyView> = out.into_iter().chain(on).map(button).collect();
    (!buttons.is_empty()).then(|| buttons.into_any())
}

fn link(href: String, label: &'static str) -> AnyView {
    view! { <LinkButton kind=ButtonKind::Primary href=href>{label}</LinkButton> }.into_any()
}

fn withdraw(case: &AfterSale, open: bool, key: &str, errors: &FieldErrors) -> AnyView {
    let consequence = "撤销后这笔售后立即关闭。仍在售后期限内的商品可以重新申请，但会占用一次申请次数。";
    asking(case, ConfirmQuestion { what: "withdraw", label: "撤销申请", submit: "确认撤销", consequence, open }, key, errors)
}

fn convert(case: &AfterSale, open: bool, key: &str, errors: &FieldErrors) -> AnyView {
    let consequence = "改为退款后商家不再发出换货，款项按付款方式退回，不能再改回换货。";
    asking(case, ConfirmQuestion { what: "convert", label: "改为退款", submit: "确认改为退款", consequence, open }, key, errors)
}

/// Another way than the one it was paid by: only the buyer can agree to that (S73).
pub fn to_balance(case: &AfterSale, could: Money, open: bool, key: &str, errors: &FieldErrors) -> AnyView {
    let consequence = format!("同意后，{} 退到本店余额，可以用于以后在本店的订单，不再退回原来的付款方式。确认后不能更改。", could.show());
    asking(
        case,
        ConfirmQuestion { what: "to-balance", label: "退到余额", submit: "同意退到余额", consequence: &consequence, open },
        key,
        errors,
    )
}

/// The new goods are here: the exchange is done.
fn confirm(case: &AfterSale, key: &str) -> AnyView {
    let action = routes::buyer::after_sale_action(&case.number, "confirm");
    let fields = vec![("request_key", key.to_owned()), ("version", case.version.to_string())];
    view! { <InPlace><PostButton kind=ButtonKind::Primary action=action fields=fields>"确认收货"</PostButton></InPlace> }.into_any()
}

/// A question before something that cannot be taken back.
#[derive(Clone, Copy)]
struct ConfirmQuestion<'a> {
    what: &'static str,
    label: &'static str,
    submit: &'static str,
    consequence: &'a str,
    open: bool,
}

fn asking(case: &AfterSale, asking: ConfirmQuestion<'_>, key: &str, errors: &FieldErrors) -> AnyView {
    let ConfirmQuestion { what, label, submit, consequence, open } = asking;
    let back = routes::buyer::after_sale(&case.number);
    let (href, action) = (format!("{back}?dialog={what}"), routes::buyer::after_sale_action(&case.number, what));
    let money = if case.kind == AfterSaleKind::Exchange && what == "withdraw" {
        "换货".to_owned()
    } else {
        format!("退款 {}", case.amount().show())
    };
    let lead = format!("售后 {} · {money}", case.number);
    let (errors, key, version) = (errors.clone(), key.to_owned(), case.version.to_string());
    let consequence = consequence.to_owned();
    let class = if what == "convert" { "button button--primary" } else { "button" };
    let cancel = back.clone();
    view! {
        <Dialog id=what label=label class=class title=format!("{label}？") href=href back=back open=open>
            <InPlace>
                <DialogForm action=action back=cancel submit=submit lead=lead>
                    <FormErrors prefix=what errors=errors/>
                    <p>{consequence}</p>
                    <Hidden name="request_key" value=key/>
                    <Hidden name="version" value=version/>
                </DialogForm>
            </InPlace>
        </Dialog>
    }
    .into_any()
}
