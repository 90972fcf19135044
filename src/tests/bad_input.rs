//! Input that cannot be: each gets its words in Chinese, keeps what was typed, and writes nothing it should not.

mod addresses;
mod applications;
mod bombs;
mod checkout;
mod injection;
mod more_pictures;
mod pictures;
mod sessions;
mod strangers;
mod texts;
mod twice;
mod waybills;
