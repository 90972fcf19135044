//! SQLite's one writer, and its group commit: transactions of background work are written to the disk together and wait for it once, each a
//! savepoint of its own, undone alone; none is told that it is done before the disk has it.

use super::trouble::Trouble;
use sqlx::{Any, AnyConnection, AnyPool, Executor, Transaction};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// Who has waited for so long is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(10);

tokio::task_local! {
    static GROUP_COMMIT: ();
}

/// Lets the transactions of this work share a commit. Not for what people ask: a refusal would tell them of something that is
/// not on the disk yet.
pub async fn group_commit<F: Future>(future: F) -> F::Output {
    GROUP_COMMIT.scope((), future).await
}

#[derive(Clone)]
pub struct Writer {
    pool: AnyPool,
    queue: WriteQueue,
}

type WriteQueue = Arc<Mutex<WriterState>>;

/// What the writer knows between two transactions.
#[derive(Default)]
struct WriterState {
    group: Option<CommitGroup>,
    /// A transaction has begun and not ended: found by the next one, it was broken off.
    begun: bool,
    /// When the engine was last found locked by another process.
    locked_at: Option<Instant>,
}

/// Transactions that will be on the disk together, or not at all.
struct CommitGroup {
    inner: Transaction<'static, Any>,
    /// The last turn's savepoint stands.
    savepoint: bool,
    outcome: watch::Sender<CommitOutcome>,
}

/// Where a turn begins, but for the first of a group, which begins with the transaction.
const FIRST_SAVEPOINT: &str = "SAVEPOINT turn";
/// Lets go of the one before and sets the next, said at once: each saying is a change of threads.
const NEXT_SAVEPOINT: &str = "RELEASE turn; SAVEPOINT turn";
const UNDO: &str = "ROLLBACK TO turn";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CommitOutcome {
    Open,
    Kept,
    Lost,
}

/// A transaction's time with the writer; dropped without `commit`, nothing of it remains.
pub struct WriteTicket {
    grouped: bool,
    queue: WriteQueue,
    state: Option<OwnedMutexGuard<WriterState>>,
}

impl Writer {
    /// A writer over a pool of one connection.
    pub fn new(pool: AnyPool) -> Self {
        Self { pool, queue: WriteQueue::default() }
    }

    /// Waits for its turn, behind those who came before.
    pub async fn begin(&self) -> sqlx::Result<WriteTicket> {
        let came = Instant::now();
        let waited = tokio::time::timeout(PATIENCE, self.queue.clone().lock_owned()).await;
        let mut state = waited.map_err(|_| sqlx::Error::PoolTimedOut)?;
        // One of those before has waited for the other process, and for all who stood behind it.
        if state.locked_at.is_some_and(|locked| locked > came) {
            return Err(sqlx::Error::Io(io::ErrorKind::WouldBlock.into()));
        }
        state.tidy().await;
        let grouped = GROUP_COMMIT.try_with(|()| ()).is_ok();
        if !grouped && state.group.is_some() {
            state = in_any_case(async move {
                state.close().await;
                state
            })
            .await?;
        }
        let begun = state.begin(&self.pool).await;
        let ticket = WriteTicket { grouped, queue: self.queue.clone(), state: Some(state) };
        begun.map(|()| ticket)
    }
}

impl WriterState {
    async fn begin(&mut self, pool: &AnyPool) -> sqlx::Result<()> {
        if let Some(group) = &mut self.group {
            // Cut off while it is said, nothing has begun: the next sets a savepoint anew, over whatever stands there.
            let statements = if std::mem::take(&mut group.savepoint) { NEXT_SAVEPOINT } else { FIRST_SAVEPOINT };
            let said = sqlx::raw_sql(statements).execute(&mut *group.inner).await;
            if said.is_err() {
                self.lose();
            } else {
                group.savepoint = true;
                self.begun = true;
            }
            return said.map(drop);
        }
        // The lock at once: a transaction that reads first and writes later fails (517).
        let begun = pool.begin_with("BEGIN IMMEDIATE").await;
        if begun.as_ref().is_err_and(|error| Trouble::of(error) == Some(Trouble::Locked)) {
            self.locked_at = Some(Instant::now());
        }
        let inner = begun?;
        self.group = Some(CommitGroup { inner, savepoint: false, outcome: watch::Sender::new(CommitOutcome::Open) });
        self.begun = true;
        Ok(())
    }

