//! When a connection is ended, and for whose sake.

use super::*;

/// As if so many seconds had gone by.
fn passes(state: &mut State, seconds: u64) {
    state.born -= Duration::from_secs(seconds);
}

#[test]
fn who_stops_halfway_is_ended_before_people_between_two_requests() {
    let mut state = State::new();
    let mut seen = vec![state.rank()];
    passes(&mut state, 3);
    seen.push(state.rank());
    state.wants_headers();
    seen.push(state.rank());
    passes(&mut state, 3);
    seen.push(state.rank());
    state.has_answered();
    seen.push(state.rank());
    passes(&mut state, 3);
    seen.push(state.rank());
    let expected = [Rank::Asking, Rank::Asking, Rank::Fresh, Rank::Slow, Rank::Answered, Rank::Pausing];
    assert_eq!(seen, expected, "first it is us who have not looked");
}

#[test]
fn a_body_that_comes_drop_by_drop_is_as_good_as_none() {
    let mut state = State::new();
    let arrives = |state: &mut State, pieces: usize, bytes: usize| {
        state.has_headers(true);
        for _ in 0..pieces {
            state.wants_body();
            passes(state, 1);
            state.has_body(bytes);
        }
        state.wants_body();
        state.rank()
    };
    assert_eq!(arrives(&mut state, 2, 1), Rank::Asking, "nobody has waited long");
    assert_eq!(arrives(&mut state, 4, 1), Rank::Slow);
    assert_eq!(arrives(&mut state, 4, 2_000), Rank::Asking);
    passes(&mut state, 3);
    assert_eq!(state.rank(), Rank::Asking, "a pause");
    passes(&mut state, 2);
    assert_eq!(state.rank(), Rank::Slow, "and then it stops");
    // While we have no memory for it, it is not the client who takes time.
    state.has_headers(true);
    passes(&mut state, 60);
    assert!(state.rank() == Rank::Asking && !state.is_late());
}

#[test]
fn an_answer_that_nobody_takes_is_ended_soon_where_places_run_out() {
    let mut state = State::new();
    state.has_headers(false);
    state.writes(false);
    assert_eq!(state.rank(), Rank::BeingAnswered);
    passes(&mut state, 6);
    assert_eq!((state.rank(), state.is_late()), (Rank::Slow, false));
    state.writes(true);
    assert_eq!(state.rank(), Rank::BeingAnswered);
    state.writes(false);
    passes(&mut state, 31);
    assert!(state.is_late());
}

#[test]
fn who_speaks_on_while_our_answer_waits_is_no_newcomer() {
    let mut state = State::new();
    state.has_headers(false);
    state.has_answered();
    state.writes(false);
    state.has_read();
    passes(&mut state, 3);
    assert_eq!((state.phase(), state.rank()), (Phase::Idle, Rank::Pausing));
}

#[test]
fn only_who_may_still_be_speaking_is_heard_out() {
    let silent = State::new();
    assert!(!silent.leaves());
    let half = State::new();
    half.has_read();
    assert!(half.leaves());
    let whole = State::new();
    whole.has_read();
    whole.has_headers(true);
    whole.has_request();
    whole.has_answered();
    assert!(!whole.leaves());
}
