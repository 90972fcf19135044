//! How far a connection is, and since when: written by the connection as it goes, read by whoever ends those that are late.

use crate::server::limits::{BODY_BYTES_A_SECOND, BODY_GAP, HEADER_TIME, IDLE_TIME, LEAVE_TIME, PAUSE_TIME, TAKE_TIME, WRITE_GAP};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a connection is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The end of what it sends after our last answer.
    Leaving,
    /// The next request.
    Idle,
    /// The rest of the headers.
    Headers,
    /// The rest of the body.
    Body,
    /// Our answer.
    Answer,
}

impl Phase {
    /// In the order of their numbers, so that a number is read back as its phase.
    const ALL: [Self; 5] = [Self::Leaving, Self::Idle, Self::Headers, Self::Body, Self::Answer];
}

const _: () = {
    let mut number = 0;
    while number < Phase::ALL.len() {
        assert!(Phase::ALL[number] as usize == number, "the list has another order than the phases");
        number += 1;
    }
};

/// The order in which connections are closed when there are too many: the first variant first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Leaving,
    /// It has stopped in the middle of a request or an answer, or sends drop by drop.
    Slow,
    /// People between two of their requests.
    Pausing,
    /// Newly connected. This and all ranks below have not kept us waiting.
    Fresh,
    /// It has just been answered, and may be asking for more.
    Answered,
    Asking,
    BeingAnswered,
}

/// What the connection notes of itself, for others to read at any moment.
///
/// Writes do not meet: one task moves a connection on, its bodies included. Others read two pairs, `since` with `phase` and `since` with `wanted`. In
/// both the time is written before the flag (`Release`), and the flag is read before the time (`Acquire`): who sees the flag sees its time, never one
/// of long ago, by which a client would be late. What else a phase begins with is written before the phase too. The rest is `Relaxed`: `stuck` is flag
/// and time in one, `arrived` and `waited` may lag by the piece that has just come, and nobody else reads `unread` and `spoken`.
pub struct ConnectionProgress {
    phase: AtomicU8,
    /// When it came to this phase, or last moved on in it, in milliseconds from `born`.
    since: AtomicU64,
    /// Somebody wants more of the headers or of the body, and it is not there.
    wanted: AtomicBool,
    /// Bytes of the body that have arrived, and how many milliseconds somebody waited for them.
    arrived: AtomicU64,
    waited: AtomicU64,
    /// Since when the client has taken nothing of an answer; zero while it takes.
    stuck: AtomicU64,
    /// A body was left before its end.
    unread: AtomicBool,
    /// Something of the next request has arrived.
    spoken: AtomicBool,
    born: Instant,
}

impl ConnectionProgress {
    pub fn new() -> Self {
        Self {
            phase: AtomicU8::new(Phase::Headers as u8),
            since: AtomicU64::new(0),
            wanted: AtomicBool::new(false),
            arrived: AtomicU64::new(0),
            waited: AtomicU64::new(0),
            stuck: AtomicU64::new(0),
            unread: AtomicBool::new(false),
            spoken: AtomicBool::new(false),
            born: Instant::now(),
        }
    }

    /// Something has arrived.
    pub fn note_bytes(&self) {
        self.spoken.store(true, Ordering::Relaxed);
        // While our answer waits to be taken, nothing more is looked at: it is still the client who takes time.
        if self.phase() == Phase::Idle && !self.is_stuck() {
            self.wanted.store(false, Ordering::Relaxed);
            self.enter(Phase::Headers);
        }
    }

    /// More of the headers is wanted, and is not there.
    pub fn await_headers(&self) {
        if self.phase() == Phase::Headers {
            self.await_client();
        }
    }

    /// The headers have arrived.
    pub fn note_headers(&self, body_follows: bool) {
        self.wanted.store(false, Ordering::Relaxed);
        self.unread.store(false, Ordering::Relaxed);
        self.arrived.store(0, Ordering::Relaxed);
        self.waited.store(0, Ordering::Relaxed);
        self.enter(if body_follows { Phase::Body } else { Phase::Answer });
    }

    /// More of the body is wanted, and is not there.
    pub fn await_body(&self) {
        self.await_client();
    }

    /// The client's time starts here; before, the delay may be ours.
    fn await_client(&self) {
        if !self.wanted.load(Ordering::Relaxed) {
            self.since.store(self.now(), Ordering::Relaxed);
            self.wanted.store(true, Ordering::Release);
        }
    }

    /// A piece of the body has arrived.
    pub fn note_body(&self, bytes: usize) {
        self.arrived.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
        if self.wanted.swap(false, Ordering::Relaxed) {
            self.waited.fetch_add(millis(self.waits()), Ordering::Relaxed);
        }
        self.since.store(self.now(), Ordering::Relaxed);
    }

