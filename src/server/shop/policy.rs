//! The shop changes the rules it sets for itself (S11). Running clocks keep the time they were given.

use crate::domain::{AuditedDeed, Permission, ShopPolicy};
use crate::server::ctx::{Staff, overtaken};
use crate::server::error::{Error, Result};
use crate::server::store::people;
use crate::server::store::people::audits::{self, Audit};

/// What the trail of the shop calls its rules.
const SUBJECT: &str = "policy";

/// The shop's rules before somebody who may change them, and who has seen them as they are.
pub struct RuleBook<'a> {
    staff: &'a Staff,
}

impl<'a> RuleBook<'a> {
    /// `seen` is the fingerprint of the rules that the page showed; if they were changed since, it is told who was first.
    pub async fn open(staff: &'a Staff, seen: &str) -> Result<Self> {
        staff.require(Permission::ChangePolicy)?;
        if seen == staff.shop.policy.fingerprint() {
            return Ok(Self { staff });
        }
        Err(overtaken::in_trail(&mut *staff.app.db.reader().await?, staff, SUBJECT, "修改了设置").await)
    }

    /// Changes the rules, unless somebody was faster.
    pub async fn change(self, to: &ShopPolicy) -> Result<()> {
        let Self { staff } = self;
        let mut tx = staff.app.db.write().await?;
        match people::save_policy(tx.conn(), staff.shop.id, &staff.shop.policy, to).await {
            Err(Error::Stale) => return Err(overtaken::in_trail(tx.conn(), staff, SUBJECT, "修改了设置").await),
            other => other?,
        }
        let (shop, actor, deed, at) = (staff.shop.id, &staff.actor, AuditedDeed::PolicyChanged, staff.now);
        audits::record(tx.conn(), staff.app.new_id(), &Audit { shop, actor, deed, subject: SUBJECT, detail: "", at }).await?;
        tx.commit().await?;
        tracing::info!(shop = staff.shop.id.0, staff = staff.actor.id(), policy = ?to, "the shop's rules were changed");
        Ok(())
    }
}
