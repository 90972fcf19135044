//! The shop itself: the rules it goes by, and whether it was made up. May name `people`.

pub mod policy;
pub mod seeded;
