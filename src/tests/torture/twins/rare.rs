//! What can be done only for a short while in a long life: the dice would hardly ever come by just then, so sometimes they look for it.

use super::operation::Operation;
use super::world::World;
use crate::domain::people::Who;
use crate::torture::dice::Dice;
use guitu::domain::after_sale::{AfterSaleAction as A, StateKind};
use guitu::domain::order::OrderAction;
use guitu::domain::time::DAY;

/// One operation in so many looks for what is rare: more of them while a replacement is awaited, which the shop may send at any time.
pub fn one_in(world: &World, first: usize) -> usize {
    let mut cases = world.stories[first..].iter().flat_map(|told| &told.shop.cases);
    if cases.any(|case| case.state.kind() == StateKind::AwaitingReship) { 3 } else { 12 }
}

/// One of the rare things that are possible now, if there is any.
pub fn thrown(world: &World, first: usize, dice: &mut Dice) -> Option<Operation> {
    let all: Vec<Rare> = (first..world.stories.len()).flat_map(|story| of(world, story)).collect();
    if all.is_empty() {
        return None;
    }
    // Of 20,000 operations none met a buyer who had waited too long: whoever has, goes first.
    let overdue = all.iter().find(|rare| matches!(rare, Rare::Overdue(..)));
    Some(match *overdue.unwrap_or_else(|| dice.pick(&all)) {
        Rare::Unpaid(story) => Operation::another_price(story, dice),
        // The buyer waits no longer, or the shop sends it in the end.
        Rare::Overdue(story, case) => {
            let action = if dice.one_in(2) { A::ConvertToRefund } else { A::ShipReplacement };
            Operation::act(story, &world.stories[story], case, action, dice)
        }
        Rare::Awaited => Operation::Wait { millis: 3 * DAY },
        Rare::Late => Operation::Work { refusing: false },
    })
}

#[derive(Clone, Copy)]
enum Rare {
    /// The price can be changed still.
    Unpaid(usize),
    /// The shop lets the buyer of an exchange wait too long.
    Overdue(usize, usize),
    /// A replacement is awaited.
    Awaited,
    /// Its time is over, and nobody has noticed yet.
    Late,
}

fn of(world: &World, story: usize) -> Vec<Rare> {
    let told = &world.stories[story];
    let mut found = Vec::new();
    if told.shop.order.permits(OrderAction::AdjustPrice, &Who::Owner.actor()) {
        found.push(Rare::Unpaid(story));
    }
    for (place, case) in told.shop.cases.iter().enumerate() {
        if case.allowed_actions(&Who::Buyer.actor()).contains(&A::ConvertToRefund) {
            found.push(Rare::Overdue(story, place));
        } else if case.state.kind() == StateKind::AwaitingReship {
            let late = case.state.due().is_some_and(|due| due <= world.books[0].now());
            found.push(if late { Rare::Late } else { Rare::Awaited });
        }
    }
    found
}
