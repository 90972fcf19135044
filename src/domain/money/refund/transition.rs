//! What happens to a refund. Each event takes it where the table says, or is refused; the store writes what comes out and decides nothing.
//!
//! | Event | From | To |
//! |---|---|---|
//! | `ask` | created, submitted, unknown, retryable | submitted |
//! | `accept` | submitted, unknown | submitted |
//! | `lose_answer` | all but succeeded | unknown |
//! | `retry_later` | all but succeeded | retryable |
//! | `fail` | all but succeeded | failed |
//! | `leave_to_person` | all but manual and succeeded | manual |
//! | `send_elsewhere` | failed | unknown |
//! | `come_back` | unknown | failed |
//! | `try_again` | failed | retryable |
//! | `arrive` | all but succeeded, unless it went to the shop | succeeded |
//! | `give_back` | created, failed, manual | succeeded |
//!
//! The gateway may speak late and out of turn: its word counts wherever the money has not arrived (B3, M10). Nothing leaves succeeded.

use super::{Arrival, Refund, RefundState as State, RefundStatus as Status};
use crate::domain::invalid_transition::InvalidTransition;
use crate::domain::money::payment::Tender;
use crate::domain::money::way_back::Elsewhere;
use crate::domain::time::Timestamp;

type RefundTransition = Result<Refund, InvalidTransition>;

impl Refund {
    /// The gateway is about to be asked for it.
    pub fn ask(self, now: Timestamp) -> RefundTransition {
        self.require("ask", self.status().is_for_worker())?;
        Ok(Self { state: State::Submitted, asked_at: Some(now), ..self })
    }

    /// The gateway has taken it. That is no news once its outcome was told, or before it was asked.
    pub fn accept(self) -> RefundTransition {
        self.require("accept", self.status().may_be_sent())?;
        Ok(Self { state: State::Submitted, ..self })
    }

    /// The gateway's answer did not come, or cannot be believed.
    pub fn lose_answer(self, trouble: &str) -> RefundTransition {
        self.require("lose_answer", !self.has_arrived())?;
        Ok(Self { state: State::Unknown { trouble: trouble.to_owned() }, ..self })
    }

    /// It was not taken this time; the same is sent again (M9).
    pub fn retry_later(self, trouble: &str) -> RefundTransition {
        self.require("retry_later", !self.has_arrived())?;
        Ok(Self { state: State::Retryable { trouble: trouble.to_owned() }, ..self })
    }

    /// The gateway has refused for good.
    pub fn fail(self, trouble: &str) -> RefundTransition {
        self.require("fail", !self.has_arrived())?;
        Ok(Self { state: State::Failed { trouble: trouble.to_owned() }, ..self })
    }

    /// No channel pays it, or not any more: from here on it is finance's.
    pub fn leave_to_person(self, trouble: &str) -> RefundTransition {
        self.require("leave_to_person", !matches!(self.status(), Status::Manual | Status::Succeeded))?;
        Ok(Self { state: State::Manual { trouble: trouble.to_owned() }, ..self })
    }

    /// The gateway is about to be asked for another account; until it is known what became of that, nobody may pay it in another way (B2).
    pub fn send_elsewhere(self, to: Elsewhere, now: Timestamp) -> RefundTransition {
        self.require("send_elsewhere", self.status() == Status::Failed)?;
        Ok(Self { state: State::Unknown { trouble: String::new() }, elsewhere: Some((to, now)), ..self })
    }

    /// The gateway has not taken the wish for another account: it stands where it stood.
    pub fn come_back(self, trouble: &str) -> RefundTransition {
        self.require("come_back", self.status() == Status::Unknown)?;
        Ok(Self { state: State::Failed { trouble: trouble.to_owned() }, elsewhere: None, ..self })
    }

    /// A person sends it out again: by its own number, or by a new one if the gateway closed the old for good (M9).
    pub fn try_again(self, new_number: Option<String>) -> RefundTransition {
        self.require("try_again", self.status() == Status::Failed)?;
        let state = State::Retryable { trouble: String::new() };
        Ok(match new_number {
            Some(number) => Self { state, number, elsewhere: None, ..self },
            None => Self { state, ..self },
        })
    }

    /// The gateway has paid it to the buyer; once (B1, B3).
    pub fn arrive(self, arrival: Arrival) -> RefundTransition {
        self.require("arrive", !self.has_arrived() && !self.goes_to_shop())?;
        Ok(Self { state: State::Succeeded(arrival), ..self })
    }

    /// Given back without the gateway: into the wallet, or outside. Money that may be under way is not given a second time (B2).
    pub fn give_back(self, by_way_of: Tender, arrival: Arrival) -> RefundTransition {
        self.require("give_back", self.status() == Status::Created || self.status().waits_for_person())?;
        Ok(Self { state: State::Succeeded(arrival), tender: by_way_of, ..self })
    }

    fn require(&self, event: &'static str, knows: bool) -> Result<(), InvalidTransition> {
        if knows { Ok(()) } else { Err(InvalidTransition { from: self.status().code(), event }) }
    }
}
