//! An operation carried out three times: by the rules, on SQLite and on PostgreSQL. What one refuses, all refuse.

use super::book::Book;
use super::operation::Operation;
use super::story::Story;
use super::wish::Wish;
use super::world::World;
use crate::domain::people::Who;
use crate::domain::shop::{Shop, ZONE, goods};
use crate::domain::steps::Event;
use guitu::domain::after_sale::{AfterSaleAction as A, Inspected, StateKind};
use guitu::domain::order::{GoodsLine, OrderAction, ParcelPlan, price};
use guitu::domain::{Money, OrderLineId, Refusal, Tender};
use guitu::http::form::Form;
use guitu::server::error::{Error, Result};

/// The town's goods and their prices in fen.
const GOODS: [(&str, i64); 4] = [("云雾茶", 10_000), ("马克杯", 3_000), ("紫砂壶", 60_000), ("孤品", 5_000)];

/// Why the rules say no; `None`: for want of goods or money, or because what was typed says nothing.
type Verdict = std::result::Result<(), Option<Refusal>>;

impl Operation {
    /// `true` if it was taken.
    pub async fn go(&self, world: &mut World) -> bool {
        match self {
            Self::Wait { millis } => world.waits(*millis),
            Self::Work { refusing } => world.works(*refusing).await,
            Self::Place { buyer, goods, points, balance } => return place(world, *buyer, goods, Money(*points), Money(*balance)).await,
            Self::Apply { story, wish } => return apply(world, *story, wish).await,
            Self::Pay { story, .. }
            | Self::Cancel { story }
            | Self::Reprice { story, .. }
            | Self::Ship { story, .. }
            | Self::Receive { story }
            | Self::Act { story, .. } => return Box::pin(self.change(world, *story)).await,
        }
        true
    }

    async fn change(&self, world: &mut World, index: usize) -> bool {
        let waybill = world.another_waybill();
        let ([one, other], story) = (&world.books, &world.stories[index]);
        let said = tokio::join!(self.in_town(one, story, 0, &waybill), self.in_town(other, story, 1, &waybill));
        let wanted = self.by_the_rules(world, index);
        let taken = agreed(self, &said.0, &said.1, &wanted);
        world.compares(index).await;
        taken
    }

    async fn in_town(&self, town: &Book, story: &Story, side: usize, waybill: &str) -> Result<()> {
        let (number, buyer) = (&story.numbers[side], story.buyer);
        match self {
            Self::Pay { tender, .. } => town.pays(buyer, number, *tender).await,
            Self::Cancel { .. } => town.cancels(buyer, number).await,
            Self::Reprice { change, .. } => town.reprices(number, *change).await,
            Self::Ship { units, .. } => town.ships(number, story.lines[side].iter().copied().zip(units.iter().copied()).collect()).await,
            Self::Receive { .. } => town.receives(buyer, number).await,
            Self::Act { case, action, wish, found, .. } => {
                let mut form = wish.form(&story.lines[side]);
                for (name, value) in [("carrier", "zto"), ("tracking", waybill), ("voucher", "银行转账"), ("reject_reason", "人为损坏")]
                {
                    form.set(name, value);
                }
                form.set("refuse_collect", "1");
                for one in inspected(story, *case, found, |place| story.lines[side][place]) {
                    fill_in(&mut form, &one);
                }
                town.acts(buyer, &story.cases[side][*case], *action, &form).await
            }
            Self::Place { .. } | Self::Apply { .. } | Self::Wait { .. } | Self::Work { .. } => Ok(()),
        }
    }

