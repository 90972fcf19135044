//! File handles: every connection takes one, and many systems give a process few unless it asks.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Asks for as many as the process may have, and returns how many it has.
pub fn raise_file_handles() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    if let Err(error) = &raised {
        tracing::warn!(%error, "the limit of file handles stays as it is");
    }
    let handles = if raised.is_ok() { maximum } else { current };
    handles.map_or(usize::MAX, |handles| usize::try_from(handles).unwrap_or(usize::MAX))
}
