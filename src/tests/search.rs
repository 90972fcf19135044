//! The search box of the back office: it finds what plain reading finds, page by page, whatever the filters (P11).

mod box_of_pages;
mod cases;
mod orders;
mod reviews;

use crate::support::{Seeded, TestApp, on_both_engines};
use guitu::demo::seed::bulk::Size;

on_both_engines!(every_search_finds_what_plain_reading_finds);

async fn every_search_finds_what_plain_reading_finds(app: TestApp) {
    let seeded = seeded(&app).await;
    orders::are_found(&seeded).await;
    cases::are_found(&seeded).await;
    reviews::are_found(&seeded).await;
    seeded.take_away().await;
}

/// Two shops in which one name begins more often than can be gathered one by one, as one word of titles is met everywhere;
/// some orders carry flags, some go to somebody else.
async fn seeded(app: &TestApp) -> Seeded {
    let seeded = Seeded::beside(app, Size { orders: 4_000, shops: 2, seed: 5, after_sales: 60 }).await;
    for statement in [
        "update members set name = '王' || name where buyer_id % 4 <> 0",
        "update orders set buyer_name = '王' || buyer_name where buyer_id % 4 <> 0",
        "update reviews set buyer_name = '王' || buyer_name where buyer_id % 4 <> 0",
        "update members set name = 'Ann%_' where buyer_id % 64 = 0",
        "update orders set buyer_name = 'Ann%_' where buyer_id % 64 = 0",
        "update reviews set buyer_name = 'Ann%_' where buyer_id % 64 = 0",
        "update orders set flag = 'red' where (id >> 4) % 3 = 0",
        "update orders set recipient = '赵六', recipient_phone = '13700009999' where (id >> 4) % 37 = 0",
        "update reviews set hidden_at = at, hidden_reason = '广告' where id % 11 = 0",
    ] {
        seeded.change(statement).await;
    }
    seeded
}

/// Words of every kind: met everywhere, met seldom, met never; with signs of the pattern language, and with nothing but spaces.
const WORDS: [&str; 10] = ["王", "王李", "王李小", "李", "ann%", "%", "季", "第 3 季", "龙井", "没有这样的"];

/// Does a name begin so?
fn begins(name: &str, words: &str) -> bool {
    name.to_ascii_lowercase().starts_with(&words.to_ascii_lowercase())
}

/// Is it part of the title?
fn part_of(title: &str, words: &str) -> bool {
    title.to_ascii_lowercase().contains(&words.to_ascii_lowercase())
}
