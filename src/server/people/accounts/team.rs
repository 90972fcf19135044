//! 「员工」: the owner sees to the staff: roles, disabling, and a way back in for those who are locked out.

use super::links;
use crate::domain::{AuditedDeed, LoggedIn, Permission, Refusal, Role, StaffId};
use crate::server::ctx::Staff;
use crate::server::db::Tx;
use crate::server::error::{Error, Result};
use crate::server::store::people::audits::{self, Audit};
use crate::server::store::people::staff_list::{self, Colleague};
use crate::server::store::people::{move_on, sessions};

/// Members of staff that the page shows.
const SHOWN: i64 = 500;

/// Everybody who has a log-in to the shop.
pub async fn list(staff: &Staff) -> Result<Vec<Colleague>> {
    staff.require(Permission::ManageStaff)?;
    staff_list::of_shop(&mut *staff.app.db.reader().await?, staff.shop.id, SHOWN).await
}

/// One of them.
pub async fn find(staff: &Staff, id: StaffId) -> Result<Colleague> {
    list(staff).await?.into_iter().find(|colleague| colleague.id == id).ok_or(Error::NotFound)
}

/// Gives another role; what the person has open ends at once. `false`: it is the one they have.
pub async fn change_role(staff: &Staff, id: StaffId, role: Role) -> Result<bool> {
    let (mut tx, colleague) = held(staff, id).await?;
    if colleague.roles == [role] {
        return Ok(false);
    }
    staff_list::set_roles(tx.conn(), id, &[role]).await?;
    end_sessions(&mut tx, id).await?;
    record(staff, &mut tx, AuditedDeed::StaffRoleChanged, &colleague, role.code()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Locks the person out, or lets them in again.
pub async fn set_disabled(staff: &Staff, id: StaffId, disabled: bool) -> Result<()> {
    let (mut tx, colleague) = held(staff, id).await?;
    if colleague.disabled == disabled {
        return Ok(());
    }
    staff_list::set_disabled(tx.conn(), id, disabled.then_some(staff.now)).await?;
    end_sessions(&mut tx, id).await?;
    record(staff, &mut tx, if disabled { AuditedDeed::StaffDisabled } else { AuditedDeed::StaffEnabled }, &colleague, "").await?;
    tx.commit().await
}

/// A link by which a colleague sets a new password, however often somebody guessed wrong; with its owner.
pub async fn make_link(staff: &Staff, id: StaffId) -> Result<(Colleague, String)> {
    let (mut tx, colleague) = held(staff, id).await?;
    if colleague.disabled {
        return Err(Refusal::StaffDisabled.into());
    }
    let link = links::make(&staff.app, &mut tx, LoggedIn::Staff(id.0)).await?;
    record(staff, &mut tx, AuditedDeed::StaffLinkMade, &colleague, "").await?;
    tx.commit().await?;
    Ok((colleague, link))
}

/// Somebody of the same shop, for this transaction alone. Nobody does these things to themselves: so a shop always keeps an owner.
async fn held(staff: &Staff, id: StaffId) -> Result<(Tx, Colleague)> {
    staff.require(Permission::ManageStaff)?;
    let mut tx = staff.app.db.write().await?;
    let own = StaffId(staff.actor.id().ok_or(Error::Forbidden)?);
    let mut colleague = None;
    // Both in the order of their ids: of two owners who disable each other, one is too late.
    for one in [own.0.min(id.0), own.0.max(id.0)] {
        let found = staff_list::hold(&mut tx, staff.shop.id, StaffId(one)).await?.ok_or(Error::NotFound)?;
        if found.id != own {
            colleague = Some(found);
        } else if found.disabled || !found.roles.iter().any(|role| role.grants(Permission::ManageStaff)) {
            return Err(Error::Forbidden);
        }
    }
    Ok((tx, colleague.ok_or(Refusal::OwnAccount)?))
}

async fn end_sessions(tx: &mut Tx, id: StaffId) -> Result<()> {
    let who = LoggedIn::Staff(id.0);
    move_on(tx.conn(), who).await?;
    sessions::drop_of(tx.conn(), who).await
}

async fn record(staff: &Staff, tx: &mut Tx, deed: AuditedDeed, colleague: &Colleague, detail: &str) -> Result<()> {
    let (id, shop, actor, at) = (staff.app.new_id(), staff.shop.id, &staff.actor, staff.now);
    audits::record(tx.conn(), id, &Audit { shop, actor, deed, subject: &colleague.login, detail, at }).await
}
