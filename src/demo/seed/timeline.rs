//! Many stories by one clock: whatever happens next, in whichever of them, happens in the order of time, so that what was counted before it is
//! what a reader finds before it.

use crate::domain::Timestamp;
use crate::server::clock::MockClock;
use crate::server::error::Result;
use futures_util::future::{BoxFuture, try_join_all};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// Begins with a moment to wait for, before anything else.
pub type Story<'a> = BoxFuture<'a, Result<()>>;

pub struct SeedTimeline {
    clock: Arc<MockClock>,
    stage: Mutex<Waiters>,
}

/// Those who wait, by the moment they wait for, then as they came.
#[derive(Default)]
struct Waiters {
    waiting: BTreeMap<(i64, u64), Waker>,
    came: u64,
    /// One of them goes on; the others wait until it waits in turn, or has ended.
    taken: bool,
}

impl SeedTimeline {
    pub fn new(clock: Arc<MockClock>) -> Self {
        Self { clock, stage: Mutex::default() }
    }

    /// Tells them all, side by side.
    pub async fn tell(&self, stories: Vec<Story<'_>>) -> Result<()> {
        let told = stories.into_iter().map(|story| async move {
            let done = story.await;
            self.stage().leave();
            done
        });
        try_join_all(told).await.map(drop)
    }

    /// Goes on when the clock shows this moment, and everything that comes before it has happened.
    pub async fn until(&self, moment: Timestamp) {
        let mut place = None;
        poll_fn(|context| self.stage().turn(&mut place, moment, context)).await;
        self.clock.set(moment);
    }

    fn stage(&self) -> std::sync::MutexGuard<'_, Waiters> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiters {
    fn turn(&mut self, place: &mut Option<(i64, u64)>, moment: Timestamp, context: &Context<'_>) -> Poll<()> {
        let Some(known) = *place else {
            self.came += 1;
            *place = Some((moment.0, self.came));
            self.waiting.insert((moment.0, self.came), context.waker().clone());
            self.leave();
            return Poll::Pending;
        };
        if self.taken || self.waiting.keys().next() != Some(&known) {
            self.waiting.insert(known, context.waker().clone());
            return Poll::Pending;
        }
        self.waiting.remove(&known);
        self.taken = true;
        Poll::Ready(())
    }

    /// Lets the earliest of those who wait go on.
    fn leave(&mut self) {
        self.taken = false;
        if let Some((_, earliest)) = self.waiting.first_key_value() {
            earliest.wake_by_ref();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_comes_first_happens_first_whoever_tells_it() {
        let clock = Arc::new(MockClock::at(Timestamp(0)));
        let (timeline, seen) = (SeedTimeline::new(clock), Mutex::new(Vec::new()));
        let story = |moments: &'static [i64]| {
            let (timeline, seen) = (&timeline, &seen);
            let told: Story<'_> = Box::pin(async move {
                for moment in moments {
                    timeline.until(Timestamp(*moment)).await;
                    // Busy with something else meanwhile.
                    tokio::task::yield_now().await;
                    seen.lock().unwrap_or_else(PoisonError::into_inner).push(*moment);
                }
                Ok(())
            });
            told
        };
        timeline.tell(vec![story(&[5, 9, 40]), story(&[1, 6, 7, 30]), story(&[2]), story(&[6, 50])]).await.unwrap();
        assert_eq!(*seen.lock().unwrap(), [1, 2, 5, 6, 6, 7, 9, 30, 40, 50]);
    }
}
