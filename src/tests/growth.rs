//! Growing beyond one process: what each tells of itself, how it leaves, and the files it is set up with.

mod deploy;
mod leaving;
mod metrics;
mod process;
mod proxies;
mod shared;
mod traces;
