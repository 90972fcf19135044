//! A shop in memory: one order, its cases and its tenders, with the effects carried out as the server carries them out in rows.

mod effects;

use super::people::{BUYER, SHOP, Who};
use chrono_tz::Tz;
use guitu::domain::after_sale::{AfterSale, AfterSaleRequest, Opening, StateKind};
use guitu::domain::money::payment::lay_on_lines;
use guitu::domain::order::{GoodsLine, Order, OrderState, price};
use guitu::domain::{
    Address, AfterSaleId, CouponTerms, Effect, Happening, Money, OrderId, OrderLineId, Parcel, ProductId, Refusal, ShopPolicy, SkuId,
    Timestamp,
};

pub const ZONE: Tz = chrono_tz::Asia::Shanghai;
/// 2026-11-01 10:00 in the shop's zone.
pub const MORNING: Timestamp = Timestamp(1_793_498_400_000);

pub type Step<T> = Result<(T, Vec<Effect>), Refusal>;

/// Where the units of one line are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Reserved in the house.
    pub waiting: i64,
    /// Sent out, replacements included.
    pub out: i64,
    /// On the shelf again without having left.
    pub freed: i64,
    /// Come back and counted.
    pub back: i64,
    /// The part of `back` that cannot be sold again.
    pub spoiled: i64,
}

impl Whereabouts {
    fn free(&mut self, units: i64) {
        self.waiting -= units;
        self.freed += units;
    }

    fn send(&mut self, units: i64) {
        self.waiting -= units;
        self.out += units;
    }
}

#[derive(Clone)]
pub struct Shop {
    pub policy: ShopPolicy,
    pub now: Timestamp,
    pub order: Order,
    pub cases: Vec<AfterSale>,
    /// What each tender brought, and what went back to it.
    pub captured: Vec<Money>,
    /// Which of the tenders are points; where nothing is said, none.
    pub in_points: Vec<bool>,
    pub returned: Vec<Money>,
    /// What is left of each tender on each line.
    pub left: Vec<Vec<Money>>,
    /// What is under way to each tender, case by case.
    pub under_way: Vec<Option<Vec<Money>>>,
    pub units: Vec<Whereabouts>,
    /// How often the order's coupon was given back.
    pub coupon_returns: i64,
    /// The running clocks: the order's, then the cases'.
    pub order_clock: Option<Timestamp>,
    pub clocks: Vec<Option<Timestamp>>,
}

pub fn goods(id: i64, fen: i64, quantity: i64) -> GoodsLine {
    GoodsLine {
        id: OrderLineId(id),
        product_id: ProductId(id),
        sku_id: SkuId(id),
        title: format!("商品 {id}"),
        spec: "标准".to_owned(),
        picture: String::new(),
        unit_price: Money(fen),
        quantity,
    }
}

pub fn address() -> Address {
    Address {
        recipient: "张仓管".to_owned(),
        phone: "0571-88886666".to_owned(),
        extension: String::new(),
        region: "浙江 杭州".to_owned(),
        detail: "归途路 1 号".to_owned(),
    }
}

pub fn parcel(tracking: &str) -> Parcel {
    Parcel { carrier: "yto".to_owned(), tracking: tracking.to_owned() }
}

impl Shop {
    /// An order has been placed; `held` is what points and balance already cover.
    pub fn with_order(chosen: Vec<GoodsLine>, held: Money, policy: ShopPolicy) -> Self {
        Self::with_order_at(MORNING, chosen, held, policy)
    }

    /// The same at another time of day.
    pub fn with_order_at(now: Timestamp, chosen: Vec<GoodsLine>, held: Money, policy: ShopPolicy) -> Self {
        Self::with_coupon(now, chosen, None, held, policy)
    }

