//! The dialogs of an order: each shows what it is about, asks for what it needs, and posts a plain form.

pub(super) mod address;
pub(super) mod close;
pub(super) mod confirm_payment;
pub(super) mod price;
pub(super) mod receive;
pub(super) mod remark;
pub(super) mod ship;

use super::{Desk, Task};
use crate::islands::Dialog;
use crate::islands::asking::InPlace;
use crate::routes::merchant as paths;
use crate::server::clock::request_key;
use crate::ui::{ButtonKind, DialogForm, FormErrors, Hidden};
use leptos::prelude::*;

/// The buttons on top of the order, in reach wherever one reads. The shop's own next step leads; what is the buyer's to say never does.
pub(super) fn buttons(desk: &Desk) -> AnyView {
    let on_top = Task::ALL.into_iter().filter(|task| *task != Task::Address && desk.offers(*task));
    let buttons = on_top.enumerate().map(|(index, task)| {
        let leads = index == 0 && matches!(task, Task::ConfirmPayment | Task::Ship);
        let class = if leads { "button button--primary" } else { "button" };
        match task {
            Task::ConfirmPayment => confirm_payment::draw(desk, class),
            Task::Price => price::draw(desk, class),
            Task::Ship => ship::draw(desk, class),
            Task::Receive => receive::draw(desk, class),
            Task::Close => close::draw(desk, class),
            Task::Address | Task::Remark => remark::draw(desk, class),
        }
    });
    view! { <div class="order-actions">{buttons.collect::<Vec<_>>()}</div> }.into_any()
}

/// What is the dialog's own: the look of its trigger, and the words around the fields.
struct OrderDialogWords {
    task: Task,
    class: &'static str,
    kind: ButtonKind,
    submit: &'static str,
    lead: String,
    note: &'static str,
}

impl OrderDialogWords {
    fn of(task: Task, class: &'static str) -> Self {
        Self { task, class, kind: ButtonKind::Primary, submit: task.name(), lead: String::new(), note: "" }
    }
}

/// One dialog around its fields: trigger, what was wrong, the version it was drawn from, and the way out.
fn dialog(desk: &Desk, words: OrderDialogWords, fields: impl IntoView) -> AnyView {
    let OrderDialogWords { task, class, kind, submit, lead, note } = words;
    let order = &desk.order;
    let (href, action, back) = (task.href(order.number()), paths::order_action(order.number(), task.code()), paths::order(order.number()));
    let (summary, errors) = desk.problem_of(task).map(|problem| (problem.summary.clone(), problem.errors.clone())).unwrap_or_default();
    let version = order.version().to_string();
    let open = desk.open == Some(task);
    let fields = fields.into_any();
    view! {
        <Dialog id=task.code() label=task.name() class=class title=task.name() href=href back=back.clone() open=open>
            <InPlace>
                <DialogForm action=action back=back submit=submit kind=kind lead=lead note=note redrawn=true>
                    <FormErrors title=summary prefix=task.code() errors=errors/>
                    <Hidden name="version" value=version/>
                    <Hidden name="request_key" value=request_key()/>
                    {fields}
                </DialogForm>
            </InPlace>
        </Dialog>
    }
    .into_any()
}
