//! Machinery: what a program needs whatever it sells: settings, keys, files, backups, checks. Names no trade.

pub mod backup;
pub mod config;
pub mod digest;
pub mod files;
pub mod metrics;
pub mod pictures;
pub mod sealing;
pub mod secret_box;
pub mod shutdown;
pub mod telemetry;
pub mod verify;
