//! One order in three books: the rules', SQLite's and PostgreSQL's.

use crate::domain::people::Who;
use crate::domain::shop::{Shop, ZONE};
use crate::domain::steps::Event;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::{CloseReason, OrderState, OrderStatus};
use guitu::domain::{Actor, Money, OrderLineId, Refusal, Tender, Timestamp};

pub struct Story {
    /// By the rules alone; its lines are numbered from 1.
    pub shop: Shop,
    /// Which of the town's buyers.
    pub buyer: usize,
    /// Which of the town's goods stands on each line.
    pub wares: Vec<usize>,
    /// Points and balance that were laid down with the order.
    pub held: [Money; 2],
    /// The tenders that paid, as the rules' sums are numbered.
    pub tenders: Vec<Tender>,
    /// Its numbers in the two towns, and those of its lines and cases.
    pub numbers: [String; 2],
    pub lines: [Vec<OrderLineId>; 2],
    pub cases: [Vec<String>; 2],
}

impl Story {
    /// The rest is paid by `last`, after what was laid down.
    pub fn pays(&mut self, last: Tender) {
        let parts = [(Tender::Points, self.held[0]), (Tender::Balance, self.held[1]), (last, self.shop.order.due())];
        let parts: Vec<(Tender, Money)> = parts.into_iter().filter(|(_, amount)| amount.is_positive()).collect();
        self.tenders = parts.iter().map(|(tender, _)| *tender).collect();
        self.shop.in_points = self.tenders.iter().map(|tender| *tender == Tender::Points).collect();
        self.shop.pay(&parts.iter().map(|(_, amount)| *amount).collect::<Vec<_>>());
    }

    /// What the wallet gave for this order, less what came back to it and what the order earned.
    pub fn wallet(&self, tender: Tender) -> Money {
        let order = &self.shop.order;
        if order.state.paid_at().is_none() {
            let given_back = order.status() == OrderStatus::Closed;
            return if given_back { Money::ZERO } else { self.held[usize::from(tender == Tender::Balance)] };
        }
        let of = |sums: &[Money]| sums.iter().zip(&self.tenders).filter(|(_, by)| **by == tender).map(|(sum, _)| *sum).sum::<Money>();
        let back: Money = self.shop.under_way.iter().filter_map(|parts| Some(of(parts.as_ref()?))).sum();
        let earned = order.lines.iter().map(|line| Money(line.points_earned - line.points_taken_back)).sum();
        of(&self.shop.captured) - back - if tender == Tender::Points { earned } else { Money::ZERO }
    }

    /// Money that needs no gateway is back at once.
    pub fn settles_wallets(&mut self, case: usize) {
        if self.is_refunding(case) && self.online(case) == Money::ZERO {
            self.shop.happens(case, Event::Settle);
        }
    }

    /// The gateway pays what waits for it, or refuses to.
    pub fn hears_from_the_gateway(&mut self, word: Event) {
        for case in 0..self.shop.cases.len() {
            if self.is_refunding(case) {
                self.shop.happens(case, word);
            }
        }
    }

    fn is_refunding(&self, case: usize) -> bool {
        self.shop.cases[case].state.kind() == StateKind::Refunding
    }

    fn online(&self, case: usize) -> Money {
        let parts = self.shop.under_way[case].as_ref().unwrap();
        parts.iter().zip(&self.tenders).filter(|(_, tender)| tender.is_online()).map(|(part, _)| *part).sum()
    }

    /// Every clock that has reached zero fires, the earliest first.
    pub fn runs_out(&mut self, now: Timestamp) {
        self.shop.now = now;
        loop {
            let cases = self.shop.clocks.iter().enumerate().map(|(case, due)| (*due, Some(case)));
            let next = cases.chain([(self.shop.order_clock, None)]).filter_map(|(due, what)| Some((due?, what))).min();
            match next {
                Some((due, Some(case))) if due <= now => {
                    let step = self.shop.attempt(case, Event::TimeOut);
                    self.shop.case_step(case, step).unwrap();
                    self.settles_wallets(case);
                }
                Some((due, None)) if due <= now => self.order_runs_out().unwrap(),
                _ => return,
            }
        }
    }

    fn order_runs_out(&mut self) -> Result<(), Refusal> {
        let (order, now) = (self.shop.order.clone(), self.shop.now);
        let step = match order.state {
            OrderState::PendingPayment { .. } => order.close_unpaid(&Actor::System, now),
            _ => order.receive(&Who::System.actor(), &self.shop.policy, ZONE, now),
        };
        self.shop.order_step(step)?;
        let unpaid = |why| matches!(why, CloseReason::Timeout);
        debug_assert!(!matches!(self.shop.order.state, OrderState::Closed { paid_at: None, why, .. } if !unpaid(why)));
        Ok(())
    }
}
