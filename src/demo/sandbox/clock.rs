//! The shop's clock, which the sandbox reads and, in a demo, moves.

use async_trait::async_trait;

/// What the sandbox needs of the shop's clock.
#[async_trait]
pub trait ClockControl: Send + Sync {
    /// The moment that the shop believes it is, in ms UTC.
    fn now(&self) -> i64;

    /// Moves the clock on and gives the new moment, or says why not.
    async fn advance(&self, ms: i64) -> Result<i64, String>;
}
