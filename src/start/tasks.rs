//! The commands that do one thing and end.

use super::arguments::{CreateShop, CreateStaff, EraseBuyer, Unlock};
use super::error::StartError;
use super::{connect, open};
use crate::demo::{self, Demo, Size};
use crate::domain::Actor;
use crate::server::clock::SystemClock;
use crate::server::ctx::Ctx;
use crate::server::machinery::config::Config;
use crate::server::machinery::{files, sealing};
use crate::server::money::ledger;
use crate::server::people::accounts;
use crate::server::people::erasure::{self, Closing};
use crate::server::shop::seeded;
use std::sync::Arc;
use std::time::Instant;

/// Brings the tables to the newest form.
pub async fn migrate(config: Config) -> Result<(), StartError> {
    open(&config, Arc::new(SystemClock)).await?;
    say!("{} is up to date", config.database_url);
    Ok(())
}

/// Fills an empty database with the demo shop.
pub async fn seed(config: Config) -> Result<(), StartError> {
    let mut demo = Demo::asked_for(&config)?.ok_or("say what to seed: guitu seed --demo, or guitu seed --orders 10000")?;
    let mut app = open(&config, demo.clock()).await?;
    demo.connect(&mut app, &config).await?;
    let app = Arc::new(app);
    let seeded = demo.tell_story(&app).await?;
    demo.shutdown().await;
    say!("{}", if seeded { "the demo shop is ready" } else { "the database already has a shop; nothing was changed" });
    Ok(())
}

/// Fills an empty database with many orders, and says how far it is.
pub async fn seed_orders(config: Config, size: Size) -> Result<(), StartError> {
    let app = Arc::new(open(&config, Arc::new(SystemClock)).await?);
    let begun = Instant::now();
    let seeded = demo::orders_if_empty(&app, size, |written| {
        say!("{written:>9} of {} orders, {:.0} s", size.orders, begun.elapsed().as_secs_f64());
    })
    .await?;
    app.db.close().await;
    if !seeded {
        return Err("the database already has a shop; nothing was changed".into());
    }
    say!("{} orders are there after {:.0} s; guitu verify-ledger checks them", size.orders, begun.elapsed().as_secs_f64());
    say!("serve them with --demo{}", if config.demo { "" } else { "; nobody can log in, for --demo was not given here" });
    Ok(())
}

/// Opens a shop.
pub async fn create_shop(config: Config, shop: CreateShop) -> Result<(), StartError> {
    let app = open(&config, Arc::new(SystemClock)).await?;
    seeded::fits(&app).await?;
    accounts::create_shop(&app, &shop.code, &shop.name, &shop.phone, &shop.time_zone).await.map_err(|error| in_words(&error))?;
    say!("{} is open; give its owner a log-in with  guitu create-staff --shop {} --role owner …", shop.name, shop.code);
    Ok(())
}

/// Gives somebody a log-in to a shop.
pub async fn create_staff(config: Config, staff: CreateStaff) -> Result<(), StartError> {
    let password = staff.password()?;
    let app = open(&config, Arc::new(SystemClock)).await?;
    seeded::fits(&app).await?;
    accounts::create_staff(&app, &staff.shop, &staff.login, &staff.name, staff.role, &password).await.map_err(|error| in_words(&error))?;
    say!("{} can now log in as {}", staff.name, staff.login);
    Ok(())
}

/// Makes a link for somebody who is locked out, and prints it.
pub async fn unlock(config: Config, whom: Unlock) -> Result<(), StartError> {
    let app = open(&config, Arc::new(SystemClock)).await?;
    let made = match (whom.shop, whom.login, whom.phone) {
        (Some(shop), Some(login), _) => accounts::links::make_for_staff(&app, &shop, &login).await,
        (_, _, Some(phone)) => accounts::links::make_for_buyer(&app, &phone).await,
        (..) => return Err("say whom: --shop CODE --login LOGIN, or --phone PHONE".into()),
    };
    let link = made.map_err(|error| in_words(&error))?;
    say!("{link}\nsets a new password, once, within 30 minutes; hand it to nobody else");
    Ok(())
}

