//! What a code of trouble asks for.

/// What to do next about a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Ask what became of it before anything else.
    QueryFirst,
    /// Send the same again: same number, same parameters.
    RetryUnchanged,
    /// The merchant's purse at the gateway is short: fill it, then send the same again.
    TopUp,
    /// This number is finished for good; only a new one can pay.
    NewNumber,
    /// The buyer's account did not take the money: it goes to another one, which a person has to name.
    Elsewhere,
    /// A person has to settle it.
    ByHand,
}

/// A code that we know.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownCode {
    pub code: &'static str,
    pub remedy: Remedy,
    /// In Chinese, for staff and for the buyer.
    pub words: &'static str,
}
