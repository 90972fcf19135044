//! Address books: a buyer's for deliveries, a shop's for returns. Two tables of one form.

use crate::domain::{Address, BuyerId, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;

/// Whose book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressBookOwner {
    Buyer(BuyerId),
    Shop(ShopId),
}

/// An address as it stands in a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedAddress {
    pub id: i64,
    pub address: Address,
    pub is_default: bool,
}

/// The same statements for each table.
struct Statements {
    list: &'static str,
    find: &'static str,
    insert: &'static str,
    save: &'static str,
    remove: &'static str,
    clear_default: &'static str,
    set_default: &'static str,
}

const OF_BUYER: Statements = Statements {
    list: "select id, recipient, phone, extension, region, detail, default_at from buyer_addresses
        where buyer_id = $1 and removed_at is null order by id desc",
    find: "select id, recipient, phone, extension, region, detail, default_at from buyer_addresses
        where buyer_id = $1 and id = $2 and removed_at is null",
    insert: "insert into buyer_addresses (buyer_id, id, recipient, phone, region, detail, extension) values ($1, $2, $3, $4, $5, $6, $7)",
    save: "update buyer_addresses set recipient = $3, phone = $4, region = $5, detail = $6, extension = $7
        where buyer_id = $1 and id = $2 and removed_at is null",
    remove: "update buyer_addresses set removed_at = $3, default_at = null
        where buyer_id = $1 and id = $2 and removed_at is null",
    clear_default: "update buyer_addresses set default_at = null where buyer_id = $1 and default_at is not null",
    set_default: "update buyer_addresses set default_at = $3 where buyer_id = $1 and id = $2 and removed_at is null",
};
const OF_SHOP: Statements = Statements {
    list: "select id, recipient, phone, extension, region, detail, default_at from return_addresses
        where shop_id = $1 and removed_at is null order by id desc",
    find: "select id, recipient, phone, extension, region, detail, default_at from return_addresses
        where shop_id = $1 and id = $2 and removed_at is null",
    insert: "insert into return_addresses (shop_id, id, recipient, phone, region, detail, extension) values ($1, $2, $3, $4, $5, $6, $7)",
    save: "update return_addresses set recipient = $3, phone = $4, region = $5, detail = $6, extension = $7
        where shop_id = $1 and id = $2 and removed_at is null",
    remove: "update return_addresses set removed_at = $3, default_at = null
        where shop_id = $1 and id = $2 and removed_at is null",
    clear_default: "update return_addresses set default_at = null where shop_id = $1 and default_at is not null",
    set_default: "update return_addresses set default_at = $3 where shop_id = $1 and id = $2 and removed_at is null",
};

impl AddressBookOwner {
    fn statements(self) -> &'static Statements {
        match self {
            Self::Buyer(_) => &OF_BUYER,
            Self::Shop(_) => &OF_SHOP,
        }
    }

    fn owner(self) -> i64 {
        match self {
            Self::Buyer(buyer) => buyer.0,
            Self::Shop(shop) => shop.0,
        }
    }
}

#[derive(sqlx_macros::FromRow)]
struct AddressRow {
    id: i64,
    recipient: String,
    phone: String,
    extension: String,
    region: String,
    detail: String,
    default_at: Option<i64>,
}

impl From<AddressRow> for BookedAddress {
    fn from(row: AddressRow) -> Self {
        let AddressRow { id, recipient, phone, extension, region, detail, default_at } = row;
        Self { id, address: Address { recipient, phone, extension, region, detail }, is_default: default_at.is_some() }
    }
}

/// The whole book, the default first, then the newest.
pub async fn addresses(conn: &mut Conn, book: AddressBookOwner) -> Result<Vec<BookedAddress>> {
    let rows: Vec<AddressRow> = sqlx::query_as(book.statements().list).bind(book.owner()).fetch_all(conn).await?;
    let mut entries: Vec<BookedAddress> = rows.into_iter().map(BookedAddress::from).collect();
    entries.sort_by_key(|entry| !entry.is_default);
    Ok(entries)
}

/// One address of the book.
pub async fn address(conn: &mut Conn, book: AddressBookOwner, id: i64) -> Result<Option<Address>> {
    let row: Option<AddressRow> = sqlx::query_as(book.statements().find).bind(book.owner()).bind(id).fetch_optional(conn).await?;
    Ok(row.map(|row| BookedAddress::from(row).address))
}

pub async fn insert_address(conn: &mut Conn, book: AddressBookOwner, id: i64, address: &Address) -> Result<()> {
    write(conn, book, book.statements().insert, id, address).await
}

pub async fn save_address(conn: &mut Conn, book: AddressBookOwner, id: i64, address: &Address) -> Result<()> {
    write(conn, book, book.statements().save, id, address).await
}

async fn write(conn: &mut Conn, book: AddressBookOwner, statement: &'static str, id: i64, address: &Address) -> Result<()> {
    let Address { recipient, phone, extension, region, detail } = address;
    let query = sqlx::query(statement).bind(book.owner()).bind(id).bind(recipient).bind(phone).bind(region).bind(detail).bind(extension);
    expect_one(&query.execute(conn).await?)
}

/// Takes an address out of the book; orders and cases keep their own copies (B27).
pub async fn remove_address(conn: &mut Conn, book: AddressBookOwner, id: i64, now: Timestamp) -> Result<()> {
    let done = sqlx::query(book.statements().remove).bind(book.owner()).bind(id).bind(now.0).execute(conn).await?;
    expect_one(&done)
}

/// Makes this address the book's only default.
pub async fn set_default_address(conn: &mut Conn, book: AddressBookOwner, id: i64, now: Timestamp) -> Result<()> {
    sqlx::query(book.statements().clear_default).bind(book.owner()).execute(&mut *conn).await?;
    let done = sqlx::query(book.statements().set_default).bind(book.owner()).bind(id).bind(now.0).execute(conn).await?;
    expect_one(&done)
}
