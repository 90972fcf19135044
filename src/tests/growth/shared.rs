//! What one process has heard, the others know: limits, and forms that are sent twice.

use super::proxies::{shop, tries};
use crate::support::{TestApp, WANG, on_both_engines, sent_until_answered};
use guitu::domain::time::MINUTE;
use guitu::routes::buyer as paths;

on_both_engines!(wrong_passwords_are_counted_by_all_processes_together, a_form_that_reaches_two_processes_at_once_adds_once);

async fn wrong_passwords_are_counted_by_all_processes_together(app: TestApp) {
    let processes = [shop(&app, "127.0.0.1").await, shop(&app, "127.0.0.1").await];
    for process in processes.iter().cycle().take(10) {
        assert_eq!(tries(process, WANG, "203.0.113.7", "wrong-password").await, 422);
    }
    for process in &processes {
        assert_eq!(tries(process, WANG, "203.0.113.7", "wrong-password").await, 429);
    }
    assert_eq!(app.count("select count(*) from attempts where key like '%203.0.113%' or key like '%1380000%'").await, 0, "nobody is named");
    app.clock.advance(16 * MINUTE);
    assert_eq!(tries(&processes[0], WANG, "203.0.113.7", crate::support::PASSWORD).await, 303);
    assert_eq!(tries(&processes[1], WANG, "203.0.113.7", "wrong-password").await, 422, "and it starts anew");
}

async fn a_form_that_reaches_two_processes_at_once_adds_once(app: TestApp) {
    let processes = [shop(&app, "").await, shop(&app, "").await];
    let wang = app.buyer(WANG).await;
    for round in 1..=5 {
        let product = paths::product(app.town.goods.cup.product.0);
        let form = wang.form(&product, &product).await.with("sku", app.town.goods.cup.sku.0).with("quantity", 1).with("action", "cart");
        let sent = processes.iter().cycle().take(6).map(|process| {
            let (mut browser, form) = (wang.browser(), form.clone());
            browser.origin.clone_from(process);
            async move { sent_until_answered(&browser, &form).await.goes_to().to_owned() }
        });
        futures_util::future::join_all(sent).await;
        assert_eq!(app.count("select cast(coalesce(sum(quantity), 0) as bigint) from cart_items").await, round);
    }
}