    /// Likewise, with what a coupon takes off; one that does not fit stays with the buyer.
    pub fn with_coupon(now: Timestamp, chosen: Vec<GoodsLine>, coupon: Option<&CouponTerms>, held: Money, policy: ShopPolicy) -> Self {
        let (totals, mut lines) = price(chosen, &policy);
        let totals = coupon.and_then(|coupon| coupon.take_off(totals, &mut lines, now).ok()).unwrap_or(totals);
        let units = lines.iter().map(|line| Whereabouts { waiting: line.quantity, ..Whereabouts::default() }).collect();
        let pay_by = now.plus(policy.pay_span());
        let order = Order {
            id: OrderId(1),
            number: "G2611-TEST".to_owned(),
            shop_id: SHOP,
            buyer_id: BUYER,
            state: OrderState::PendingPayment { pay_by },
            recipient: address(),
            totals,
            held,
            paid: Money::ZERO,
            refunded: Money::ZERO,
            open_cases: 0,
            lines,
            placed_at: now,
            version: 1,
        };
        let mut shop = Self {
            policy,
            now,
            order,
            cases: Vec::new(),
            captured: Vec::new(),
            in_points: Vec::new(),
            returned: Vec::new(),
            left: Vec::new(),
            under_way: Vec::new(),
            units,
            coupon_returns: 0,
            order_clock: None,
            clocks: Vec::new(),
        };
        let effects = shop.order.placed();
        shop.carry_out(None, effects);
        shop
    }

    /// Everything is paid, by these tenders.
    pub fn pay(&mut self, tenders: &[Money]) {
        self.order_step(self.order.clone().pay(Happening::AddressEdited, self.now)).unwrap();
        let due: Vec<Money> = self.order.lines.iter().map(|line| line.paid).collect();
        self.left = lay_on_lines(tenders, &due);
        self.captured = tenders.to_vec();
        self.returned = vec![Money::ZERO; tenders.len()];
    }

    /// Takes over what a transition of the order gave, or its refusal.
    pub fn order_step(&mut self, step: Step<Order>) -> Result<(), Refusal> {
        let (order, effects) = step?;
        self.order = order;
        self.carry_out(None, effects);
        Ok(())
    }

    /// Takes over what a transition of case `index` gave, or its refusal.
    pub fn case_step(&mut self, index: usize, step: Step<AfterSale>) -> Result<(), Refusal> {
        let (case, effects) = step?;
        self.cases[index] = case;
        self.carry_out(Some(index), effects);
        self.hold_lines();
        Ok(())
    }

    /// The buyer applies; the index of the new case.
    pub fn apply(&mut self, request: AfterSaleRequest) -> Result<usize, Refusal> {
        let number = self.cases.len();
        let opening = Opening { id: AfterSaleId(1), number: format!("AS-{number}"), return_address: Some(address()) };
        let (case, effects) = AfterSale::apply(&Who::Buyer.actor(), &self.order, request, opening, &self.policy, ZONE, self.now)?;
        self.cases.push(case);
        self.under_way.push(None);
        self.clocks.push(None);
        self.carry_out(Some(number), effects);
        self.hold_lines();
        Ok(number)
    }

    /// Has the money of case `index` arrived?
    pub fn was_paid_back(&self, index: usize) -> bool {
        self.under_way[index].is_some() && self.cases[index].state.is_over()
    }

    /// A line with a refund that nobody has refused does not leave the house (A13).
    fn hold_lines(&mut self) {
        for line in &mut self.order.lines {
            let asked = |case: &AfterSale| case.items.iter().any(|item| item.line_id == line.id && item.quantity > 0);
            let refused = |case: &AfterSale| matches!(case.state.kind(), StateKind::Rejected | StateKind::ReturnRejected);
            line.held = self.cases.iter().any(|case| asked(case) && !refused(case) && !case.state.is_over());
            let agreed = |case: &AfterSale| matches!(case.state.kind(), StateKind::Refunding | StateKind::RefundFailed);
            let undecided = self.cases.iter().filter(|case| !agreed(case) && !case.state.is_over());
            line.undecided_quantity =
                undecided.flat_map(|case| &case.items).filter(|item| item.line_id == line.id).map(|item| item.quantity).sum();
        }
    }
}
