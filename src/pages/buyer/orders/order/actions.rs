//! What the buyer can do with the order now, and the two dialogs that ask once more.

use crate::domain::after_sale;
use crate::domain::order::{OrderAction, OrderState, OrderStatus};
use crate::domain::{Actor, FieldErrors, OrderLineId, PaymentStatus, Timestamp, review};
use crate::islands::Dialog;
use crate::islands::asking::InPlace;
use crate::routes;
use crate::server::orders::OrderDetail;
use crate::ui::{ButtonKind, DialogForm, FormErrors, LinkButton, PostButton};
use leptos::prelude::*;

/// The buttons of the page.
pub struct Actions {
    allowed: Vec<OrderAction>,
    /// Lines that may still be applied for.
    pub claimable: Vec<OrderLineId>,
    parcels: bool,
    review: bool,
    again: bool,
}

impl Actions {
    pub fn of(detail: &OrderDetail, actor: &Actor, now: Timestamp) -> Self {
        let (order, shop) = (&detail.order, &detail.shop);
        let allowed = order.allowed_actions(actor);
        let may_claim = |id| after_sale::offer(order, &[(id, Some(1))], None, &shop.policy, shop.zone, now).is_ok();
        let claimable = order.lines.iter().map(|line| line.id).filter(|id| may_claim(*id));
        let status = order.status();
        Self {
            claimable: if allowed.contains(&OrderAction::ApplyAfterSale) { claimable.collect() } else { Vec::new() },
            parcels: matches!(status, OrderStatus::PartiallyShipped | OrderStatus::AwaitingReceipt),
            review: allowed.contains(&OrderAction::Review) && order.lines.iter().any(|line| review::may_review(status, line).is_ok()),
            again: matches!(status, OrderStatus::Completed | OrderStatus::Closed),
            allowed,
        }
    }

    fn has(&self, action: OrderAction) -> bool {
        self.allowed.contains(&action)
    }

    /// Is there such a dialog on the page now?
    pub fn has_dialog(&self, name: &str) -> bool {
        name == "cancel" && self.has(OrderAction::Cancel) || name == "receive" && self.has(OrderAction::ConfirmReceipt)
    }

    /// Is there anything to draw a bar for?
    pub fn any(&self) -> bool {
        let next_steps = [OrderAction::Cancel, OrderAction::Pay, OrderAction::ConfirmReceipt];
        self.parcels || self.review || self.again || !self.claimable.is_empty() || next_steps.into_iter().any(|step| self.has(step))
    }
}

/// 「申请退款」 until the goods are there, 「申请售后」 afterwards.
pub fn claim_label(status: OrderStatus) -> &'static str {
    if status == OrderStatus::Completed { "申请售后" } else { "申请退款" }
}

/// The bar at the foot of the page, the next step last.
pub fn bar(detail: &OrderDetail, actions: &Actions, open: &str, errors: &FieldErrors) -> AnyView {
    let (number, status) = (detail.order.number.as_str(), detail.order.status());
    let claim =
        (!actions.claimable.is_empty()).then(|| view! { <LinkButton href=routes::buyer::apply(number)>{claim_label(status)}</LinkButton> });
    let parcels = actions.parcels.then(|| view! { <LinkButton href=routes::buyer::parcels(number)>"查看物流"</LinkButton> });
    let again = actions.again.then(|| view! { <PostButton action=routes::buyer::buy_again(number)>"再次购买"</PostButton> });
    let review =
        actions.review.then(|| view! { <LinkButton kind=ButtonKind::Primary href=routes::buyer::review(number)>"评价"</LinkButton> });
    let pay = actions
        .has(OrderAction::Pay)
        .then(|| view! { <LinkButton kind=ButtonKind::Primary href=routes::buyer::pay(number)>"去付款"</LinkButton> });
    let cancel = actions.has(OrderAction::Cancel).then(|| cancel(detail, open == "cancel", errors.clone()));
    let receive = actions.has(OrderAction::ConfirmReceipt).then(|| receive(detail, open == "receive", errors.clone()));
    view! { {cancel} {parcels} {claim} {again} {pay} {receive} {review} }.into_any()
}

fn cancel(detail: &OrderDetail, open: bool, errors: FieldErrors) -> impl IntoView + use<> {
    let number = &detail.order.number;
    let page = routes::buyer::order(number);
    let held: Vec<String> = detail
        .payments
        .iter()
        .filter(|payment| payment.status() == PaymentStatus::Held)
        .map(|payment| payment.tender.show(payment.amount))
        .collect();
    let back = if held.is_empty() { String::new() } else { format!("已抵扣的 {} 立即退回钱包。", held.join("、")) };
    let (href, action) = (format!("{page}?dialog=cancel"), routes::buyer::cancel(number));
    let words = format!("订单 {number}，应付 {}。取消后不能恢复，如仍需要请重新下单。{back}", detail.order.due().show());
    view! {
        <Dialog id="cancel" label="取消订单" class="button" title="取消订单" href=href back=page.clone() open=open>
            <InPlace>
                <DialogForm action=action back=page submit="确认取消订单" out="再想想" kind=ButtonKind::Danger>
                    <FormErrors errors=errors prefix="cancel"/>
                    <p>{words}</p>
                </DialogForm>
            </InPlace>
        </Dialog>
    }
}

fn receive(detail: &OrderDetail, open: bool, errors: FieldErrors) -> impl IntoView + use<> {
    let order = &detail.order;
    let page = routes::buyer::order(&order.number);
    let (href, action) = (format!("{page}?dialog=receive"), routes::buyer::receive(&order.number));
    let goods = order.lines.iter().filter(|line| line.shipped_quantity > 0);
    let goods = goods.map(|line| view! { <li>{format!("{} {} ×{}", line.title, line.spec, line.shipped_quantity)}</li> }).collect_view();
    let days = detail.shop.policy.after_sale_days;
    let cash = detail.awaits_cash();
    let paid = if cash { format!("货款 {} 已付给快递员", order.paid.show()) } else { format!("实付 {}", order.paid.show()) };
    let words = format!("订单 {}，{paid}。请确认下列商品都已收到；确认后订单完成，{days} 天内仍可申请售后。", order.number);
    let paused = matches!(order.state, OrderState::AwaitingReceipt { .. }) && order.open_cases > 0;
    let paused = paused.then(|| view! { <p class="warn">"还有售后正在处理，确认收货不影响它继续进行。"</p> });
    view! {
        <Dialog id="receive" label="确认收货" class="button button--primary" title="确认收货" href=href back=page.clone() open=open>
            <InPlace>
                <DialogForm action=action back=page submit="确认收货">
                    <FormErrors errors=errors prefix="receive"/>
                    <p>{words}</p>
                    <ul>{goods}</ul>
                    {paused}
                </DialogForm>
            </InPlace>
        </Dialog>
    }
}
