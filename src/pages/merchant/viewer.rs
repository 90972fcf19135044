//! How a member of the staff reads of what happened: amounts only for those who see money.

use crate::domain::SeeMoney;
use crate::server::ctx::Staff;
use crate::text::Viewer;

/// As this role may be told.
pub fn of(staff: &Staff) -> Viewer {
    Viewer::Staff(staff.granted(SeeMoney))
}
