//! What speaks HTTP on top of the use-cases: forms as they are sent.

pub mod form;
