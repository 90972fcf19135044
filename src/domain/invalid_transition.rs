//! An event that is not for the state it met.

/// Somebody was first, or it is over: the state does not know the event, and nothing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event} is not for what is {from}")]
pub struct InvalidTransition {
    /// The status as stored.
    pub from: &'static str,
    pub event: &'static str,
}
