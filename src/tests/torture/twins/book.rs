//! One of the two towns, worked through its use-cases.

use super::likeness;
use super::story::Story;
use crate::support::{LI, TestApp, WANG, Ware, photo};
use crate::torture::prompt::Prompt;
use guitu::domain::after_sale::{AfterSale, AfterSaleAction as A};
use guitu::domain::order::{Order, ParcelPlan, PriceChange};
use guitu::domain::{ActorKind, BuyerId, Money, MoneyCause, OrderLineId, Parcel, Request, ShopPolicy, SkuId, Tender, Timestamp};
use guitu::http::form::Form;
use guitu::http::forms::after_sale::{inspection, manual_refund, refund_agreement, rejection, return_approval};
use guitu::http::forms::application::{application, return_shipment};
use guitu::http::forms::parcel::parcel;
use guitu::server::app::App;
use guitu::server::clock::request_key;
use guitu::server::ctx::{Buyer, Ctx, Staff};
use guitu::server::error::Result;
use guitu::server::orders::{self, Basket, CashierStep, NewOrder, Precondition, RestatedPrice, TypedOrder};
use guitu::server::payments::{Gateways, PayScene, PaymentOutcome};
use guitu::server::store::counts::StaffCounts;
use guitu::server::store::money::wallet::{self, MoneyEvent};
use guitu::server::store::orders::cart;
use guitu::server::store::people::{self, FoundStaff};
use guitu::server::{after_sales, jobs};
use std::sync::Arc;

pub struct Book {
    app: TestApp,
    server: Arc<App>,
    gateway: Arc<Prompt>,
    owner: Staff,
    buyers: [Buyer; 2],
    goods: [Ware; 4],
}

impl Book {
    pub async fn of(app: &TestApp) -> Self {
        let gateway = Arc::new(Prompt::default());
        let server = app.another_process_with(Gateways { wechat: None, alipay: Some(gateway.clone()) }).await;
        let id = app.count("select min(id) from staff").await;
        let FoundStaff { actor, shop, .. } = people::staff(&server.db, id).await.unwrap().unwrap();
        let now = server.now();
        let owner = Staff { ctx: Ctx { app: server.clone(), actor, now }, shop, waiting: StaffCounts::default() };
        let buyers = [buyer(app, &server, WANG).await, buyer(app, &server, LI).await];
        let town = app.town.goods;
        Self { app: app.clone(), server, gateway, owner, buyers, goods: [town.tea, town.cup, town.pot, town.last] }
    }

