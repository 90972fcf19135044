//! The way back in: a link that sets a new password, once, within half an hour, and ends every session of the account.

use super::{accept, log_in};
use crate::domain::people::address::parse_mobile;
use crate::domain::time::MINUTE;
use crate::domain::{BuyerId, LoggedIn, Timestamp};
use crate::routes;
use crate::server::app::App;
use crate::server::clock::secret;
use crate::server::db::Tx;
use crate::server::error::{Error, Result};
use crate::server::machinery::digest::sha256;
use crate::server::people::password;
use crate::server::people::visitor::Visitor;
use crate::server::store::people::{self, StoredLogIn, staff_list};
use crate::server::store::people::{one_time_links, sessions};

/// How long a link may be used.
const LIFE: i64 = 30 * MINUTE;

/// Makes a link for the account; the one before is good for nothing any more. Its secret is told here alone.
pub async fn make(app: &App, tx: &mut Tx, who: LoggedIn) -> Result<String> {
    let secret = secret();
    one_time_links::replace(tx.conn(), &sha256(secret.as_bytes()), who, until(app)).await?;
    Ok(format!("{}{}", app.public_url, routes::reset(&secret)))
}

fn until(app: &App) -> Timestamp {
    app.machine_now().plus(LIFE)
}

/// A link for a member of staff or a buyer, from the command line.
pub async fn make_for_staff(app: &App, shop_code: &str, login: &str) -> Result<String> {
    let found = staff_list::by_login(&mut *app.db.reader().await?, shop_code, login.trim()).await?;
    let id = found.ok_or_else(|| Error::field("login", "this shop has no such log-in, or it is disabled"))?;
    make_alone(app, LoggedIn::Staff(id.0)).await
}

pub async fn make_for_buyer(app: &App, phone: &str) -> Result<String> {
    let phone = parse_mobile(phone).map_err(|_| Error::field("phone", "a mobile number has eleven digits"))?;
    let found = people::buyer_log_in(&mut *app.db.reader().await?, &phone).await?;
    let BuyerId(id) = found.map(|found| BuyerId(found.id)).ok_or_else(|| Error::field("phone", "no buyer has this phone"))?;
    make_alone(app, LoggedIn::Buyer(id)).await
}

async fn make_alone(app: &App, who: LoggedIn) -> Result<String> {
    let mut tx = app.db.write().await?;
    let link = make(app, &mut tx, who).await?;
    tx.commit().await?;
    Ok(link)
}

/// Whose password the link sets; none if it was used, has run out, or never was.
pub async fn owner(app: &App, secret: &str) -> Result<Option<(LoggedIn, StoredLogIn)>> {
    let mut conn = app.db.reader().await?;
    let Some(who) = one_time_links::find(&mut conn, &sha256(secret.as_bytes()), app.machine_now()).await? else { return Ok(None) };
    Ok(people::log_in_of(&mut conn, who).await?.map(|found| (who, found)))
}

/// Sets the new password. A password that is refused does not use the link up; of two who come at once with the same link one is too late.
pub async fn set_password(app: &App, visitor: &Visitor, secret: &str, new: &str) -> Result<LoggedIn> {
    let (who, found) = owner(app, secret).await?.ok_or(Error::NotFound)?;
    let accepted = accept(new, &found).map_err(|weak| Error::field("new_password", weak.words()))?;
    let hash = password::hash(accepted).await?;
    let mut tx = app.db.write().await?;
    if one_time_links::take(tx.conn(), &sha256(secret.as_bytes()), app.machine_now()).await? != Some(who) {
        return Err(Error::NotFound);
    }
    people::set_password(tx.conn(), who, &found, &hash).await?;
    people::move_on(tx.conn(), who).await?;
    sessions::drop_of(tx.conn(), who).await?;
    log_in::forgive(app, &mut tx, visitor, who, &found.login).await?;
    tx.commit().await?;
    Ok(who)
}
