//! One order before one member of staff, and what a form on it brought back.

use super::Task;
use crate::domain::Permission;
use crate::domain::address::{mask_name, mask_phone, mask_place};
use crate::http::form::Form;
use crate::pages::problem::{Failure, Problem};
use crate::server::after_sales::{self, PastCases};
use crate::server::ctx::Staff;
use crate::server::orders::{self, Detail};

pub(super) struct Desk {
    pub(super) staff: Staff,
    pub(super) detail: Detail,
    /// What the shop knows of the buyer.
    pub(super) past: PastCases,
    /// The dialog that was asked for, or whose form was refused.
    pub(super) open: Option<Task>,
    /// What was typed into it.
    pub(super) form: Form,
    pub(super) problem: Option<Problem>,
    /// What has just been done.
    pub(super) done: Option<Task>,
}

impl Desk {
    /// The order of this number; a foreign one is not found.
    pub(super) async fn of(staff: Staff, number: &str) -> Result<Self, Failure> {
        let detail = orders::for_shop(&staff, number).await?;
        let past = after_sales::past_cases(&staff, detail.order.buyer_id).await?;
        Ok(Self { staff, detail, past, open: None, form: Form::default(), problem: None, done: None })
    }

    pub(super) fn offers(&self, task: Task) -> bool {
        task.offered(self.detail.order.status(), &self.staff)
    }

    /// What stands in the dialog of `task`: what was typed, or what it begins with.
    pub(super) fn typed(&self, task: Task, begins_with: &[(&str, &str)]) -> Form {
        let sent = self.open == Some(task) && !self.form.fields().is_empty();
        if sent { self.form.clone() } else { Form::of(begins_with) }
    }

    /// Why the form of `task` was refused, if it was.
    pub(super) fn problem_of(&self, task: Task) -> Option<&Problem> {
        self.problem.as_ref().filter(|_| self.open == Some(task))
    }

    pub(super) fn sees_money(&self) -> bool {
        self.staff.may(Permission::SeeMoney)
    }

    pub(super) fn sees_contact(&self) -> bool {
        self.staff.may(Permission::SeeContact)
    }

    /// A name as this member of staff may read it.
    pub(super) fn name(&self, name: &str) -> String {
        if self.sees_contact() { name.to_owned() } else { mask_name(name) }
    }

    pub(super) fn recipient_phone(&self) -> String {
        let to = &self.detail.order.recipient;
        if self.sees_contact() { to.phone_in_words() } else { mask_phone(&to.phone) }
    }

    pub(super) fn phone(&self, phone: &str) -> String {
        if self.sees_contact() { phone.to_owned() } else { mask_phone(phone) }
    }

    /// Where the order goes to.
    pub(super) fn place(&self) -> String {
        let to = &self.detail.order.recipient;
        if self.sees_contact() { to.place() } else { mask_place(to) }
    }

    /// How many pieces were ordered.
    pub(super) fn units(&self) -> i64 {
        self.detail.order.lines.iter().map(|line| line.quantity).sum()
    }
}
