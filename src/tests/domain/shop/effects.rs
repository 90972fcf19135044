//! Effects, carried out as `server::money::effects` does in rows.

use super::{Shop, Whereabouts};
use guitu::domain::after_sale::Item;
use guitu::domain::money::payment::split_refund;
use guitu::domain::money::points::earned;
use guitu::domain::order::{Order, OrderLine};
use guitu::domain::{Effect, Money, OrderLineId, Timestamp};

impl Shop {
    pub(super) fn carry_out(&mut self, case: Option<usize>, effects: Vec<Effect>) {
        for effect in effects {
            let clock = match case {
                Some(index) => &mut self.clocks[index],
                None => &mut self.order_clock,
            };
            match effect {
                Effect::SetClock(due) => *clock = Some(due),
                Effect::ClearClock => *clock = None,
                Effect::ReleaseStock { line, units } => self.goods_move(line, |at| at.free(units)),
                Effect::ShipStock { line, units } => self.goods_move(line, |at| at.send(units)),
                Effect::TakeReplacement { line, units } => self.goods_move(line, |at| at.out += units),
                Effect::Restock { line, sellable, defective } => self.goods_move(line, |at| {
                    at.back += sellable + defective;
                    at.spoiled += defective;
                }),
                Effect::ReserveRefund(items) => items.iter().for_each(|item| self.line(item.line_id).reserve(item)),
                Effect::ReleaseRefund(items) => items.iter().for_each(|item| self.line(item.line_id).release(item)),
                Effect::ReserveFreight { line, amount } => self.line(line).reserve_freight(amount),
                Effect::OpenCase => self.order_follows(Order::open_case),
                Effect::CloseCase => self.order_follows(Order::close_case),
                Effect::EnqueueRefund(_) => self.begin_refund(case.unwrap()),
                Effect::RecordManualRefund { .. } if self.under_way[case.unwrap()].is_none() => self.begin_refund(case.unwrap()),
                Effect::SettleRefund { items, refund_only } => self.settle(case.unwrap(), &items, refund_only),
                Effect::RecordManualRefund { .. } | Effect::RetryRefund => assert!(self.under_way[case.unwrap()].is_some()),
                Effect::Record { .. }
                | Effect::Notify { .. }
                | Effect::SetReminder(_)
                | Effect::ClearReminder
                | Effect::ReturnHeldTenders => {}
                Effect::ReturnCoupon => self.coupon_returns += i64::from(self.order.totals.coupon.is_positive()),
                Effect::GrantPoints => self.grant_points(),
            }
        }
    }

    fn order_follows(&mut self, go: impl FnOnce(Order, Timestamp) -> (Order, Vec<Effect>)) {
        let (order, effects) = go(self.order.clone(), self.now);
        self.order = order;
        self.carry_out(None, effects);
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
            let cancelled = self.order.settle(item, refund_only);
            self.goods_move(item.line_id, |at| at.free(cancelled));
        }
        self.take_points_back();
        let policy = self.policy.clone();
        self.order_follows(|order, now| order.after_refund(&policy, now));
    }

    /// Every tender counts as money, whatever its name.
    /// Points that paid earn none.
    fn grant_points(&mut self) {
        let lines = 0..self.order.lines.len();
        let left = |line: usize| self.left.iter().map(move |tender| tender[line]);
        let in_points = |tender: usize| self.in_points.get(tender).copied().unwrap_or(false);
        let by_money: Vec<Money> = lines
            .clone()
            .map(|line| left(line).enumerate().filter(|(tender, _)| !in_points(*tender)).map(|(_, share)| share).sum())
            .collect();
        let bases: Vec<Money> = lines.map(|line| left(line).sum()).collect();
        let earned = earned(&by_money, self.policy.points_per_yuan);
        for (line, (points, base)) in self.order.lines.iter_mut().zip(earned.into_iter().zip(bases)) {
            assert_eq!((line.points_earned, line.points_base), (0, Money::ZERO), "points are granted once");
            if points > 0 {
                (line.points_earned, line.points_base) = (points, base);
            }
        }
    }

    fn take_points_back(&mut self) {
        for line in &mut self.order.lines {
            let points = line.points_to_take_back();
            assert!(points >= 0);
            line.points_taken_back += points;
        }
    }

    fn goods_move(&mut self, line: OrderLineId, go: impl FnOnce(&mut Whereabouts)) {
        let index = self.index(line);
        go(&mut self.units[index]);
    }

    fn index(&self, id: OrderLineId) -> usize {
        self.order.lines.iter().position(|line| line.id == id).unwrap()
    }

    fn line(&mut self, id: OrderLineId) -> &mut OrderLine {
        self.order.line_mut(id).unwrap()
    }
}