    fn by_the_rules(&self, world: &mut World, index: usize) -> Verdict {
        let story = &world.stories[index];
        if let Self::Pay { tender, .. } = self
            && tender.is_wallet()
            && world.holds(story.buyer, *tender) < story.shop.order.due().0
            && story.shop.order.permits(OrderAction::Pay, &Who::Buyer.actor())
        {
            return Err(None);
        }
        if let Self::Act { case, action: A::ShipReplacement, .. } = self
            && story.shop.attempt(*case, Event::Act(A::ShipReplacement, Who::Owner)).is_ok()
            && !world.can_replace(story, *case)
        {
            return Err(None);
        }
        let now = world.now;
        let story = &mut world.stories[index];
        story.shop.now = now;
        let order = story.shop.order.clone();
        let step = match self {
            Self::Pay { tender, .. } => return paid(story, *tender),
            Self::Act { case, action, wish, found, .. } => return act(story, *case, *action, wish, found),
            Self::Cancel { .. } => order.close_unpaid(&Who::Buyer.actor(), now),
            Self::Reprice { change, .. } => order.adjust_price(&Who::Owner.actor(), *change),
            Self::Ship { units, .. } => {
                let units = order.lines.iter().map(|line| line.id).zip(units.iter().copied()).collect();
                order.ship(
                    &Who::Owner.actor(),
                    &[ParcelPlan { parcel: crate::domain::shop::parcel("YT1000000000001"), units }],
                    &story.shop.policy,
                    now,
                )
            }
            Self::Receive { .. } => order.receive(&Who::Buyer.actor(), &story.shop.policy, ZONE, now),
            Self::Place { .. } | Self::Apply { .. } | Self::Wait { .. } | Self::Work { .. } => return Ok(()),
        };
        story.shop.order_step(step).map_err(Some)
    }
}

/// What a town says and what the rules say is the same; where a rule says no, it is the same rule.
fn agreed<T: std::fmt::Debug>(operation: &Operation, one: &Result<T>, other: &Result<T>, wanted: &Verdict) -> bool {
    for (said, town) in [(one, "SQLite"), (other, "PostgreSQL")] {
        assert_eq!(said.is_ok(), wanted.is_ok(), "{operation:?}: {town} says {said:?}, the rules say {wanted:?}");
        if let (Err(Error::Refused(said)), Err(Some(wanted))) = (said, wanted) {
            assert_eq!(said, wanted, "{operation:?}: {town}");
        }
    }
    wanted.is_ok()
}

fn paid(story: &mut Story, tender: Tender) -> Verdict {
    if story.shop.order.state.paid_at().is_some() {
        return Ok(());
    }
    if !story.shop.order.permits(OrderAction::Pay, &Who::Buyer.actor()) {
        return Err(Some(Refusal::NotWhile(story.shop.order.status().name())));
    }
    story.pays(tender);
    Ok(())
}

fn act(story: &mut Story, case: usize, action: A, wish: &Wish, found: &[[i64; 3]]) -> Verdict {
    let before = story.shop.cases[case].clone();
    let by = if matches!(action, A::Revise | A::Withdraw | A::ShipReturn | A::ConfirmReplacement | A::ConvertToRefund) {
        Who::Buyer
    } else {
        Who::Owner
    };
    let (policy, now) = (story.shop.policy.clone(), story.shop.now);
    let step = match action {
        A::Revise => before.revise(&by.actor(), &story.shop.order, wish.request(&story.shop).map_err(|_| None)?, &policy, ZONE, now),
        A::Receive => before.receive(&by.actor(), inspected(story, case, found, |place| story.shop.order.lines[place].id), &policy, now),
        // One button says no, before and after the goods are back.
        A::Reject | A::RejectReturn if before.state.kind() == StateKind::ReturnInTransit => {
            story.shop.attempt(case, Event::Act(A::RejectReturn, by))
        }
        A::Reject | A::RejectReturn => story.shop.attempt(case, Event::Act(A::Reject, by)),
        _ => story.shop.attempt(case, Event::Act(action, by)),
    };
    story.shop.case_step(case, step).map_err(Some)?;
    story.settles_wallets(case);
    Ok(())
}

