//! Guitu (归途, "the way back"): the order and after-sales system of an online shop.
//!
//! Floors, imports go downwards only: `domain` ← `error`, `routes` ← `ui` ← `islands` ‖ `server::store` ← `server` ← `pages`.
#![cfg(feature = "app")]

pub mod domain;
#[cfg(feature = "hydrate")]
mod hydrate;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod sandbox;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod start;
pub mod ui;
