//! The two towns and the rules beside them, at one and the same time of day.

use super::book::Book;
use super::likeness;
use super::story::Story;
use crate::domain::steps::Event;
use crate::support::TestApp;
use guitu::domain::{Money, ShopPolicy, Tender, Timestamp};

/// Units of each of the first three goods: enough for a long life. Of the last there is one.
const STOCK: i64 = 1_000_000;
/// Points and fen that each of the two buyers begins with.
const WEALTH: i64 = 1_000_000_000;

pub struct World {
    pub books: [Book; 2],
    pub policy: ShopPolicy,
    pub now: Timestamp,
    pub stories: Vec<Story>,
    /// By the rules: what is on the shelf and what each buyer holds, before any story.
    shelf: [i64; 4],
    purses: [[i64; 2]; 2],
    /// For parcels that come back: each is another.
    parcels: u64,
}

impl World {
    pub async fn of([sqlite, postgres]: [TestApp; 2]) -> Self {
        let books = [Book::of(&sqlite).await, Book::of(&postgres).await];
        let (mut shelf, mut purses) = ([0; 4], [[0; 2]; 2]);
        for book in &books {
            (shelf, purses) = book.is_provided_with(STOCK, WEALTH).await;
        }
        let now = books[0].now();
        assert_eq!(now, books[1].now());
        Self { policy: books[0].policy().clone(), now, stories: Vec::new(), shelf, purses, parcels: 0, books }
    }

    /// Units of a kind of goods that can be sold, by the rules.
    pub fn sellable(&self, ware: usize) -> i64 {
        self.shelf[ware] - self.units(ware, |at| at.waiting + at.out - at.back + at.spoiled)
    }

    fn units(&self, ware: usize, of: impl Fn(&crate::domain::shop::Whereabouts) -> i64) -> i64 {
        let lines = self.stories.iter().flat_map(|story| story.wares.iter().zip(&story.shop.units));
        lines.filter(|(kind, _)| **kind == ware).map(|(_, at)| of(at)).sum()
    }

    /// What a buyer holds of points or of balance, by the rules.
    pub fn holds(&self, buyer: usize, tender: Tender) -> i64 {
        let own = self.stories.iter().filter(|story| story.buyer == buyer);
        let given: Money = own.map(|story| story.wallet(tender)).sum();
        self.purses[buyer][usize::from(tender == Tender::Balance)] - given.0
    }

    /// A waybill that no other parcel has.
    pub fn another_waybill(&mut self) -> String {
        self.parcels += 1;
        format!("75{:012}", self.parcels)
    }

    pub fn waits(&mut self, millis: i64) {
        self.now = self.now.plus(millis);
        for book in &self.books {
            book.waits(millis);
        }
    }

    /// The workers see to everything that is due: clocks first, then refunds, which the gateway pays or refuses.
    pub async fn works(&mut self, refusing: bool) {
        let [one, other] = &self.books;
        tokio::join!(one.works(refusing), other.works(refusing));
        for story in &mut self.stories {
            story.runs_out(self.now);
            story.hears_from_the_gateway(if refusing { Event::Fail } else { Event::Settle });
            // A clock that stood still with nothing left on it is due the moment its case is over.
            story.runs_out(self.now);
        }
        for index in 0..self.stories.len() {
            self.compares(index).await;
        }
        self.stories_that_are_over_rest();
    }

    /// A story that nothing can happen to any more is not looked at again; what it took from shelf and purses stays counted.
    fn stories_that_are_over_rest(&mut self) {
        let over = |story: &Story| story.shop.order_clock.is_none() && story.shop.cases.iter().all(|case| case.state.is_over());
        let keep_from = self.stories.len().saturating_sub(super::STORIES_AT_ONCE);
        let mut index = 0;
        while index < self.stories.len().min(keep_from) {
            if over(&self.stories[index]) {
                let story = &self.stories[index];
                for (ware, at) in story.wares.iter().zip(&story.shop.units) {
                    self.shelf[*ware] -= at.waiting + at.out - at.back + at.spoiled;
                }
                for (place, tender) in [Tender::Points, Tender::Balance].into_iter().enumerate() {
                    self.purses[story.buyer][place] -= story.wallet(tender).0;
                }
                self.stories.remove(index);
                return self.stories_that_are_over_rest();
            }
            index += 1;
        }
    }

    /// Whether the shelf has what a replacement takes.
    pub fn can_replace(&self, story: &Story, case: usize) -> bool {
        let place = |id| story.shop.order.lines.iter().position(|line| line.id == id).expect("a line of this order");
        story.shop.cases[case].items.iter().all(|item| self.sellable(story.wares[place(item.line_id)]) >= item.quantity)
    }

    /// One order, as all three books have it.
    pub async fn compares(&self, index: usize) {
        let story = &self.stories[index];
        let wanted = likeness::by_the_rules(story);
        let [one, other] = &self.books;
        let (one, other) = tokio::join!(one.likeness(story, 0), other.likeness(story, 1));
        for (found, engine) in [(one, "SQLite"), (other, "PostgreSQL")] {
            assert_eq!(found, wanted, "the rules (right) and {engine} (left) differ on {}", story.numbers[0]);
        }
    }

    /// Shelf and purses, as all three books have them.
    pub async fn compares_the_sums(&self) {
        for ware in 0..self.shelf.len() {
            let sellable = self.sellable(ware);
            for book in &self.books {
                assert_eq!(book.sellable(ware).await, sellable, "ware {ware}");
            }
        }
        for buyer in 0..self.purses.len() {
            let held = [self.holds(buyer, Tender::Points), self.holds(buyer, Tender::Balance)];
            for book in &self.books {
                assert_eq!(book.purse(buyer).await, held, "buyer {buyer}");
            }
        }
    }
}