/// What was found of the case's items; lines by their place.
fn inspected(story: &Story, case: usize, found: &[[i64; 3]], line: impl Fn(usize) -> OrderLineId) -> Vec<Inspected> {
    let items = story.shop.cases[case].items.iter().zip(found).filter(|(item, _)| item.quantity > 0);
    let place = |id: OrderLineId| story.shop.order.lines.iter().position(|line| line.id == id).expect("a line of this order");
    items
        .map(|(item, [good, defective, missing])| Inspected {
            line_id: line(place(item.line_id)),
            good: *good,
            defective: *defective,
            missing: *missing,
        })
        .collect()
}

fn fill_in(form: &mut Form, found: &Inspected) {
    for (what, units) in [("good", found.good), ("defective", found.defective), ("missing", found.missing)] {
        form.set(&format!("{what}_{}", found.line_id.0), units.to_string());
    }
}

async fn place(world: &mut World, buyer: usize, wanted: &[(usize, i64)], points: Money, balance: Money) -> bool {
    let [one, other] = &world.books;
    let said = tokio::join!(one.places(buyer, wanted, points, balance), other.places(buyer, wanted, points, balance));
    let held = points + balance;
    let line = |id: i64, ware: usize, quantity: i64| GoodsLine { title: GOODS[ware].0.to_owned(), ..goods(id, GOODS[ware].1, quantity) };
    let cart = wanted.iter().map(|(ware, quantity)| line(1, *ware, *quantity)).collect();
    let affordable = price(cart, &world.policy).0.payable() >= held
        && world.holds(buyer, Tender::Points) >= points.0
        && world.holds(buyer, Tender::Balance) >= balance.0;
    let in_stock = wanted.iter().all(|(ware, quantity)| world.sellable(*ware) >= *quantity);
    let verdict = if affordable && in_stock { Ok(()) } else { Err(None) };
    let operation = Operation::Place { buyer, goods: wanted.to_vec(), points: points.0, balance: balance.0 };
    if !agreed(&operation, &said.0, &said.1, &verdict) {
        return false;
    }
    let ((first, here), (second, there)) = (said.0.expect("taken"), said.1.expect("taken"));
    let wares: Vec<usize> = here.iter().map(|(_, ware)| *ware).collect();
    assert_eq!(wares, there.iter().map(|(_, ware)| *ware).collect::<Vec<_>>(), "both towns lay the goods in the same sequence");
    let quantity = |ware: usize| wanted.iter().find(|(kind, _)| *kind == ware).map_or(0, |(_, quantity)| *quantity);
    let chosen = (1..).zip(&wares).map(|(id, ware)| line(id, *ware, quantity(*ware))).collect();
    let mut story = Story {
        shop: Shop::with_order_at(world.now, chosen, held, world.policy.clone()),
        buyer,
        wares,
        held: [points, balance],
        tenders: Vec::new(),
        numbers: [first, second],
        lines: [here.into_iter().map(|line| line.0).collect(), there.into_iter().map(|line| line.0).collect()],
        cases: [Vec::new(), Vec::new()],
    };
    if story.shop.order.due() == Money::ZERO {
        story.pays(Tender::Balance);
    }
    world.stories.push(story);
    world.compares(world.stories.len() - 1).await;
    true
}

async fn apply(world: &mut World, index: usize, wish: &Wish) -> bool {
    let ([one, other], story) = (&world.books, &world.stories[index]);
    let (here, there) = (wish.form(&story.lines[0]), wish.form(&story.lines[1]));
    let said = tokio::join!(one.applies(story.buyer, &story.numbers[0], &here), other.applies(story.buyer, &story.numbers[1], &there));
    let now = world.now;
    let story = &mut world.stories[index];
    story.shop.now = now;
    let verdict = match wish.request(&story.shop) {
        Ok(request) => story.shop.apply(request).map(drop).map_err(Some),
        Err(_) => Err(None),
    };
    let taken = agreed(&Operation::Apply { story: index, wish: wish.clone() }, &said.0, &said.1, &verdict);
    if taken {
        story.cases[0].extend(said.0);
        story.cases[1].extend(said.1);
    }
    world.compares(index).await;
    taken
}
