//! A6: who closes the account is gone from everything that is kept; sums, payments and refunds stay, and nobody can tell whose they were.

mod planted;
mod refused;

use crate::support::{Buyer, CHEN, Form, PASSWORD, TestApp, WANG, on_both_engines};
use guitu::domain::time::MINUTE;
use guitu::domain::{Actor, Role};
use guitu::routes::buyer as paths;
use guitu::server::ctx::Ctx;
use guitu::server::error::Error;
use guitu::server::people::erasure::{self, Closing};

on_both_engines!(
    the_phone_is_registered_anew_by_a_stranger,
    what_is_left_in_every_wallet_is_given_up_by_a_movement,
    a_command_erases_once,
    what_was_written_in_the_moment_of_closing_goes_later,
    whoever_orders_while_closing_is_either_gone_or_a_buyer,
    nothing_else_of_the_books_can_be_changed,
);

/// The form that closes the account, filled in rightly.
async fn closing(buyer: &Buyer) -> Form {
    let form = buyer.form(paths::CLOSE_ACCOUNT, paths::CLOSE_ACCOUNT).await;
    form.with("current_password", PASSWORD).with("understood", "1").with("give_up", "1")
}

fn by_command(app: &TestApp) -> Closing<'static> {
    Closing { by: &Actor::System, how: "guitu erase-buyer", give_up: true, now: app.server.now() }
}

async fn the_phone_is_registered_anew_by_a_stranger(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    assert_eq!(wang.send(&closing(&wang).await).await.goes_to(), paths::ACCOUNT_CLOSED);
    wang.get(paths::ACCOUNT_CLOSED).await.says(200, "账号已注销");
    assert!(wang.get("/me").await.goes_to().starts_with("/login"), "the session is over");
    let log_in = [("phone", WANG), ("password", PASSWORD)];
    assert_eq!(wang.submit(paths::LOGIN, paths::LOGIN, &log_in).await.status, 422);

    app.moves_in("陌生人", WANG, (0, 0)).await;
    let stranger = app.buyer(WANG).await;
    assert_eq!(stranger.get(&paths::order(&order)).await.status, 404);
    assert!(!stranger.get("/orders").await.words().contains(&order));
    assert_eq!(app.purse(WANG).await, (0, 0));
    app.staff(Role::Owner).await.get(&format!("/merchant/orders/{order}")).await.says(200, "已注销买家").says(200, "¥100.00");
}

async fn what_is_left_in_every_wallet_is_given_up_by_a_movement(app: TestApp) {
    let (wang, other) = (app.buyer(WANG).await, app.town.other_shop);
    let ink = app.sells(other, "徽墨", 10_000, 5).await;
    wang.cancels(&wang.orders(&[(ink, 1)]).await).await.goes_to();
    let theirs = app.staff_of(other, Role::Finance).await;
    let up = [("account", "balance"), ("direction", "up"), ("amount", "20"), ("reason", "门店现金充值")];
    theirs.send(&theirs.wallet_form(WANG, &up).await).await.goes_to();
    let member = app.number("select id from buyers where phone = $1", WANG).await;
    let page = wang.get(paths::CLOSE_ACCOUNT).await;
    page.says(200, "¥520.00").says(200, "20,000 积分").says(200, "我放弃余额 ¥520.00");
    wang.send(&closing(&wang).await).await.goes_to();

    assert_eq!(app.count("select count(*) from money_events where cause = 'account_closed'").await, 3);
    let left = "select cast(sum(balance_minor + points) as bigint) from members where erased_at is not null";
    assert_eq!(app.count(left).await, 0);
    assert_eq!(app.count("select count(*) from audits where what = 'buyer_erased' and actor = '系统' and detail = '本人注销'").await, 2);
    let page = app.staff(Role::Finance).await.get(&format!("/merchant/members/{member}")).await;
    page.says(200, "账户注销").says(200, "−¥500.00");
    assert!(!page.has_form(&format!("/merchant/members/{member}")), "nothing more goes into the wallet: {page}");
}

