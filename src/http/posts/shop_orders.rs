//! The shop's forms on an order.

use super::{PostOutcome, Posted};
use crate::domain::order::Task;
use crate::http::form::Form;
use crate::http::forms;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result};
use crate::server::orders::{self, Precondition};

/// The form of `task`.
pub async fn act(task: Task, staff: &Staff, number: &str, form: &Form) -> PostOutcome {
    staff.require(task.permission())?;
    if let Err(error) = change(task, staff, number, form).await {
        // Of what is not theirs nobody is told what is wrong with the form.
        orders::for_shop(staff, number).await?;
        return Err(error);
    }
    Ok(Posted { to: format!("{}?done={}", paths::order(number), task.code()), words: task.done(), warned: false })
}

async fn change(task: Task, staff: &Staff, number: &str, form: &Form) -> Result<()> {
    let expected = Precondition::of(form);
    match task {
        Task::ConfirmPayment => orders::confirm_offline(staff, number, &forms::order::payment_note(form)?, &expected).await,
        Task::Price => orders::adjust_price(staff, number, forms::order::price(form)?, &expected).await.map_err(Error::beside_field),
        Task::Ship => {
            let parcels = forms::shipping::confirmed(form)?;
            orders::ship(staff, number, &parcels, &expected).await.map_err(Error::beside_field)
        }
        Task::Receive => orders::receive_for_shop(staff, number, &expected).await,
        Task::Address => orders::edit_address(staff, number, forms::address::address(form)?, &expected).await,
        Task::Close => orders::close(staff, number, &expected).await,
        Task::Remark => orders::mark(staff, number, &forms::order::note(form)?).await,
    }
}
