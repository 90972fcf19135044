//! What speaks HTTP on top of the use-cases: connections, requests as they arrive, callbacks, and the files beside the pages.

pub mod assets;
pub mod callbacks;
pub mod client;
pub mod form;
pub mod headers;
pub mod health;
pub mod metrics;
pub mod net;
pub mod telemetry;
pub mod turns;
