//! How a member of the staff reads of what happened: amounts only for those who see money.

use crate::domain::Permission;
use crate::server::ctx::Staff;
use crate::text::{Amounts, Viewer};

/// As this role may be told.
pub fn of(staff: &Staff) -> Viewer {
    Viewer::Staff(Amounts::of(staff.may(Permission::SeeMoney)))
}
