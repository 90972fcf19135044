//! What the pages of a case show.

use crate::domain::after_sale::{AfterSale, Stage, kinds_for};
use crate::domain::{BuyerId, Permission, Tender, Timestamp};
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::error::{Error, Result};
use crate::server::orders;
use crate::server::store::after_sales::{self as rows, BuyerFilter, Listed, QueueFilter};
use crate::server::store::events::{self, TimelineLine};
use crate::server::store::orders::Whose;
use crate::server::store::payments::PaymentStatus;
use crate::server::store::people::{self, Book, BookedAddress};
use crate::server::store::refund_accounts;
use crate::server::store::refunds::{self, Refund};

/// One case whole, with its order around it.
#[derive(Clone, Debug)]
pub struct Detail {
    pub case: AfterSale,
    pub timeline: Vec<TimelineLine>,
    pub refunds: Vec<Refund>,
    pub order: orders::Detail,
    /// For the shop: the cases before and behind it that stand where it stands.
    pub neighbours: (Option<String>, Option<String>),
    /// For the shop: where returns can go.
    pub return_addresses: Vec<BookedAddress>,
    /// When the buyer said where money that was paid in cash shall go.
    pub account_given_at: Option<Timestamp>,
}

impl Detail {
    /// The ways the order was paid: what goes back goes the same ways (S72).
    pub fn tenders(&self) -> Vec<Tender> {
        self.order.payments.iter().filter(|payment| payment.status == PaymentStatus::Succeeded).map(|payment| payment.tender).collect()
    }
}

/// The case page of its buyer; a foreign number is a 404 (B32).
pub async fn for_buyer(buyer: &Buyer, number: &str) -> Result<Detail> {
    let mut conn = buyer.app.db.reader().await?;
    let case = rows::find(&mut conn, Whose::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    let order = order_number(&mut conn, &case).await?;
    drop(conn);
    let order = orders::for_buyer(buyer, &order).await?;
    detail(buyer, case, order).await
}

/// The case page of its shop.
pub async fn for_shop(staff: &Staff, number: &str) -> Result<Detail> {
    staff.require(Permission::SeeOrders)?;
    let mut conn = staff.app.db.reader().await?;
    let case = rows::find(&mut conn, Whose::Shop(staff.shop.id), number).await?.ok_or(Error::NotFound)?;
    let order = order_number(&mut conn, &case).await?;
    let neighbours = rows::neighbours(&mut conn, staff.shop.id, case.id, case.state.kind()).await?;
    let return_addresses = people::addresses(&mut conn, Book::Shop(staff.shop.id)).await?;
    drop(conn);
    let order = orders::for_shop(staff, &order).await?;
    Ok(Detail { neighbours, return_addresses, ..detail(staff, case, order).await? })
}

async fn order_number(conn: &mut sqlx::AnyConnection, case: &AfterSale) -> Result<String> {
    Ok(crate::server::store::orders::by_id(conn, case.order_id).await?.0.number)
}

async fn detail(ctx: &Ctx, case: AfterSale, order: orders::Detail) -> Result<Detail> {
    let mut conn = ctx.app.db.reader().await?;
    Ok(Detail {
        timeline: events::of_after_sale(&mut conn, case.id).await?,
        refunds: refunds::of_after_sale(&mut conn, case.id).await?,
        account_given_at: refund_accounts::given_at(&mut conn, case.id).await?,
        case,
        order,
        neighbours: (None, None),
        return_addresses: Vec::new(),
    })
}

pub async fn list_for_buyer(buyer: &Buyer, which: BuyerFilter, before: Option<i64>) -> Result<Listed> {
    let mut conn = buyer.app.db.reader().await?;
    rows::list_for_buyer(&mut conn, buyer.id, which, before.unwrap_or(i64::MAX), 10).await
}

pub async fn list_for_shop(staff: &Staff, filter: &QueueFilter) -> Result<Listed> {
    staff.require(Permission::SeeOrders)?;
    let mut conn = staff.app.db.reader().await?;
    rows::list_for_shop(&mut conn, staff.shop.id, filter, 20).await
}

/// What the application form offers for an order: per line how far it is, and the kinds that stage allows (S31).
#[derive(Clone, Debug)]
pub struct Offered {
    pub stage: Stage,
    pub kinds: Vec<crate::domain::after_sale::AfterSaleKind>,
}

impl Offered {
    /// By the rules of the order's shop; returns need a default return address.
    pub async fn of(ctx: &Ctx, detail: &orders::Detail, stage: Stage) -> Result<Self> {
        let mut conn = ctx.app.db.reader().await?;
        let returns_possible = people::default_return_address(&mut conn, detail.shop.id).await?.is_some();
        Ok(Self { stage, kinds: kinds_for(stage, &detail.shop.policy, returns_possible) })
    }
}

/// What the shop knows of the buyer: completed orders and cases so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastCases {
    pub completed_orders: i64,
    pub open_cases: i64,
}

pub async fn past_cases(staff: &Staff, buyer: BuyerId) -> Result<PastCases> {
    let mut conn = staff.app.db.reader().await?;
    let (completed_orders, open_cases) = people::history_at(&mut conn, staff.shop.id, buyer).await?;
    Ok(PastCases { completed_orders, open_cases })
}
