//! Growing beyond one process: what each tells of itself, how it leaves, and the files it is set up with.

mod connections;
mod deploy;
mod leaving;
mod metrics;
pub mod process;
pub mod proxies;
mod shared;
mod traces;
