//! What speaks HTTP on top of the use-cases: connections, requests as they arrive, forms and what is read from them, sessions, callbacks, and the
//! files beside the pages.

pub mod assets;
pub mod callbacks;
pub mod client;
pub mod compression;
pub mod extract;
pub mod form;
pub mod forms;
pub mod headers;
pub mod health;
pub mod metrics;
pub mod net;
pub mod posts;
pub mod problem;
pub mod session;
pub mod telemetry;
pub mod turns;
pub mod visitor;
