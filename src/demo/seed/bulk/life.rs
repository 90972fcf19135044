//! How an order's life went: the newest are under way, the older ones are over; a shop that grows has most of its year in the last weeks.

use super::dice::{Dice, letters};
use super::store::Draft;
use super::{Plan, too_many, trouble};
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::domain::{Money, OrderId, Timestamp};
use crate::server::error::Result;
use chrono_tz::Asia::Shanghai;

/// Where an order stands, by how many in ten thousand are younger.
const UNPAID: usize = 40;
const UNSHIPPED: usize = 350;
const UNRECEIVED: usize = 1_600;

const REGIONS: [&str; 6] = [
    "浙江省 杭州市 西湖区",
    "江苏省 苏州市 姑苏区",
    "上海市 上海市 徐汇区",
    "广东省 深圳市 南山区",
    "四川省 成都市 武侯区",
    "北京市 北京市 朝阳区",
];
const STREETS: [&str; 5] = ["文三路", "平江路", "衡山路", "科苑路", "人民南路"];
const REVIEWS: [&str; 4] =
    ["茶香很足，三泡之后还有回甘。", "包装稳妥，发货也快，会再来。", "和描述一致，家里人都喜欢。", "中规中矩，价格合适。"];

impl Plan<'_> {
    /// The `nth` order, the oldest first.
    pub fn draft(&self, nth: usize) -> Result<Draft> {
        let mut dice = Dice::new(self.size.seed, nth);
        let younger = (self.size.orders - 1 - nth) * 10_000 / self.size.orders;
        let placed_at = self.placed(nth)?;
        let low = i64::try_from(nth % 65_536).map_err(|_| too_many("orders"))? * 16;
        let stall = &self.stalls[dice.place(self.stalls.len())];
        let shopper = &self.shoppers[dice.place(self.shoppers.len())];
        let lines = basket(&mut dice, stall.prices.len());
        let goods = lines.iter().map(|(good, units)| stall.prices[good - 1].0 * units).sum();
        let mut draft = Draft {
            id: OrderId((placed_at.0 << 20) + low),
            number: format!("G{}-{}", placed_at.year_month(Shanghai), letters(nth, self.size.seed, 8)),
            shop: stall.shop,
            buyer: shopper.id,
            name: shopper.name.clone(),
            phone: shopper.phone.clone(),
            region: dice.one_of(&REGIONS),
            detail: format!("{} {} 号", dice.one_of(&STREETS), dice.between(1, 400)),
            status: "pending_payment",
            close_reason: None,
            tender: None,
            placed_at,
            paid_at: None,
            shipped_at: None,
            received_at: None,
            closed_at: None,
            pay_by: None,
            receive_by: None,
            receive_left: None,
            after_sale_until: None,
            goods,
            freight: crate::domain::ShopPolicy::default().freight_for(Money(goods)).0,
            lines,
            left: 0,
            stars: 0,
            review: "",
            case: None,
        };
        self.live(&mut draft, younger, &mut dice);
        draft.case = trouble::of(self, stall, &mut draft, nth, younger, &mut dice)?;
        Ok(draft)
    }

    fn live(&self, draft: &mut Draft, younger: usize, dice: &mut Dice) {
        if younger < UNPAID {
            draft.pay_by = Some(Timestamp(self.until.0 + DAY + dice.between(HOUR, 24 * HOUR)));
            return;
        }
        if dice.in_ten_thousand(600) {
            let (why, span) =
                if dice.below(3) == 0 { ("buyer_cancel", dice.between(MINUTE, 20 * MINUTE)) } else { ("timeout", 30 * MINUTE) };
            (draft.status, draft.close_reason, draft.closed_at) = ("closed", Some(why), Some(self.past(draft.placed_at, span)));
            return;
        }
        draft.tender = Some(if dice.below(3) == 0 { "alipay" } else { "wechat" });
        let paid = self.past(draft.placed_at, dice.between(MINUTE, 25 * MINUTE));
        draft.paid_at = Some(paid);
        let lines = i64::try_from(draft.lines.len()).unwrap_or(0);
        if younger < UNSHIPPED {
            let partly = lines > 1 && dice.below(5) == 0;
            draft.status = if partly { "partially_shipped" } else { "awaiting_shipment" };
            draft.left = i64::from(partly);
            draft.shipped_at = partly.then(|| self.past(paid, 2 * HOUR));
            return;
        }
        let shipped = self.past(paid, dice.between(2 * HOUR, 30 * HOUR));
        (draft.shipped_at, draft.left) = (Some(shipped), lines);
        if younger < UNRECEIVED {
            draft.status = "awaiting_receipt";
            draft.receive_by = Some(Timestamp(self.until.0 + dice.between(2 * DAY, 14 * DAY)));
            return;
        }
        let received = self.past(shipped, dice.between(DAY, 6 * DAY));
        (draft.status, draft.received_at) = ("completed", Some(received));
        draft.after_sale_until = Some(Timestamp(received.0 + 15 * DAY));
        if dice.below(10) < 4 && received.0 + DAY < self.until.0 {
            draft.stars = dice.one_of(&[5, 5, 5, 5, 4, 4, 3, 1]);
            draft.review = dice.one_of(&REVIEWS);
        }
    }

    /// A tenth of the orders fell evenly over the year, the others ever more densely; no two in the same millisecond.
    fn placed(&self, nth: usize) -> Result<Timestamp> {
        let whole = |number: usize| i128::try_from(number).map_err(|_| too_many("orders"));
        let (younger, all, year) = (whole(self.size.orders - nth)?, whole(self.size.orders)?, i128::from(365 * DAY));
        let ago = year * younger / (10 * all) + 9 * year * younger * younger / (10 * all * all);
        Ok(Timestamp(self.until.0 - i64::try_from(ago).map_err(|_| too_many("orders"))?))
    }

    /// So long after, and before the day that has begun.
    pub fn past(&self, from: Timestamp, span: i64) -> Timestamp {
        before(self.until, from, span)
    }
}

/// What would lie behind the end is pressed in before it, each at a moment of its own: of a hundred thousand in the same millisecond two would
/// have the same id.
fn before(until: Timestamp, from: Timestamp, span: i64) -> Timestamp {
    let room = (until.0 - from.0).max(0);
    Timestamp(from.0 + if span <= room { span } else { room * span / (room + span) })
}

/// One to three different goods, by their place in the shop counted from one, of one or two units.
fn basket(dice: &mut Dice, goods: usize) -> Vec<(usize, i64)> {
    let first = dice.below(goods as u64);
    (0..=dice.below(3)).map(|nth| (usize::try_from((first + nth * 41) % goods as u64).unwrap_or(0) + 1, dice.between(1, 2))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_lie_behind_the_end_is_pressed_in_before_it_each_at_its_own_moment() {
        let until = Timestamp(400 * DAY);
        assert_eq!(before(until, Timestamp(0), DAY), Timestamp(DAY));
        let moments: Vec<i64> = (0..1_000).map(|nth| before(until, Timestamp(until.0 - DAY + nth * MINUTE), 2 * DAY).0).collect();
        assert!(moments.is_sorted_by(|earlier, later| earlier < later) && moments.iter().all(|at| *at < until.0));
        assert_eq!(before(until, until, DAY), until);
    }
}
