//! Address books: the buyer's for deliveries, the shop's for returns (S27).

pub use crate::server::store::people::BookedAddress;

use crate::domain::{Address, FieldErrors, Permission};
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::error::{Error, Result};
use crate::server::store::people::{self, AddressBookOwner};

const MOST: usize = 50;

/// An address as it was typed for a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressEntry {
    pub address: Address,
    /// It is offered first from now on.
    pub make_default: bool,
}

/// A book that this actor may change.
#[derive(Clone, Copy)]
pub struct AddressBook<'a> {
    ctx: &'a Ctx,
    book: AddressBookOwner,
}

impl<'a> AddressBook<'a> {
    pub fn of_buyer(buyer: &'a Buyer) -> Self {
        Self { ctx: &buyer.ctx, book: AddressBookOwner::Buyer(buyer.id) }
    }

    pub fn of_shop(staff: &'a Staff) -> Result<Self> {
        staff.require(Permission::ReturnAddresses)?;
        Ok(Self { ctx: &staff.ctx, book: AddressBookOwner::Shop(staff.shop.id) })
    }

    /// All entries, the default first.
    pub async fn list(self) -> Result<Vec<BookedAddress>> {
        people::addresses(&mut *self.ctx.app.db.reader().await?, self.book).await
    }

    /// One entry, to be changed.
    pub async fn find(self, id: i64) -> Result<BookedAddress> {
        self.list().await?.into_iter().find(|entry| entry.id == id).ok_or(Error::NotFound)
    }

    /// Adds an address; the first of a book is its default. The same address sent twice is there once.
    pub async fn add(self, new: &AddressEntry) -> Result<()> {
        let mut tx = self.ctx.app.db.write().await?;
        let entries = people::addresses(tx.conn(), self.book).await?;
        if entries.len() >= MOST {
            return Err(FieldErrors::one("", format!("最多保存 {MOST} 个地址，请先删除不用的")).into());
        }
        let there = entries.iter().find(|entry| entry.address == new.address).map(|entry| entry.id);
        let id = there.unwrap_or_else(|| self.ctx.app.new_id());
        if there.is_none() {
            people::insert_address(tx.conn(), self.book, id, &new.address).await?;
        }
        if entries.is_empty() || new.make_default {
            people::set_default_address(tx.conn(), self.book, id, self.ctx.now).await?;
        }
        tx.commit().await
    }

    /// Changes an address. Orders and cases keep the one they were given (B27).
    pub async fn save(self, id: i64, changed: &AddressEntry) -> Result<()> {
        self.find(id).await?;
        let mut tx = self.ctx.app.db.write().await?;
        people::save_address(tx.conn(), self.book, id, &changed.address).await?;
        if changed.make_default {
            people::set_default_address(tx.conn(), self.book, id, self.ctx.now).await?;
        }
        tx.commit().await
    }

    /// Makes it the one that is offered first.
    pub async fn make_default(self, id: i64) -> Result<()> {
        self.find(id).await?;
        let mut tx = self.ctx.app.db.write().await?;
        people::set_default_address(tx.conn(), self.book, id, self.ctx.now).await?;
        tx.commit().await
    }

    /// Takes an address out. A shop keeps its default as long as there is another to take its place; it always has one.
    pub async fn remove(self, id: i64) -> Result<()> {
        let mut tx = self.ctx.app.db.write().await?;
        let entries = people::addresses(tx.conn(), self.book).await?;
        let entry = entries.iter().find(|entry| entry.id == id).ok_or(Error::NotFound)?;
        if let Some(words) = self.keeps(entry, entries.len()) {
            return Err(FieldErrors::one("", words).into());
        }
        people::remove_address(tx.conn(), self.book, id, self.ctx.now).await?;
        if entry.is_default
            && let Some(next) = entries.iter().find(|entry| entry.id != id)
        {
            people::set_default_address(tx.conn(), self.book, next.id, self.ctx.now).await?;
        }
        tx.commit().await
    }

    /// Why the entry has to stay.
    fn keeps(self, entry: &BookedAddress, entries: usize) -> Option<&'static str> {
        match self.book {
            AddressBookOwner::Shop(_) if entry.is_default && entries == 1 => Some("至少要保留一个默认退货地址，请先添加新地址"),
            AddressBookOwner::Shop(_) if entry.is_default => Some("默认退货地址不能删除，请先把其他地址设为默认"),
            AddressBookOwner::Shop(_) | AddressBookOwner::Buyer(_) => None,
        }
    }
}