    /// Nobody wants the rest of the body.
    pub fn abandon_body(&self) {
        self.unread.store(true, Ordering::Relaxed);
    }

    /// The body has arrived, or nobody wants the rest.
    pub fn note_request_end(&self) {
        if self.phase() == Phase::Body {
            self.enter(Phase::Answer);
        }
    }

    /// The answer is written; the next request may come.
    pub fn note_answer(&self) {
        self.spoken.store(false, Ordering::Relaxed);
        self.enter(Phase::Idle);
    }

    /// No answer follows. `true` if the client may still be sending what nobody has read: the rest of a body, or of headers that were refused.
    pub fn begin_leaving(&self) -> bool {
        let headers = self.phase() == Phase::Headers && self.spoken.load(Ordering::Relaxed);
        let unread = headers || self.unread.load(Ordering::Relaxed);
        self.enter(Phase::Leaving);
        unread
    }

    /// The client takes a piece of the answer, or does not for now.
    pub fn note_write(&self, taken: bool) {
        let stuck = self.stuck.load(Ordering::Relaxed);
        match (taken, stuck) {
            (true, 0) => {}
            (true, _) => self.stuck.store(0, Ordering::Relaxed),
            (false, 0) => self.stuck.store(self.now().max(1), Ordering::Relaxed),
            (false, _) => {}
        }
    }

    pub fn phase(&self) -> Phase {
        Phase::ALL[usize::from(self.phase.load(Ordering::Acquire))]
    }

    /// For how long it has been where it is.
    pub fn waits(&self) -> Duration {
        Duration::from_millis(self.now().saturating_sub(self.since.load(Ordering::Relaxed)))
    }

    /// Is there more of an answer than the client takes for now?
    pub fn is_stuck(&self) -> bool {
        self.stuck.load(Ordering::Relaxed) > 0
    }

    /// For how long the client has taken nothing of an answer.
    fn stuck_for(&self) -> Duration {
        match self.stuck.load(Ordering::Relaxed) {
            0 => Duration::ZERO,
            since => Duration::from_millis(self.now().saturating_sub(since)),
        }
    }

    pub fn rank(&self) -> Rank {
        let phase = self.phase();
        match phase {
            Phase::Leaving => Rank::Leaving,
            Phase::Headers | Phase::Body | Phase::Answer if self.is_slow(phase) => Rank::Slow,
            Phase::Idle if self.waits() > PAUSE_TIME => Rank::Pausing,
            Phase::Headers if self.waits_for_client(phase) => Rank::Fresh,
            Phase::Idle => Rank::Answered,
            Phase::Headers | Phase::Body => Rank::Asking,
            Phase::Answer => Rank::BeingAnswered,
        }
    }

    /// Has its client stopped in the middle of a request or an answer, or does it send drop by drop?
    fn is_slow(&self, phase: Phase) -> bool {
        let waits = if self.waits_for_client(phase) { self.waits() } else { Duration::ZERO };
        match phase {
            Phase::Leaving | Phase::Idle => false,
            Phase::Headers => waits > PAUSE_TIME,
            // One that has brought much may pause: phones lose their line for a moment.
            Phase::Body => {
                let waited = self.waited.load(Ordering::Relaxed) + millis(waits);
                let owed = waited * BODY_BYTES_A_SECOND / 1000;
                waited > millis(PAUSE_TIME) && self.arrived.load(Ordering::Relaxed) < owed
            }
            Phase::Answer => self.stuck_for() > TAKE_TIME,
        }
    }

    /// Is it the client who takes time? It may be us, who have not looked yet, or have no memory for the body.
    fn waits_for_client(&self, phase: Phase) -> bool {
        match phase {
            Phase::Leaving | Phase::Idle => true,
            Phase::Headers | Phase::Body => self.wanted.load(Ordering::Acquire),
            Phase::Answer => false,
        }
    }

    /// Has its client taken longer than it may?
    pub fn is_late(&self) -> bool {
        let phase = self.phase();
        let limit = match phase {
            Phase::Leaving => LEAVE_TIME,
            Phase::Idle => IDLE_TIME,
            Phase::Headers => HEADER_TIME,
            Phase::Body => BODY_GAP,
            Phase::Answer => Duration::MAX,
        };
        self.stuck_for() > WRITE_GAP || (self.waits_for_client(phase) && self.waits() > limit)
    }

    fn enter(&self, phase: Phase) {
        self.since.store(self.now(), Ordering::Relaxed);
        self.phase.store(phase as u8, Ordering::Release);
    }

    fn now(&self) -> u64 {
        millis(self.born.elapsed())
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
