//! When a connection is ended, and for whose sake.

use super::*;

/// As if so many seconds had gone by.
fn passes(progress: &mut ConnectionProgress, seconds: u64) {
    progress.born -= Duration::from_secs(seconds);
}

#[test]
fn who_stops_halfway_is_ended_before_people_between_two_requests() {
    let mut progress = ConnectionProgress::new();
    let mut seen = vec![progress.rank()];
    passes(&mut progress, 3);
    seen.push(progress.rank());
    progress.await_headers();
    seen.push(progress.rank());
    passes(&mut progress, 3);
    seen.push(progress.rank());
    progress.note_answer();
    seen.push(progress.rank());
    passes(&mut progress, 3);
    seen.push(progress.rank());
    let expected = [Rank::Asking, Rank::Asking, Rank::Fresh, Rank::Slow, Rank::Answered, Rank::Pausing];
    assert_eq!(seen, expected, "first it is us who have not looked");
}

#[test]
fn a_body_that_comes_drop_by_drop_is_as_good_as_none() {
    let mut progress = ConnectionProgress::new();
    let arrives = |progress: &mut ConnectionProgress, pieces: usize, bytes: usize| {
        progress.note_headers(true);
        for _ in 0..pieces {
            progress.await_body();
            passes(progress, 1);
            progress.note_body(bytes);
        }
        progress.await_body();
        progress.rank()
    };
    assert_eq!(arrives(&mut progress, 2, 1), Rank::Asking, "nobody has waited long");
    assert_eq!(arrives(&mut progress, 4, 1), Rank::Slow);
    assert_eq!(arrives(&mut progress, 4, 2_000), Rank::Asking);
    passes(&mut progress, 3);
    assert_eq!(progress.rank(), Rank::Asking, "a pause");
    passes(&mut progress, 2);
    assert_eq!(progress.rank(), Rank::Slow, "and then it stops");
    // While we have no memory for it, it is not the client who takes time.
    progress.note_headers(true);
    passes(&mut progress, 60);
    assert!(progress.rank() == Rank::Asking && !progress.is_late());
}

#[test]
fn an_answer_that_nobody_takes_is_ended_soon_where_places_run_out() {
    let mut progress = ConnectionProgress::new();
    progress.note_headers(false);
    progress.note_write(false);
    assert_eq!(progress.rank(), Rank::BeingAnswered);
    passes(&mut progress, 6);
    assert_eq!((progress.rank(), progress.is_late()), (Rank::Slow, false));
    progress.note_write(true);
    assert_eq!(progress.rank(), Rank::BeingAnswered);
    progress.note_write(false);
    passes(&mut progress, 31);
    assert!(progress.is_late());
}

#[test]
fn who_speaks_on_while_our_answer_waits_is_no_newcomer() {
    let mut progress = ConnectionProgress::new();
    progress.note_headers(false);
    progress.note_answer();
    progress.note_write(false);
    progress.note_bytes();
    passes(&mut progress, 3);
    assert_eq!((progress.phase(), progress.rank()), (Phase::Idle, Rank::Pausing));
}

#[test]
fn only_who_may_still_be_speaking_is_heard_out() {
    let silent = ConnectionProgress::new();
    assert!(!silent.begin_leaving());
    let half = ConnectionProgress::new();
    half.note_bytes();
    assert!(half.begin_leaving());
    let whole = ConnectionProgress::new();
    whole.note_bytes();
    whole.note_headers(true);
    whole.note_request_end();
    whole.note_answer();
    assert!(!whole.begin_leaving());
}
