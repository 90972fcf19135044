//! Whoever does not see money meets no amount on any page of the shop, whatever stands open there.

use super::{Doors, routes_of};
use crate::support::{Page, TestApp};
use guitu::domain::order::OrderLine;
use guitu::domain::{Money, Permission, Role};
use std::collections::BTreeSet;

/// The dialogs of an order and of a case.
const DIALOGS: [&str; 10] = ["confirm-payment", "price", "ship", "receive", "address", "close", "remark", "decide", "settle", "reship"];

pub async fn no_amount_is_on_a_page_of_a_role_without_money(app: TestApp) {
    let doors = Doors::of(&app).await;
    let pages = pages(&app, &doors).await;
    let amounts = amounts(&app).await;
    assert!(amounts.len() >= 5, "{amounts:?}");
    for role in Role::ALL {
        let somebody = app.staff(role).await;
        let (mut opened, mut told) = (0, 0);
        for address in &pages {
            let page = somebody.get(address).await;
            opened += usize::from(page.status == 200);
            told += usize::from(tells(&page, &amounts));
            assert!(role.grants(Permission::SeeMoney) || !tells(&page, &amounts), "{role:?} reads an amount on {address}: {page}");
        }
        assert!(opened > 20, "{role:?} opened only {opened} of {}", pages.len());
        assert!(!role.grants(Permission::SeeMoney) || told > 10, "{role:?} reads amounts on {told} pages alone");
    }
}

/// Every page of the shop, and every order and case with every dialog of it.
async fn pages(app: &TestApp, doors: &Doors) -> BTreeSet<String> {
    let mut pages = BTreeSet::new();
    for (path, method) in routes_of(app) {
        // What goods cost stands in the shop window.
        if method == "GET" && path.starts_with("/merchant") && path != "/merchant/products" {
            pages.insert(doors.address(&path).await);
        }
    }
    let orders = numbers(app, "select number from orders").await.into_iter().map(|number| format!("/merchant/orders/{number}"));
    let cases = numbers(app, "select number from after_sales").await.into_iter().map(|number| format!("/merchant/after-sales/{number}"));
    for page in orders.chain(cases) {
        pages.extend(DIALOGS.map(|dialog| format!("{page}?dialog={dialog}")));
        pages.insert(page);
    }
    pages
}

async fn numbers(app: &TestApp, statement: &'static str) -> Vec<String> {
    sqlx::query_scalar(statement).fetch_all(app.server.db.read()).await.unwrap()
}

/// Whatever was asked, paid or given back of the town's orders.
async fn amounts(app: &TestApp) -> BTreeSet<Money> {
    let mut amounts: BTreeSet<Money> = BTreeSet::new();
    for number in numbers(app, "select number from orders").await {
        let detail = app.order(&number).await;
        let order = &detail.order;
        amounts.extend([order.totals.goods, order.totals.freight, order.totals.payable(), order.due(), order.paid, order.refunded]);
        amounts
            .extend(order.lines.iter().flat_map(|line: &OrderLine| [line.unit_price, line.goods, line.paid, line.refunded, line.reserved]));
        amounts.extend(detail.payments.iter().map(|payment| payment.amount));
        amounts.extend(detail.refunds.iter().map(|refund| refund.amount));
        amounts.extend(detail.cases.iter().map(|case| case.amount));
    }
    amounts.retain(|amount| amount.is_positive());
    amounts
}

/// In words, with a sign or without, or as the value of a field. `¥***` is none.
fn tells(page: &Page, amounts: &BTreeSet<Money>) -> bool {
    let words = page.words();
    let signed = words.split('¥').skip(1).any(|behind| behind.starts_with(|letter: char| letter.is_ascii_digit()));
    signed
        || amounts.iter().any(|amount| {
            let shown = amount.show();
            words.contains(shown.trim_start_matches('¥'))
                || page.html.contains(&format!("\"{}\"", amount.plain()))
                || (amount.0 > 999 && page.html.contains(&format!("\"{}\"", amount.0)))
        })
}