    /// Undoes a turn that was broken off, and leaves the others of its group alone.
    async fn tidy(&mut self) {
        let Some(group) = self.group.as_mut().filter(|_| self.begun) else { return };
        // What is undone remains as a savepoint with nothing behind it, until the next turn lets go of it.
        if group.savepoint && group.inner.execute(UNDO).await.is_ok() {
            self.begun = false;
            return;
        }
        // Its only turn, or the engine has given up the whole.
        self.lose();
    }

    fn lose(&mut self) {
        self.begun = false;
        if let Some(group) = self.group.take() {
            group.outcome.send_replace(CommitOutcome::Lost);
        }
    }

    /// The turn has done what it wanted; what becomes of it is told later.
    fn end(&mut self) -> sqlx::Result<watch::Receiver<CommitOutcome>> {
        let group = self.group.as_ref().ok_or(sqlx::Error::WorkerCrashed)?;
        self.begun = false;
        Ok(group.outcome.subscribe())
    }

    /// A turn that shared with nobody is on the disk.
    async fn close_alone(&mut self) -> sqlx::Result<()> {
        self.begun = false;
        match self.group.take() {
            Some(group) => group.inner.commit().await,
            None => Err(sqlx::Error::WorkerCrashed),
        }
    }

    /// Writes to the disk what lies there.
    async fn close(&mut self) {
        let Some(CommitGroup { inner, outcome, .. }) = self.group.take() else { return };
        let kept = inner.commit().await;
        if let Err(error) = &kept {
            tracing::error!(%error, "what was written is not kept");
        }
        outcome.send_replace(if kept.is_ok() { CommitOutcome::Kept } else { CommitOutcome::Lost });
    }
}

impl WriteTicket {
    pub fn conn(&mut self) -> &mut AnyConnection {
        const HELD: &str = "a turn has its group until it ends";
        &mut self.state.as_mut().and_then(|state| state.group.as_mut()).expect(HELD).inner
    }

    /// Comes back when it is on the disk; in a group it lets the next in meanwhile.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        let Some(mut state) = self.state.take() else { return Err(sqlx::Error::WorkerCrashed) };
        if !self.grouped {
            return state.close_alone().await;
        }
        let outcome = state.end();
        drop(state);
        in_any_case(kept(self.queue.clone(), outcome?)).await?
    }
}

/// Work for others than who waits for it: it goes on when that one hangs up.
async fn in_any_case<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> sqlx::Result<T> {
    tokio::spawn(future).await.map_err(|error| sqlx::Error::Io(io::Error::other(error)))
}

/// Behind those who were waiting already: they are of the same group, and the first whose turn comes again closes it for all.
async fn kept(queue: WriteQueue, mut outcome: watch::Receiver<CommitOutcome>) -> sqlx::Result<()> {
    let mut told = outcome.clone();
    let closed = async { drop(told.wait_for(|outcome| *outcome != CommitOutcome::Open).await) };
    tokio::select! {
        biased;
        () = closed => {}
        mut state = queue.lock_owned() => {
            state.tidy().await;
            if *outcome.borrow() == CommitOutcome::Open {
                state.close().await;
            }
        }
    }
    match *outcome.borrow_and_update() {
        CommitOutcome::Kept => Ok(()),
        CommitOutcome::Open | CommitOutcome::Lost => Err(sqlx::Error::Io(io::Error::other("the database did not keep what was written"))),
    }
}

impl Drop for WriteTicket {
    fn drop(&mut self) {
        let Some(state) = self.state.take() else { return };
        drop(state);
        let queue = self.queue.clone();
        // Nobody else may come for long, and the file is locked for other processes.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { queue.lock_owned().await.tidy().await });
        }
    }
}