async fn a_command_erases_once(app: TestApp) {
    app.buyer(CHEN).await;
    let (chen, matters) = erasure::find(&app.server, " 138-0000-0003 ").await.unwrap();
    assert!(matters.in_the_way().is_empty() && !matters.has_balance(), "{matters:?}");
    let code = erasure::erase(&app.server, chen, &by_command(&app)).await.unwrap();
    assert!(code.len() == 10 && app.finds(&[CHEN, "陈知行"]).await.is_empty(), "{code}");
    assert_eq!(app.number("select count(*) from audits where subject = $1 and detail = 'guitu erase-buyer'", &code).await, 1);
    assert!(matches!(erasure::erase(&app.server, chen, &by_command(&app)).await, Err(Error::NotFound)));
    assert!(matches!(erasure::find(&app.server, CHEN).await, Err(Error::NotFound)));
    assert!(matches!(erasure::find(&app.server, "not a phone").await, Err(Error::NotFound)));
}

/// A request that was under way keeps an address of somebody who is gone.
async fn what_was_written_in_the_moment_of_closing_goes_later(app: TestApp) {
    let (chen, _) = erasure::find(&app.server, CHEN).await.unwrap();
    erasure::erase(&app.server, chen, &by_command(&app)).await.unwrap();
    let late = "insert into buyer_addresses (id, buyer_id, recipient, phone, region, detail) values (7, $1, '迟到的字', '', '', '')";
    sqlx::query(late).bind(chen.0).execute(app.server.db.single()).await.unwrap();
    erasure::erase_again(&Ctx::system(&app.server)).await.unwrap();
    assert_eq!(app.finds(&["迟到的字"]).await.len(), 1, "not yet");
    app.clock.advance(11 * MINUTE);
    erasure::erase_again(&Ctx::system(&app.server)).await.unwrap();
    assert_eq!(app.finds(&["迟到的字"]).await, Vec::<String>::new());
    assert_eq!(app.count("select count(*) from buyers where erased_again_at is not null").await, 1);
}

async fn whoever_orders_while_closing_is_either_gone_or_a_buyer(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let cup = app.town.goods.cup;
    let close = closing(&wang).await;
    let order = wang.checkout(&[(cup, 1)]).await.with("points", "10");
    let (first, second) = (wang.clone(), wang.clone());
    let placed = tokio::spawn(async move { first.send(&order).await.status.as_u16() });
    let closed = tokio::spawn(async move { second.send(&close).await.status.as_u16() });
    let (placed, closed) = (placed.await.unwrap(), closed.await.unwrap());
    assert!(placed < 500 && closed < 500, "{placed} {closed}");
    let erased = app.count("select count(*) from buyers where erased_at is not null").await;
    let orders = app.count("select count(*) from orders").await;
    assert!(erased + orders <= 1, "the order {placed}, the closing {closed}: {erased} gone, {orders} orders");
}

async fn nothing_else_of_the_books_can_be_changed(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    let up = [("account", "balance"), ("direction", "up"), ("amount", "20"), ("reason", "门店现金充值")];
    finance.send(&finance.wallet_form(WANG, &up).await).await.goes_to();
    finance.get("/merchant/refunds/export?format=csv&of=list").await;
    for change in [
        "update money_events set reason = '别的原因'",
        "update money_events set reason = '（已随账户注销删除）', amount_minor = amount_minor + 1",
        "update money_events set reason = '（已随账户注销删除）', after_minor = after_minor + 1",
        "update money_events set reason = '（已随账户注销删除）', actor_name = '别人'",
        "update money_events set reason = '（已随账户注销删除）', at = at + 1 where cause = 'recharged'",
        "update audits set detail = '别的'",
        "update audits set detail = '（已随账户注销删除）', actor = '别人'",
        "update audits set detail = '（已随账户注销删除）', at = at + 1",
        "delete from money_events where reason <> ''",
    ] {
        let refused = sqlx::query(change).execute(app.server.db.single()).await.expect_err(change);
        assert!(refused.to_string().contains("is append-only"), "{change}: {refused}");
    }
}
