//! What the shop's staff can do to an order, as the pages offer it.

use crate::domain::order::{OrderStatus, Task};
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;

impl Task {
    /// The order with this dialog open.
    pub fn href(self, number: &str) -> String {
        format!("{}?dialog={}", paths::order(number), self.code())
    }

    /// Does an order that stands there offer it to this member of staff?
    pub fn offered(self, status: OrderStatus, staff: &Staff) -> bool {
        staff.may(self.permission()) && self.fits(status)
    }
}
