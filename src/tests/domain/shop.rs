//! A shop in memory: one order, its cases and its tenders, with the effects carried out as the server carries them out in rows.

use super::people::{BUYER, SHOP, Who};
use chrono_tz::Tz;
use guitu::domain::after_sale::{AfterSale, AfterSaleRequest, Item, Opening};
use guitu::domain::order::{GoodsLine, Order, OrderLine, OrderState, price};
use guitu::domain::payment::{lay_on_lines, split_refund};
use guitu::domain::*;

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
}

#[derive(Clone)]
pub struct Shop {
    pub policy: ShopPolicy,
    pub now: Timestamp,
    pub order: Order,
    pub cases: Vec<AfterSale>,
    /// What each tender brought, and what went back to it.
    pub captured: Vec<Money>,
    pub returned: Vec<Money>,
    /// What is left of each tender on each line.
    pub left: Vec<Vec<Money>>,
    /// What is under way to each tender, case by case.
    under_way: Vec<Option<Vec<Money>>>,
    pub units: Vec<Whereabouts>,
    /// The running clocks: the order's, then the cases'.
    pub order_clock: Option<Timestamp>,
    pub clocks: Vec<Option<Timestamp>>,
}

pub fn goods(id: i64, yuan: i64, quantity: i64) -> GoodsLine {
    GoodsLine {
        id: OrderLineId(id),
        product_id: ProductId(id),
        sku_id: SkuId(id),
        title: format!("商品 {id}"),
        spec: "标准".to_owned(),
        picture: String::new(),
        unit_price: Money(yuan * 100),
        quantity,
    }
}

pub fn address() -> Address {
    Address { recipient: "张仓管".to_owned(), phone: "0571-88886666".to_owned(), region: "浙江 杭州".to_owned(), detail: "归途路 1 号".to_owned() }
}

pub fn parcel(tracking: &str) -> Parcel {
    Parcel { carrier: "yto".to_owned(), tracking: tracking.to_owned() }
}

impl Shop {
    /// An order has been placed; `held` is what points and balance already cover.
    pub fn with_order(chosen: Vec<GoodsLine>, held: Money, policy: ShopPolicy) -> Self {
        let (totals, lines) = price(chosen, &policy);
        let units = lines.iter().map(|line| Whereabouts { waiting: line.quantity, ..Whereabouts::default() }).collect();
        let pay_by = MORNING.plus(policy.pay_span());
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
            placed_at: MORNING,
            version: 1,
        };
        let mut shop = Self {
            policy,
            now: MORNING,
            order,
            cases: Vec::new(),
            captured: Vec::new(),
            returned: Vec::new(),
            left: Vec::new(),
            under_way: Vec::new(),
            units,
            order_clock: None,
            clocks: Vec::new(),
        };
        let effects = shop.order.placed(ZONE);
        shop.carry_out(None, effects);
        shop
    }

    /// Everything is paid, by these tenders.
    pub fn pay(&mut self, tenders: &[Money]) {
        self.order_step(self.order.clone().pay(EventKind::OrderPaid, "付款".to_owned(), self.now)).unwrap();
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
        Ok(number)
    }

    fn carry_out(&mut self, case: Option<usize>, effects: Vec<Effect>) {
        for effect in effects {
            let clock = match case {
                Some(index) => &mut self.clocks[index],
                None => &mut self.order_clock,
            };
            match effect {
                Effect::SetClock(due) => *clock = Some(due),
                Effect::ClearClock => *clock = None,
                Effect::ReleaseStock { line, units } => self.goods_move(line, |at| (at.waiting, at.freed) = (at.waiting - units, at.freed + units)),
                Effect::ShipStock { line, units } => self.goods_move(line, |at| (at.waiting, at.out) = (at.waiting - units, at.out + units)),
                Effect::TakeReplacement { line, units } => self.goods_move(line, |at| at.out += units),
                Effect::Restock { line, sellable, defective } => self.goods_move(line, |at| at.back += sellable + defective),
                Effect::ReserveRefund(items) => self.reserve(&items, 1),
                Effect::ReleaseRefund(items) => self.reserve(&items, -1),
                Effect::OpenCase => self.order_follows(|order, now| order.open_case(now)),
                Effect::CloseCase => self.order_follows(|order, now| order.close_case(now)),
                Effect::EnqueueRefund => self.begin_refund(case.unwrap()),
                Effect::RecordManualRefund { .. } if self.under_way[case.unwrap()].is_none() => self.begin_refund(case.unwrap()),
                Effect::SettleRefund { items, refund_only } => self.settle(case.unwrap(), &items, refund_only),
                Effect::RecordManualRefund { .. } | Effect::RetryRefund => assert!(self.under_way[case.unwrap()].is_some()),
                Effect::Record { .. } | Effect::Notify { .. } | Effect::ReturnHeldTenders => {}
            }
        }
    }

    fn order_follows(&mut self, go: impl FnOnce(Order, Timestamp) -> (Order, Vec<Effect>)) {
        let (order, effects) = go(self.order.clone(), self.now);
        self.order = order;
        self.carry_out(None, effects);
    }

    fn reserve(&mut self, items: &[Item], sign: i64) {
        for item in items {
            let line = self.line(item.line_id);
            line.reserved = line.reserved + Money(sign * item.amount().0);
            line.freight_claimed = line.freight_claimed + Money(sign * item.freight.0);
            line.reserved_quantity += sign * item.quantity;
            line.applications += i64::from(sign > 0);
        }
    }

    /// The shares are taken from the tenders at once, so that no other refund can.
    fn begin_refund(&mut self, case: usize) {
        let mut parts = vec![Money::ZERO; self.captured.len()];
        for item in self.cases[case].items.clone() {
            let line = self.index(item.line_id);
            let rest: Vec<Money> = self.left.iter().map(|tender| tender[line]).collect();
            for (tender, part) in split_refund(item.amount(), &rest).into_iter().enumerate() {
                self.left[tender][line] = self.left[tender][line] - part;
                parts[tender] = parts[tender] + part;
            }
        }
        assert_eq!(self.under_way[case].replace(parts), None, "a case is paid back once");
    }

    fn settle(&mut self, case: usize, items: &[Item], refund_only: bool) {
        for (tender, part) in self.under_way[case].clone().unwrap().into_iter().enumerate() {
            self.returned[tender] = self.returned[tender] + part;
        }
        for item in items {
            let line = self.line(item.line_id);
            let cancelled = if refund_only { item.settles.min(line.units_to_ship()) } else { 0 };
            line.reserved = line.reserved - item.amount();
            line.refunded = line.refunded + item.amount();
            line.reserved_quantity -= item.quantity;
            line.refunded_quantity += item.settles;
            line.cancelled_quantity += cancelled;
            self.order.refunded = self.order.refunded + item.amount();
            self.goods_move(item.line_id, |at| (at.waiting, at.freed) = (at.waiting - cancelled, at.freed + cancelled));
        }
        let policy = self.policy.clone();
        self.order_follows(|order, now| order.after_refund(&policy, now));
    }

    fn goods_move(&mut self, line: OrderLineId, go: impl FnOnce(&mut Whereabouts)) {
        let index = self.index(line);
        go(&mut self.units[index]);
    }

    fn index(&self, id: OrderLineId) -> usize {
        self.order.lines.iter().position(|line| line.id == id).unwrap()
    }

    fn line(&mut self, id: OrderLineId) -> &mut OrderLine {
        let index = self.index(id);
        &mut self.order.lines[index]
    }
}