    /// Fills the shelf and the purses; what is on the one and in the others now.
    pub async fn is_provided_with(&self, units: i64, wealth: i64) -> ([i64; 4], [[i64; 2]; 2]) {
        for ware in &self.goods[..3] {
            self.app.stocks(*ware, units).await;
        }
        let mut tx = self.server.db.write().await.unwrap();
        for (buyer, account) in self.buyers.iter().flat_map(|buyer| [(buyer, Tender::Points), (buyer, Tender::Balance)]) {
            let gift = MoneyEvent {
                id: self.server.new_id(),
                shop: self.app.town.shop.id,
                order_id: None,
                payment_id: None,
                refund_id: None,
                buyer: buyer.id,
                account,
                cause: MoneyCause::Opening,
                amount: Money(wealth),
                actor: ActorKind::System,
                actor_name: "系统",
                reason: "",
                request: None,
                at: self.now(),
            };
            wallet::record(&mut tx, &gift).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (mut on_shelf, mut purses) = ([0; 4], [[0; 2]; 2]);
        for (ware, units) in on_shelf.iter_mut().enumerate() {
            *units = self.sellable(ware).await;
        }
        for (buyer, purse) in purses.iter_mut().enumerate() {
            *purse = self.purse(buyer).await;
        }
        (on_shelf, purses)
    }

    pub fn now(&self) -> Timestamp {
        self.server.now()
    }

    pub fn policy(&self) -> &ShopPolicy {
        &self.owner.shop.policy
    }

    pub fn waits(&self, millis: i64) {
        self.app.clock.advance(millis);
    }

    /// Until nothing is due any more; meanwhile the gateway may refuse whatever it is asked to pay back.
    pub async fn works(&self, refusing: bool) {
        self.gateway.refuses(refusing);
        while jobs::run_due(&self.server).await.unwrap() != (0, 0) {}
    }

    pub async fn sellable(&self, ware: usize) -> i64 {
        self.app.shelf(self.goods[ware]).await.0
    }

    /// Points and balance.
    pub async fn purse(&self, buyer: usize) -> [i64; 2] {
        let mut conn = self.server.db.reader().await.unwrap();
        let purse = wallet::purse(&mut conn, self.app.town.shop.id, self.buyers[buyer].id).await.unwrap();
        [purse.points, purse.balance.0]
    }

    /// The picture that the rows draw of a story.
    pub async fn likeness(&self, story: &Story, side: usize) -> String {
        let order = self.order(&story.numbers[side]).await.unwrap();
        let mut cases = Vec::new();
        for number in &story.cases[side] {
            cases.push(self.case(number).await.unwrap());
        }
        likeness::picture(&order, &cases, &story.lines[side])
    }

    async fn order(&self, number: &str) -> Result<Order> {
        let owner = self.owner();
        Ok(orders::for_shop(&owner, number).await?.whole(&owner)?.order)
    }

    async fn case(&self, number: &str) -> Result<AfterSale> {
        let owner = self.owner();
        Ok(after_sales::for_shop(&owner, number).await?.whole(&owner)?.case)
    }

    fn owner(&self) -> Staff {
        let ctx = Ctx { now: self.now(), ..self.owner.ctx.clone() };
        Staff { ctx, ..self.owner.clone() }
    }

    fn buyer(&self, index: usize) -> Buyer {
        let ctx = Ctx { now: self.now(), ..self.buyers[index].ctx.clone() };
        Buyer { ctx, ..self.buyers[index].clone() }
    }

    /// Places an order; its number, and its lines with the goods on them, as the town has laid them.
    pub async fn places(
        &self,
        index: usize,
        goods: &[(usize, i64)],
        points: Money,
        balance: Money,
    ) -> Result<(String, Vec<(OrderLineId, usize)>)> {
        let buyer = self.buyer(index);
        let mut tx = self.server.db.write().await?;
        let shop = self.owner.shop.id;
        for left in cart::items_of_shop(tx.conn(), buyer.id, shop).await? {
            cart::remove(tx.conn(), buyer.id, left.offer.id).await?;
        }
        for (ware, quantity) in goods {
            cart::set(tx.conn(), buyer.id, self.goods[*ware].sku, *quantity, buyer.now).await?;
        }
        let address = people::addresses(tx.conn(), people::AddressBookOwner::Buyer(buyer.id)).await?[0].id;
        tx.commit().await?;
        let basket = Basket::Cart(shop);
        let expected = orders::basket(&buyer, basket).await?.totals.payable();
        let new = NewOrder::parse(&TypedOrder {
            address: &address.to_string(),
            points: &points.0.to_string(),
            balance: &balance.plain(),
            expected: &expected.0.to_string(),
            ..TypedOrder::default()
        })?;
        let request = Request { key: request_key(), ..Request::default() };
        let number = orders::place(&buyer, basket, new, &request).await?;
        let order = self.order(&number).await?;
        let lines = order.lines.iter().map(|line| (line.id, self.ware(line.sku_id))).collect();
        Ok((number, lines))
    }

    fn ware(&self, sku: SkuId) -> usize {
        self.goods.iter().position(|ware| ware.sku == sku).expect("goods of this town")
    }

    pub async fn pays(&self, index: usize, number: &str, tender: Tender) -> Result<()> {
        let buyer = self.buyer(index);
        let CashierStep::Cashier(_) = orders::pay(&buyer, number, tender, PayScene::Browser { ip: "127.0.0.1".to_owned() }).await? else {
            return Ok(());
        };
        let begun = orders::for_buyer(&buyer, number).await?.payments;
        for payment in begun.into_iter().filter(|payment| payment.tender.is_online()) {
            if let PaymentOutcome::Paid(receipt) = orders::ask(&buyer, &payment).await? {
                orders::settle_payment(&Ctx::system(&self.server), &receipt).await?;
            }
        }
        Ok(())
    }

    pub async fn cancels(&self, index: usize, number: &str) -> Result<()> {
        orders::cancel(&self.buyer(index), number).await
    }

    pub async fn reprices(&self, number: &str, change: PriceChange) -> Result<()> {
        let order = self.order(number).await?;
        let total = Some(order.totals.payable() + change.goods + change.freight);
        orders::adjust_price(&self.owner(), number, RestatedPrice { change, total }, &Precondition::at(order.version)).await
    }

    pub async fn ships(&self, number: &str, units: Vec<(OrderLineId, i64)>) -> Result<()> {
        let version = self.order(number).await?.version;
        let parcel = Parcel { carrier: "yto".to_owned(), tracking: "YT1000000000001".to_owned() };
        orders::ship(&self.owner(), number, &[ParcelPlan { parcel, units }], &Precondition::at(version)).await
    }

    pub async fn receives(&self, index: usize, number: &str) -> Result<()> {
        orders::receive_for_buyer(&self.buyer(index), number).await
    }

    pub async fn applies(&self, index: usize, number: &str, form: &Form) -> Result<String> {
        let mut form = form.clone();
        form.set("request_key", request_key());
        after_sales::apply(&self.buyer(index), number, application(&form)?, &form.request()).await
    }

    /// What somebody does to a case, by the fields of its form.
    pub async fn acts(&self, index: usize, case: &str, action: A, form: &Form) -> Result<()> {
        let (buyer, owner) = (self.buyer(index), self.owner());
        let detail = after_sales::for_shop(&owner, case).await?;
        let precondition = &Precondition::at(detail.version());
        let mut form = form.clone();
        match action {
            A::Withdraw => after_sales::withdraw(&buyer, case, precondition).await,
            A::Revise => after_sales::revise(&buyer, case, application(&form)?, precondition).await,
            A::ShipReturn => after_sales::ship_return(&buyer, case, return_shipment(&form)?, precondition).await,
            A::ConfirmReplacement => after_sales::confirm_replacement(&buyer, case, precondition).await,
            A::ConvertToRefund => after_sales::convert_to_refund(&buyer, case, precondition).await,
            A::Reject | A::RejectReturn => {
                form.attach("reject_evidence", photo());
                after_sales::reject(&owner, case, rejection(&form)?, precondition).await
            }
            A::ApproveReturn => {
                form.set("return_address", detail.return_addresses()[0].id.to_string());
                after_sales::approve_return(&owner, case, return_approval(&form)?, precondition).await
            }
            A::AgreeRefund => {
                form.set("goods_not_back", "1");
                after_sales::agree_refund(&owner, case, refund_agreement(&form), precondition).await
            }
            A::RefundManually => {
                form.set("goods_not_back", "1");
                form.set("consent", "1");
                after_sales::refund_manually(&owner, case, manual_refund(&form)?, precondition).await
            }
            A::Receive => after_sales::receive(&owner, case, &inspection(&form), precondition).await,
            A::ShipReplacement => after_sales::ship_replacement(&owner, case, parcel(&form)?, precondition).await,
            A::RetryRefund => after_sales::retry_refund(&owner, case, precondition).await,
        }
    }
}

async fn buyer(app: &TestApp, server: &Arc<App>, phone: &str) -> Buyer {
    let id = BuyerId(app.number("select id from buyers where phone = $1", phone).await);
    let row = people::buyer(&server.db, id).await.unwrap().unwrap();
    let actor = guitu::domain::Actor::Buyer { id, name: row.name.clone() };
    Buyer { ctx: Ctx { app: server.clone(), actor, now: server.now() }, id, name: row.name, phone: row.phone, in_cart: 0 }
}
