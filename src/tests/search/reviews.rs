use super::{WORDS, begins, part_of};
use crate::support::Seeded;
use guitu::domain::ShopId;
use guitu::server::store::goods::reviews::{ReviewFilter, list_for_shop};

/// A review as it is read without any index: id, shop, stars, hidden, whose, and of what.
type Plain = (i64, i64, i64, Option<i64>, String, String);

/// Every search finds the reviews that plain reading finds.
pub async fn are_found(seeded: &Seeded) {
    let plain =
        "select r.id, r.shop_id, r.rating, r.hidden_at, r.buyer_name, l.title from reviews r join order_lines l on l.id = r.order_line_id
        order by r.id desc";
    let plain: Vec<Plain> = sqlx::query_as(plain).fetch_all(seeded.db.read()).await.unwrap();
    let shop = seeded.shops[0];
    let mut conn = seeded.db.reader().await.unwrap();
    let mut met = 0;
    for words in WORDS.into_iter().chain([""]) {
        for (rating, hidden) in [(None, None), (Some(3), None), (None, Some(true)), (None, Some(false)), (Some(5), Some(true))] {
            let filter = ReviewFilter { rating, hidden, search: words.to_owned() };
            let expected: Vec<i64> = plain.iter().filter(|review| fits(review, shop, &filter)).map(|review| review.0).collect();
            let (mut found, mut before) = (Vec::new(), None);
            for _ in 0..5 {
                let page = list_for_shop(&mut conn, shop, &filter, before, 7).await.unwrap();
                found.extend(page.rows.iter().map(|review| review.id.0));
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            met += found.len();
            assert_eq!(found, expected[..found.len()], "{filter:?}");
            assert!(before.is_some() || found.len() == expected.len(), "{} of {} by {filter:?}", found.len(), expected.len());
        }
    }
    assert!(met > 300, "only {met} were found");
}

fn fits((_, of, stars, hidden_at, name, title): &Plain, shop: ShopId, filter: &ReviewFilter) -> bool {
    let words = filter.search.as_str();
    *of == shop.0
        && filter.rating.is_none_or(|rating| rating == *stars)
        && filter.hidden.is_none_or(|hidden| hidden == hidden_at.is_some())
        && (words.is_empty() || begins(name, words) || part_of(title, words))
}
