//! The people of the demo and what they can do, at whatever moment the clock shows.

mod after_sales;

pub use after_sales::ShopDecision;

use super::internal;
use super::sandbox::SandboxClient;
use super::timeline::{SeedTimeline, Story};
use crate::domain::order::ParcelPlan;
use crate::domain::review::NewReview;
use crate::domain::{Actor, BuyerCouponId, BuyerId, Parcel, Request, Role, Shop, SkuId, StaffId, Tender, Timestamp};
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::error::{Error, Result};
use crate::server::goods::reviews::{self, LineReview};
use crate::server::money::refunds;
use crate::server::orders::{self, Basket, CashierStep, NewOrder, Precondition, TypedOrder};
use crate::server::payments::{PayScene, PaymentOutcome};
use crate::server::store::counts::StaffCounts;
use crate::server::store::orders::cart;
use crate::server::store::people;
use std::collections::HashMap;
use std::sync::Arc;

/// Goods of an order: picture key, which SKU of it, how many.
pub type Wish = (&'static str, usize, i64);

pub struct Town {
    pub app: Arc<App>,
    timeline: SeedTimeline,
    shop: Shop,
    buyers: Vec<(BuyerId, String, String)>,
    shelf: HashMap<&'static str, Vec<SkuId>>,
    sandbox: SandboxClient,
    now: Timestamp,
}

impl Town {
    pub fn new(
        app: Arc<App>,
        timeline: SeedTimeline,
        shop: Shop,
        buyers: Vec<(BuyerId, String, String)>,
        shelf: HashMap<&'static str, Vec<SkuId>>,
        sandbox: SandboxClient,
        now: Timestamp,
    ) -> Self {
        Self { app, timeline, shop, buyers, shelf, sandbox, now }
    }

    /// Tells all that happens here.
    pub async fn tell(&self, stories: Vec<Story<'_>>) -> Result<()> {
        self.timeline.tell(stories).await
    }

    /// Goes on so many milliseconds before the present.
    pub async fn ago(&self, millis: i64) {
        self.timeline.until(Timestamp(self.now.0 - millis)).await;
    }

    /// Lets time pass, and happen what comes in it.
    pub async fn wait(&self, millis: i64) {
        self.timeline.until(self.app.now().plus(millis)).await;
    }

    pub fn buyer(&self, index: usize) -> Buyer {
        let (id, name, phone) = self.buyers[index].clone();
        let actor = Actor::Buyer { id, name: name.clone() };
        Buyer { ctx: Ctx { app: self.app.clone(), actor, now: self.app.now() }, id, name, phone, in_cart: 0 }
    }

    pub fn staff(&self, role: Role) -> Staff {
        let name = match role {
            Role::Owner => "周掌柜",
            Role::Service => "客服小林",
            Role::Warehouse => "仓库小吴",
            Role::Finance => "财务陈姐",
        };
        let actor = Actor::Staff { id: StaffId(0), shop: self.shop.id, name: name.to_owned(), roles: vec![role] };
        Staff { ctx: Ctx { app: self.app.clone(), actor, now: self.app.now() }, shop: self.shop.clone(), waiting: StaffCounts::default() }
    }

    /// Places an order; points as said.
    pub async fn orders(&self, index: usize, wishes: &[Wish], points: i64, remark: &str) -> Result<String> {
        self.orders_with(index, wishes, points, remark, None).await
    }

    /// Likewise, with a coupon of the buyer's.
    pub async fn orders_with(
        &self,
        index: usize,
        wishes: &[Wish],
        points: i64,
        remark: &str,
        coupon: Option<BuyerCouponId>,
    ) -> Result<String> {
        let buyer = self.buyer(index);
        let mut tx = self.app.db.write().await?;
        for (key, sku, quantity) in wishes {
            cart::set(tx.conn(), buyer.id, self.shelf[key][*sku], *quantity, buyer.now).await?;
        }
        let addresses = people::addresses(tx.conn(), people::AddressBookOwner::Buyer(buyer.id)).await?;
        tx.commit().await?;
        let basket = Basket::Cart(self.shop.id);
        let expected = orders::basket(&buyer, basket).await?.totals.payable();
        let address = addresses.first().ok_or(Error::NotFound)?.id;
        let coupon = coupon.map_or(String::new(), |coupon| coupon.0.to_string());
        let new = NewOrder::parse(&TypedOrder {
            address: &address.to_string(),
            remark,
            points: &points.to_string(),
            coupon: &coupon,
            expected: &expected.0.to_string(),
            ..TypedOrder::default()
        })?;
        orders::place(&buyer, basket, new, &Request { key: request_key(), ..Request::default() }).await
    }

    /// Pays what is due; online through the sandbox's own books.
    pub async fn pays(&self, index: usize, number: &str, tender: Tender) -> Result<()> {
        if tender == Tender::Offline {
            return self.confirms_payment(number, "店内收款").await;
        }
        let buyer = self.buyer(index);
        let CashierStep::Cashier(page) = orders::pay(&buyer, number, tender, PayScene::Browser { ip: "127.0.0.1".to_owned() }).await?
        else {
            return Ok(());
        };
        self.sandbox.visit(&page).await?;
        let detail = orders::for_buyer(&buyer, number).await?;
        let pending = detail.payment_under_way().ok_or(Error::NotFound)?;
        self.sandbox.pays(&pending.number).await?;
        let gateway = self.app.gateways.of_tender(tender).ok_or(Error::NotFound)?;
        match gateway.query(&pending.number).await? {
            PaymentOutcome::Paid(receipt) => orders::settle_payment(&Ctx::system(&self.app), &receipt).await,
            PaymentOutcome::NotFound | PaymentOutcome::Pending | PaymentOutcome::Closed => {
                Err(internal("the sandbox did not take the payment"))
            }
        }
    }

    /// Ships all, or the first line alone.
    pub async fn ships(&self, number: &str, tracking: &str, first_line_only: bool) -> Result<()> {
        let staff = self.staff(Role::Warehouse);
        let order = orders::for_shop(&staff, number).await?;
        let lines = order.lines().filter(|line| line.units_to_ship > 0);
        let units = lines.map(|line| (line.id, line.units_to_ship)).take(if first_line_only { 1 } else { usize::MAX }).collect();
        let plan = ParcelPlan { parcel: Parcel { carrier: "sf".to_owned(), tracking: tracking.to_owned() }, units };
        orders::ship(&staff, number, &[plan], &Precondition::at(order.version())).await
    }

    pub async fn receives(&self, index: usize, number: &str) -> Result<()> {
        orders::receive_for_buyer(&self.buyer(index), number).await
    }

    pub async fn cancels(&self, index: usize, number: &str) -> Result<()> {
        orders::cancel(&self.buyer(index), number).await
    }

    /// Finance has seen the money elsewhere.
    pub async fn confirms_payment(&self, number: &str, note: &str) -> Result<()> {
        let staff = self.staff(Role::Finance);
        let version = orders::for_shop(&staff, number).await?.version();
        orders::confirm_offline(&staff, number, note, &Precondition::at(version)).await
    }

    /// Reviews every line of the order with the same stars and words.
    pub async fn reviews(&self, index: usize, number: &str, stars: i64, words: &str, anonymous: bool) -> Result<()> {
        let buyer = self.buyer(index);
        let review = NewReview { rating: stars, words: words.to_owned(), anonymous };
        let lines = reviews::of_order(&buyer, number).await?.lines.into_iter();
        let said = lines.map(|line| LineReview { line: line.id, review: review.clone(), pictures: Vec::new() });
        reviews::write(&buyer, number, &said.collect::<Vec<_>>()).await
    }

    /// The shop answers its newest review.
    pub async fn replies(&self, words: &str) -> Result<()> {
        let staff = self.staff(Role::Owner);
        let newest = reviews::list(&staff, &reviews::ReviewFilter::default(), None).await?;
        match newest.rows.first() {
            Some(review) => reviews::reply(&staff, review.id, words).await,
            None => Ok(()),
        }
    }

    /// The sandbox's bank will say no, once.
    pub async fn bank_refuses_the_next_refund(&self) -> Result<()> {
        self.sandbox.refuses_the_next_refund().await
    }

    /// The worker sends the refunds that are due.
    pub async fn work(&self) -> Result<()> {
        refunds::scan(&Ctx::system(&self.app)).await.map(drop)
    }
}
