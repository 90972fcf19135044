//! What may happen on a day, thrown by the dice: more often than not it is refused, and then by all three for the same reason.

use super::story::Story;
use super::wish::Wish;
use super::world::World;
use super::{STORIES_AT_ONCE, rare};
use crate::domain::people::Who;
use crate::torture::dice::Dice;
use guitu::domain::after_sale::AfterSaleAction as A;
use guitu::domain::order::PriceChange;
use guitu::domain::time::{DAY, HOUR, MINUTE};
use guitu::domain::{Money, Tender};

#[derive(Clone, Debug)]
pub enum Operation {
    Place { buyer: usize, goods: Vec<(usize, i64)>, points: i64, balance: i64 },
    Pay { story: usize, tender: Tender },
    Cancel { story: usize },
    Reprice { story: usize, change: PriceChange },
    Ship { story: usize, units: Vec<i64> },
    Receive { story: usize },
    Apply { story: usize, wish: Wish },
    Act { story: usize, case: usize, action: A, wish: Wish, found: Vec<[i64; 3]> },
    Wait { millis: i64 },
    Work { refusing: bool },
}

impl Operation {
    pub fn thrown(world: &World, dice: &mut Dice) -> Self {
        let first = world.stories.len().saturating_sub(STORIES_AT_ONCE);
        if world.stories.is_empty() || dice.one_in(40) {
            return Self::a_purchase(dice);
        }
        if dice.one_in(rare::one_in(world, first))
            && let Some(rare) = rare::thrown(world, first, dice)
        {
            return rare;
        }
        let story = first + dice.below(world.stories.len() - first);
        let told = &world.stories[story];
        match dice.below(40) {
            0..=4 => Self::Pay { story, tender: *dice.pick(&[Tender::Alipay, Tender::Alipay, Tender::Balance, Tender::Points]) },
            5 if dice.one_in(3) => Self::Cancel { story },
            5..=6 => Self::another_price(story, dice),
            7..=11 => Self::Ship { story, units: units_to_ship(told, dice) },
            12..=13 => Self::Receive { story },
            14..=18 => Self::Apply { story, wish: Wish::thrown(told, dice) },
            19 => Self::Wait { millis: *dice.pick(&[MINUTE, MINUTE, 40 * MINUTE, 20 * HOUR, 3 * DAY, 8 * DAY]) },
            20 => Self::Work { refusing: dice.one_in(4) },
            _ if told.shop.cases.is_empty() => Self::Apply { story, wish: Wish::thrown(told, dice) },
            _ => Self::an_act(story, told, dice),
        }
    }

    pub fn another_price(story: usize, dice: &mut Dice) -> Self {
        let change = PriceChange { goods: Money(dice.between(-900, 400)), freight: Money(dice.between(-300, 200)) };
        Self::Reprice { story, change }
    }

    fn a_purchase(dice: &mut Dice) -> Self {
        let mut goods: Vec<(usize, i64)> = Vec::new();
        for ware in 0..4 {
            if dice.one_in(2) {
                goods.push((ware, if ware == 3 { 1 } else { dice.between(1, 3) }));
            }
        }
        if goods.is_empty() {
            goods.push((1, 1));
        }
        let mut part = |most: i64| if dice.one_in(3) { dice.between(0, most) } else { 0 };
        Self::Place { points: part(4_000), balance: part(9_000), goods, buyer: dice.below(2) }
    }

    /// Mostly what the case's buyer or the shop may do now, sometimes anything at all.
    fn an_act(story: usize, told: &Story, dice: &mut Dice) -> Self {
        let case = dice.below(told.shop.cases.len());
        let state = &told.shop.cases[case];
        let may = |who: Who| state.allowed_actions(&who.actor());
        let possible: Vec<A> = may(Who::Buyer).into_iter().chain(may(Who::Owner)).collect();
        let action = if possible.is_empty() || dice.one_in(4) { *dice.pick(&A::ALL) } else { *dice.pick(&possible) };
        Self::act(story, told, case, action, dice)
    }

    pub fn act(story: usize, told: &Story, case: usize, action: A, dice: &mut Dice) -> Self {
        let found = told.shop.cases[case].items.iter().map(|item| {
            let spoiled = if dice.one_in(4) { dice.between(0, item.quantity) } else { 0 };
            let missing = if dice.one_in(8) { dice.between(0, item.quantity - spoiled) } else { 0 };
            [item.quantity - spoiled - missing, spoiled, missing]
        });
        let found = found.collect();
        Self::Act { story, case, action, wish: Wish::thrown(told, dice), found }
    }

    /// `Pay`, `Act Withdraw`: what kind of thing happened.
    pub fn kind(&self) -> String {
        let all = format!("{self:?}");
        let name = all.split([' ', '{']).next().unwrap_or_default().to_owned();
        if let Self::Act { action, .. } = self { format!("{name} {action:?}") } else { name }
    }
}

/// Mostly all that is left, sometimes any number.
fn units_to_ship(told: &Story, dice: &mut Dice) -> Vec<i64> {
    let all = !dice.one_in(3);
    told.shop.order.lines.iter().map(|line| if all { line.units_to_ship() } else { dice.between(0, 3) }).collect()
}
