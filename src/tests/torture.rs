//! The R-rows of never lost, never twice: the same few lines of chance, a little of it in every run of the tests, as much as one likes with
//! `make torture ROUNDS=n SEED=s`.

mod broken_refunds;
mod callbacks;
mod cluster;
pub(crate) mod dice;
mod hours;
mod killed;
mod life;
mod one_form;
mod one_payment;
mod prompt;
mod standing;
mod twins;
mod victim;

use crate::support::Engine;
use dice::Dice;

/// How often chance is tried: `ROUNDS`, or as often as every run of the tests can afford.
fn rounds(otherwise: usize) -> usize {
    std::env::var("ROUNDS").ok().and_then(|typed| typed.parse().ok()).unwrap_or(otherwise)
}

/// Where chance begins: `SEED`, or the same place every time.
fn dice() -> Dice {
    Dice::new(std::env::var("SEED").ok().and_then(|typed| typed.parse().ok()).unwrap_or(20_261_125))
}

/// What a row came to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// What somebody asked for.
    tried: usize,
    /// What somebody was told is done.
    acknowledged: usize,
    /// What was acknowledged and is not there.
    lost: usize,
    /// What is there more than once.
    doubled: usize,
}

impl Tally {
    /// One line for people; nothing may be lost, nothing doubled, and something must have been tried.
    fn judge(self, row: &str, where_: &str) {
        let Self { tried, acknowledged, lost, doubled } = self;
        println!("{row} {where_}: tried={tried} acknowledged={acknowledged} lost={lost} doubled={doubled}");
        assert!(acknowledged > 0 && acknowledged <= tried, "{row} {where_} proved nothing: {self:?}");
        assert_eq!((lost, doubled), (0, 0), "{row} {where_}");
    }
}

/// The word of an engine in a line.
const fn word(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}
