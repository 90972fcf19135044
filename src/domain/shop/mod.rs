//! A shop: who it is, and the rules it goes by.

pub mod policy;

use super::id::ShopId;
use super::shop::policy::ShopPolicy;
use chrono_tz::Tz;

/// A shop with its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    pub id: ShopId,
    pub name: String,
    pub phone: String,
    pub zone: Tz,
    pub policy: ShopPolicy,
}
