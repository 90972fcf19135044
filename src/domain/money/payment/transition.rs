//! What happens to a payment. Each event takes it where the table says, or is refused; the store writes what comes out and decides nothing.
//!
//! | Event | From | To |
//! |---|---|---|
//! | `succeed` | pending | succeeded |
//! | `hold` | pending, void | held |
//! | `exceed` | pending, void | surplus |
//! | `close` | pending | void |
//! | `complete` | held | succeeded |
//! | `end_unpaid` | pending | void |
//! | `end_unpaid` | held | void if it is the wallet's, surplus if a gateway took it |
//!
//! A gateway may bring money for what was void long ago: it is booked, and never counts for the order by itself (B29). Nothing leaves succeeded
//! or surplus: what goes back from there is a refund.

use super::{Payment, PaymentState as State, PaymentStatus as Status};
use crate::domain::invalid_transition::InvalidTransition;
use crate::domain::money::Money;
use crate::domain::time::Timestamp;

type PaymentTransition = Result<Payment, InvalidTransition>;

impl Payment {
    /// The gateway has taken what was asked for, and the order is paid with it.
    pub fn succeed(self, trade_no: &str, now: Timestamp) -> PaymentTransition {
        self.require("succeed", self.status() == Status::Pending)?;
        Ok(Self { state: State::Succeeded { at: now, collected_at: None }, trade_no: Some(trade_no.to_owned()), ..self })
    }

    /// Finance counts what the gateway took towards the order, whatever was asked for; it is held until the rest is paid.
    pub fn hold(self, took: Money, trade_no: &str, now: Timestamp) -> PaymentTransition {
        self.require("hold", !self.status().is_booked())?;
        Ok(Self { state: State::Held { taken_at: Some(now) }, amount: took, trade_no: Some(trade_no.to_owned()), ..self })
    }

    /// The gateway took what the order does not want: it goes back.
    pub fn exceed(self, took: Money, trade_no: &str, now: Timestamp) -> PaymentTransition {
        self.require("exceed", !self.status().is_booked())?;
        Ok(Self { state: State::Surplus { at: now }, amount: took, trade_no: Some(trade_no.to_owned()), ..self })
    }

    /// Nobody can pay it any more.
    pub fn close(self) -> PaymentTransition {
        self.require("close", self.status() == Status::Pending)?;
        Ok(Self { state: State::Void, ..self })
    }

    /// The last tender has come: what was held counts.
    pub fn complete(self, now: Timestamp) -> PaymentTransition {
        self.require("complete", self.status() == Status::Held)?;
        Ok(Self { state: State::Succeeded { at: now, collected_at: None }, ..self })
    }

    /// The order ends unpaid: what the wallet held is the buyer's again, and what a gateway took goes back by it (S8).
    pub fn end_unpaid(self, now: Timestamp) -> PaymentTransition {
        self.require("end_unpaid", matches!(self.status(), Status::Pending | Status::Held))?;
        let goes_back = self.status() == Status::Held && self.tender.is_online();
        Ok(Self { state: if goes_back { State::Surplus { at: now } } else { State::Void }, ..self })
    }

    fn require(&self, event: &'static str, knows: bool) -> Result<(), InvalidTransition> {
        if knows { Ok(()) } else { Err(InvalidTransition { from: self.status().code(), event }) }
    }
}
