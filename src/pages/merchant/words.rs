//! Sentences of timelines and notices, as each role may read them (roles.md).

use crate::domain::Permission;
use crate::domain::event::without_amounts;
use crate::server::ctx::Staff;

/// The words whole for those who see money; for those who only ship every amount reads `¥***`, points `*** 积分`.
pub fn for_role(staff: &Staff, words: &str) -> String {
    if staff.may(Permission::SeeMoney) { words.to_owned() } else { without_amounts(words) }
}