fn in_words(error: &crate::server::error::Error) -> String {
    use crate::server::error::Error;
    match error {
        Error::NotFound => "there is no shop with this code".to_owned(),
        Error::Invalid(errors) => errors.0.iter().map(|(field, words)| format!("{field}: {words}")).collect::<Vec<_>>().join("; "),
        Error::Forbidden
        | Error::Refused(_)
        | Error::Stale
        | Error::Overtaken(_)
        | Error::Inconsistent(_)
        | Error::Differs
        | Error::Db(_)
        | Error::Pictures(_)
        | Error::Gateway(_)
        | Error::LogIn(_)
        | Error::Internal(_) => error.to_string(),
    }
}

/// Takes a buyer out of everything, after saying what that means.
pub async fn erase_buyer(config: Config, asked: EraseBuyer) -> Result<(), StartError> {
    let app = Arc::new(open(&config, Arc::new(SystemClock)).await?);
    let (buyer, matters) = erasure::find(&app, &asked.phone).await.map_err(|_| "there is no buyer with this phone")?;
    say!("What goes: name, phone, addresses, recipients and remarks of orders, texts and pictures of after-sales and reviews,");
    say!("           messages, refund accounts, sessions; {} coupons, {} points", matters.coupons, matters.points);
    say!(
        "What stays: sums of orders, payments, refunds and wallets, under a pseudonym; a copy of the database made before keeps the person"
    );
    for (count, what) in [
        (matters.open_orders, "orders are neither completed nor closed"),
        (matters.open_cases, "after-sales have not ended"),
        (matters.refunds_under_way, "refunds have not arrived"),
        (matters.payments_under_way, "payments are under way"),
        (matters.anomalies, "payment anomalies are open"),
    ] {
        if count > 0 {
            say!("In the way: {count} {what}");
        }
    }
    if !matters.in_the_way().is_empty() {
        return Err("nothing was changed: see what is in the way".into());
    }
    if matters.has_balance() && !asked.give_up_balance {
        let words =
            format!("nothing was changed: {} of balance is left; --give-up-balance if the buyer gives it up", matters.balance().show());
        return Err(words.into());
    }
    if !asked.confirmed()? {
        return Err("nothing was changed".into());
    }
    let closing = Closing { by: &Actor::System, how: "guitu erase-buyer", give_up: asked.give_up_balance, now: app.now() };
    let code = erasure::erase(&app, buyer, &closing).await.map_err(|error| in_words(&error))?;
    erasure::remove_pictures(&Ctx::system(&app)).await.map_err(|error| in_words(&error))?;
    say!("The buyer is gone; the books know them as {code}");
    Ok(())
}

/// Gives up what only a lost key could open.
pub async fn forget_key(config: Config) -> Result<(), StartError> {
    files::keep_private(&config)?;
    let db = connect(&config).await?;
    db.migrate().await.map_err(|error| format!("cannot bring {} up to date: {error}", config.database_url))?;
    match sealing::forget_key(&db, &config).await? {
        None => say!("the secret key is there and fits; nothing was changed"),
        Some(accounts) => {
            say!("{accounts} refund accounts that only the lost key could open are gone; buyers are asked for theirs anew");
        }
    }
    db.close().await;
    Ok(())
}

/// Recomputes every sum of money; prints what differs. `true`: nothing does.
pub async fn verify_ledger(config: Config) -> Result<bool, StartError> {
    let app = open(&config, Arc::new(SystemClock)).await?;
    say!("{:<88} {:>12} {:>8}  differing", "rule", "rows read", "ms");
    let report = ledger::run(&app, "guitu verify-ledger", |check| {
        say!("{:<88} {:>12} {:>8}  {}", check.name, check.rows, check.millis, check.differences);
    })
    .await?;
    let (rows, found): (i64, i64) = report.iter().fold((0, 0), |sum, check| (sum.0 + check.rows, sum.1 + check.differences));
    say!("{} rules, {rows} rows read, {found} differing", report.len());
    for row in report.iter().flat_map(|check| &check.wrong) {
        say!("    {row}");
    }
    Ok(report.iter().all(|check| check.differences == 0))
}
