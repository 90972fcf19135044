//! Guitu (归途, "the way back"): the order and after-sales system of an online shop.
//!
//! Floors, imports go downwards only, and `src/tests/floors.rs` holds them to it: `domain`, `routes` ← `ui` ← `islands`, which `hydrate` begins in the
//! browser; `domain` ← `text`, `routes` ← `server` ← `http` ← `demo`; `pages` stands on `islands` and `http`, `start` on all of it.
#![cfg(feature = "app")]
#![deny(clippy::print_stdout, clippy::print_stderr, reason = "they panic where nothing can be written")]

#[cfg(any(feature = "ssr", feature = "asking"))]
pub mod api;
/// The sandbox gateway and the seeds, or what refuses them where the program was built without.
#[cfg(feature = "ssr")]
#[cfg_attr(not(feature = "demo"), path = "demo/absent.rs")]
pub mod demo;
pub mod domain;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "hydrate")]
mod hydrate;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod start;
pub mod text;
pub mod ui;
