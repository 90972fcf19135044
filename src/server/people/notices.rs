//! Notices: every step of an order and its after-sales, told to those it concerns.

pub use crate::server::store::people::notices::InboxNotice;

use crate::domain::Permission;
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::error::Result;
use crate::server::store::Slice;
use crate::server::store::people::notices::{self, Inbox};
use crate::text::{NoticeSubject, NoticeWords, Viewer, notice};

const PAGE: i64 = 20;

impl InboxNotice {
    /// As this reader is told.
    pub fn told_to(&self, viewer: Viewer) -> NoticeWords {
        let about = NoticeSubject { order: &self.order_number, case: self.after_sale_number.as_deref() };
        notice(&self.what, viewer, about, self.zone)
    }
}

/// The notices of one side.
#[derive(Clone, Copy)]
pub struct Notices<'a> {
    ctx: &'a Ctx,
    inbox: Inbox,
}

impl<'a> Notices<'a> {
    pub fn of_buyer(buyer: &'a Buyer) -> Self {
        Self { ctx: &buyer.ctx, inbox: Inbox::Buyer(buyer.id) }
    }

    pub fn of_shop(staff: &'a Staff) -> Result<Self> {
        staff.require(Permission::SeeOrders)?;
        Ok(Self { ctx: &staff.ctx, inbox: Inbox::Shop(staff.shop.id) })
    }

    /// A page of them, newest first.
    pub async fn list(self, before: Option<i64>) -> Result<Slice<InboxNotice>> {
        notices::list(&mut *self.ctx.app.db.reader().await?, self.inbox, before, PAGE).await
    }

    /// How many wait to be read, up to a hundred.
    pub async fn unread(self) -> Result<i64> {
        notices::unread(&mut *self.ctx.app.db.reader().await?, self.inbox).await
    }

    /// Everything up to this notice has been read; what came later has not.
    pub async fn mark_read(self, newest: i64) -> Result<()> {
        let mut tx = self.ctx.app.db.write().await?;
        notices::mark_read(tx.conn(), self.inbox, newest, self.ctx.now).await?;
        tx.commit().await
    }
}
