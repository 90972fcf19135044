//! How the last weeks went, day by day.

use crate::domain::time::{DAY, HOUR};
use crate::domain::{Guarded, Money, Permission, SeeMoney, Timestamp};
use crate::server::ctx::Staff;
use crate::server::error::Result;
use crate::server::store::orders as rows;

/// One day of the shop: `11-22`, and what was ordered on it.
#[derive(Clone, Debug)]
pub struct TrendDay {
    pub date: String,
    pub orders: i64,
    pub paid: Guarded<Money, SeeMoney>,
}

/// The last `days` days of the shop's own zone, oldest first, today included.
pub async fn trend(staff: &Staff, days: i64) -> Result<Vec<TrendDay>> {
    staff.require(Permission::SeeOrders)?;
    let zone = staff.shop.zone;
    let date = |at: Timestamp| at.show(zone).get(..10).unwrap_or_default().to_owned();
    let midnight = |at: Timestamp| Timestamp::start_of_date(&date(at), zone).unwrap_or(at);
    // From noon to noon a day more or less is a date more or less, whatever the clocks do at night.
    let noon = midnight(staff.now).plus(12 * HOUR);
    let from = midnight(noon.plus(-(days - 1) * DAY));
    let mut conn = staff.app.db.reader().await?;
    let counted = rows::by_day(&mut conn, staff.shop.id, from).await?;
    let day = |index: i64| {
        let (orders, paid) = counted.iter().find(|(day, ..)| *day == index).map_or((0, 0), |(_, orders, paid)| (*orders, *paid));
        let date = date(noon.plus((index - days + 1) * DAY)).get(5..).unwrap_or_default().to_owned();
        TrendDay { date, orders, paid: Guarded::of(staff.shop.id, Money(paid)) }
    };
    Ok((0..days).map(day).collect())
}
