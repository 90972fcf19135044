//! What people do with their own account: another password, the list of their log-ins, and the end of all others.

use super::attempts::{Tried, begin, succeeded};
use super::log_in::AT_ONE_PLACE;
use super::{accept, wait_words};
use crate::domain::{LoggedIn, Timestamp};
use crate::server::app::App;
use crate::server::ctx::{Buyer, Staff, sessions};
use crate::server::error::{Error, Result};
use crate::server::people::password;
use crate::server::store::people::{self, StoredLogIn};
use crate::server::store::people::{one_time_links, sessions as rows};
use std::sync::Arc;

/// Log-ins that the page shows.
const SHOWN: i64 = 20;

/// The account of whoever asks, on either side of the counter.
pub struct Own {
    app: Arc<App>,
    who: LoggedIn,
}

/// A browser that is logged in to the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub name: String,
    pub since: Timestamp,
    pub seen: Timestamp,
    pub this: bool,
}

/// All log-ins of the account are over; the session that ended them stays once it knows the new generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedOn {
    pub who: LoggedIn,
    pub generation: i64,
}

impl Own {
    pub fn of_buyer(buyer: &Buyer) -> Self {
        Self { app: buyer.app.clone(), who: LoggedIn::Buyer(buyer.id.0) }
    }

    pub fn of_staff(staff: &Staff) -> Result<Self> {
        let id = staff.actor.id().ok_or(Error::Forbidden)?;
        Ok(Self { app: staff.app.clone(), who: LoggedIn::Staff(id) })
    }

    /// The name for logging in, and where the account is logged in, the last used first. `this` is the name of the session that asks.
    pub async fn standing(&self, this: Option<&str>) -> Result<(String, Vec<Device>)> {
        let mut conn = self.app.db.reader().await?;
        let StoredLogIn { login, generation, .. } = people::log_in_of(&mut conn, self.who).await?.ok_or(Error::NotFound)?;
        let found = rows::of(&mut conn, self.who, self.app.machine_now(), SHOWN).await?;
        let device = |row: rows::OwnSession| {
            let log_in = sessions::kept_log_in(&row.data, self.who.side()).filter(|log_in| log_in.generation == generation)?;
            let (since, seen) = (Timestamp(log_in.since), Timestamp(row.seen_at));
            Some(Device { name: log_in.device, since, seen, this: Some(&*row.id) == this })
        };
        Ok((login, found.into_iter().filter_map(device).collect()))
    }

    /// Another password, by whoever knows the one before. All other sessions end.
    pub async fn change_password(&self, current: &str, new: &str) -> Result<MovedOn> {
        let found = self.confirmed(current).await?;
        let accepted = accept(new, &found).map_err(|weak| Error::field("new_password", weak.words()))?;
        if password::verify(new.to_owned(), Some(found.password_hash.clone())).await? {
            return Err(Error::field("new_password", "新密码不能和当前密码一样"));
        }
        let hash = password::hash(accepted).await?;
        self.move_on(&found, Some(&hash)).await
    }

    /// 「退出其他设备」
    pub async fn end_others(&self, current: &str) -> Result<MovedOn> {
        let found = self.confirmed(current).await?;
        self.move_on(&found, None).await
    }

    /// Whoever sits at the account's open page may not be its owner: the password is asked, and tries are counted.
    pub(in crate::server) async fn confirmed(&self, current: &str) -> Result<StoredLogIn> {
        if current.is_empty() {
            return Err(Error::field("current_password", "请填写当前密码"));
        }
        let found = people::log_in_of(&mut *self.app.db.reader().await?, self.who).await?.ok_or(Error::NotFound)?;
        let (now, tried) =
            (self.app.now(), Tried::new(&self.app, &format!("current password {} {}", self.who.side().key(), found.id), AT_ONE_PLACE));
        if let Some(wait) = begin(&self.app.db, now, &[&tried]).await? {
            return Err(wait_words("密码错误", wait, "").into());
        }
        if !password::verify(current.to_owned(), Some(found.password_hash.clone())).await? {
            return Err(Error::field("current_password", "当前密码不正确"));
        }
        let mut tx = self.app.db.write().await?;
        succeeded(&mut tx, now, &[], &[&tried]).await?;
        tx.commit().await?;
        Ok(found)
    }

    async fn move_on(&self, found: &StoredLogIn, hash: Option<&str>) -> Result<MovedOn> {
        let mut tx = self.app.db.write().await?;
        if let Some(hash) = hash {
            people::set_password(tx.conn(), self.who, found, hash).await?;
        }
        let generation = people::move_on(tx.conn(), self.who).await?;
        rows::drop_of(tx.conn(), self.who).await?;
        one_time_links::drop_of(tx.conn(), self.who).await?;
        tx.commit().await?;
        Ok(MovedOn { who: self.who, generation })
    }
}
