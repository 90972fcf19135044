//! How many orders `guitu seed --orders` is asked for; known to the command line of every build.

/// What to fill a database with.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub orders: usize,
    pub shops: usize,
    /// Where chance begins.
    pub seed: u64,
    /// Orders in a hundred that see an after-sale.
    pub after_sales: u64,
}
