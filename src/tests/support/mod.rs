//! The stage of the integration tests: a town with two shops and three buyers, a server that is asked over HTTP, and a gateway that pays.

mod again;
mod app;
mod bank;
mod browser;
mod buyer;
mod engine;
mod form;
mod html;
mod notices;
mod planted;
mod port;
mod seeded;
mod staff;
mod stories;
mod town;

pub use again::{goes_on, got_until_answered, sent_until_answered, warm_up};
pub use app::{TestApp, in_words, viewer};
pub use browser::{Browser, Page, photo};
pub use buyer::{Buyer, number_in};
pub(crate) use engine::on_both_engines;
pub use engine::{Database, Engine, server_url};
pub use form::Form;
pub use html::links_and_forms;
pub use notices::Told;
pub use port::free_port;
pub use seeded::Seeded;
pub use staff::Staff;
pub use stories::{BACK, OUT};
pub use town::{CHEN, LI, PASSWORD, Shop, WANG, Ware};
