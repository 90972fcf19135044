//! The only code that runs in the browser: one widget a file, each around what the server has already drawn.
//!
//! Every page works without it. Props are text and numbers, and no first render asks for the time or the window: what the browser
//! draws first must be what the server drew.

#[cfg(any(feature = "ssr", feature = "asking"))]
pub mod asking;
mod copy_button;
mod countdown;
mod dialog;
mod dom;
mod parcels;
mod picture_picker;
mod shrink;
mod submit_once;

pub use copy_button::*;
pub use countdown::*;
pub use dialog::*;
pub use parcels::*;
pub use picture_picker::*;
pub use submit_once::*;
