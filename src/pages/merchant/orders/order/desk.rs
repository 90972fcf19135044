//! One order before one member of staff, and what a form on it brought back.

use super::Task;
use crate::domain::people::authority::{Contact, ShownAddress, shown_name};
use crate::domain::{Granted, SeeContact, SeeMoney};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::failure::Failure;
use crate::server::after_sales::{self, PastCases};
use crate::server::ctx::Staff;
use crate::server::orders::{self, OrderMoney, ShopOrder};

pub(super) struct Desk {
    pub(super) staff: Staff,
    pub(super) order: ShopOrder<'static>,
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
        let order = orders::for_shop(&staff, number).await?;
        let past = after_sales::past_cases(&staff, order.buyer_id()).await?;
        Ok(Self { staff, order, past, open: None, form: Form::default(), problem: None, done: None })
    }

    pub(super) fn offers(&self, task: Task) -> bool {
        task.offered(self.order.status(), &self.staff)
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

    pub(super) fn sees_money(&self) -> Option<Granted<SeeMoney>> {
        self.staff.granted(SeeMoney)
    }

    pub(super) fn sees_contact(&self) -> Option<Granted<SeeContact>> {
        self.staff.granted(SeeContact)
    }

    /// Nothing for those who only ship.
    pub(super) fn money(&self) -> Option<OrderMoney<'_>> {
        self.order.money().open(self.sees_money())
    }

    /// A name as this member of staff may read it.
    pub(super) fn name(&self, name: &str) -> String {
        shown_name(name, self.sees_contact())
    }

    /// The buyer, as this member of staff may know them.
    pub(super) fn buyer(&self) -> Contact {
        self.order.buyer().shown(self.sees_contact())
    }

    /// Where the order goes to.
    pub(super) fn recipient(&self) -> ShownAddress {
        self.order.recipient().shown(self.sees_contact())
    }
}
