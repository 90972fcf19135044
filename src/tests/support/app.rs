//! The whole shop on a port of its own, with a clock in the test's hand and the sandbox gateway beside it.

use super::bank::Bank;
use super::engine::{Database, Engine};
use super::town::{Shop, Town};
use chrono_tz::Asia::Shanghai;
use guitu::domain::order::OrderStatus;
use guitu::domain::{Actor, BuyerId, Role, SeeMoney, ShopId, StaffId, StockCause, Timestamp};
use guitu::http::net::{self, Bounds};
use guitu::server::app::App;
use guitu::server::clock::MockClock;
use guitu::server::ctx::{Ctx, Staff};
use guitu::server::db::Db;
use guitu::server::machinery::pictures::PictureStore;
use guitu::server::payments::Gateways;
use guitu::server::store::counts::StaffCounts;
use guitu::server::store::events::TimelineLine;
use guitu::server::store::goods::shelf::{self, StockMove};
use guitu::server::store::money::wallet;
use guitu::server::store::people::{self, FoundStaff};
use guitu::server::{after_sales, jobs, orders};
use guitu::text::{Viewer, sentence};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Noon of a working day in the shop's zone.
const START: Timestamp = Timestamp(1_795_320_000_000);

/// A running town.
#[derive(Clone)]
pub struct TestApp(Arc<Parts>);

pub struct Parts {
    pub server: Arc<App>,
    pub url: String,
    pub clock: Arc<MockClock>,
    pub bank: Arc<Bank>,
    pub town: Town,
    pub engine: Engine,
    /// Where a process of its own finds the same town.
    pub database_url: String,
    pub folder: PathBuf,
}

impl Deref for TestApp {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl TestApp {
    pub async fn start(database: &Database) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let clock = Arc::new(MockClock::at(START));
        let bank = Arc::new(Bank::open(&url, &clock).await);
        let db = Db::connect(&database.url).await.unwrap();
        db.migrate().await.unwrap();
        let mut server = App::new(db, clock.clone(), PictureStore::in_folder(&database.folder.join("evidence")).unwrap(), url.clone());
        server.gateways = bank.gateways.clone();
        let server = Arc::new(server);
        let town = Town::found(&server).await;
        tokio::spawn(net::serve(listener, guitu::start::router(&server), Bounds::of_one_machine(), std::future::pending()));
        Self(Arc::new(Parts {
            server,
            url,
            clock,
            bank,
            town,
            engine: database.engine,
            database_url: database.url.clone(),
            folder: database.folder.clone(),
        }))
    }

    /// Another process on the same database.
    pub async fn another_process(&self) -> Arc<App> {
        self.another_process_with(self.bank.gateways.clone()).await
    }

    /// One that speaks with the gateways in a way of its own.
    pub async fn another_process_with(&self, gateways: Gateways) -> Arc<App> {
        let db = Db::connect(&self.database_url).await.unwrap();
        let mut server = App::new(db, self.clock.clone(), self.server.pictures.clone(), self.url.clone());
        server.gateways = gateways;
        server.secrets = self.server.secrets.clone();
        Arc::new(server)
    }

    /// A process over another database, with the same clock and the same gateways.
    pub async fn another_process_at(&self, database_url: &str) -> Arc<App> {
        let db = Db::connect(database_url).await.unwrap();
        let mut server = App::new(db, self.clock.clone(), self.server.pictures.clone(), self.url.clone());
        server.gateways = self.bank.gateways.clone();
        server.secrets = self.server.secrets.clone();
        Arc::new(server)
    }

    /// Everything that is due, as a worker would do it: clocks fired and refunds seen to.
    pub async fn run_due_jobs(&self) -> (usize, usize) {
        jobs::run_due(&self.server).await.unwrap()
    }

    /// Lets time pass, and the worker wake up after it.
    pub async fn wait(&self, millis: i64) -> (usize, usize) {
        self.clock.advance(millis);
        self.run_due_jobs().await
    }

    pub async fn order(&self, number: &str) -> orders::OrderDetail {
        let staff = self.desk_of(number).await;
        orders::for_shop(&staff, number).await.unwrap().whole(&staff).unwrap()
    }

    /// The ids of the order's lines, as its forms name them.
    pub async fn lines(&self, number: &str) -> Vec<i64> {
        self.order(number).await.order.lines.iter().map(|line| line.id.0).collect()
    }

    pub async fn status(&self, number: &str) -> OrderStatus {
        self.order(number).await.order.status()
    }

    pub async fn case(&self, number: &str) -> after_sales::AfterSaleDetail {
        let shop = self.number("select shop_id from after_sales where number = $1", number).await;
        let owner = self.owner_of(shop).await;
        after_sales::for_shop(&owner, number).await.unwrap().whole(&owner).unwrap()
    }

    /// Balance and points at the shop.
    pub async fn purse(&self, phone: &str) -> (i64, i64) {
        self.purse_at(self.town.shop, phone).await
    }

    /// Balance and points at one of the two shops.
    pub async fn purse_at(&self, shop: Shop, phone: &str) -> (i64, i64) {
        let id = BuyerId(self.number("select id from buyers where phone = $1", phone).await);
        let purse = wallet::purse(&mut self.server.db.reader().await.unwrap(), shop.id, id).await.unwrap();
        (purse.balance.0, purse.points)
    }

    /// Units of a SKU: sellable, reserved, defective.
    pub async fn shelf(&self, ware: super::Ware) -> (i64, i64, i64) {
        let statement = "select sellable, reserved, defective from skus where id = $1";
        sqlx::query_as(statement).bind(ware.sku.0).fetch_one(self.server.db.read()).await.unwrap()
    }

    /// More of it has come to the shelf.
    pub async fn stocks(&self, ware: super::Ware, units: i64) {
        let (id, at) = (self.server.new_id(), self.server.now());
        let more = StockMove { id, sku: ware.sku, line: None, cause: StockCause::Stocked, sellable: units, reserved: 0, defective: 0, at };
        let mut tx = self.server.db.write().await.unwrap();
        assert!(shelf::apply(tx.conn(), &more).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// How many rows a statement counts.
    pub async fn count(&self, statement: &'static str) -> i64 {
        sqlx::query_scalar(statement).fetch_one(self.server.db.read()).await.unwrap()
    }

    /// The timeline of an order, as people read it.
    pub async fn told(&self, number: &str) -> Vec<String> {
        self.order(number).await.timeline.iter().map(in_words).collect()
    }

    /// Waits for what comes over the wire: callbacks, and what follows from them.
    pub async fn until<F: Future<Output = bool>>(&self, what: &str, mut reached: impl FnMut() -> F) {
        for _ in 0..3_000 {
            if reached().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it did not come to this: {what}");
    }

    async fn desk_of(&self, number: &str) -> Staff {
        let shop = self.number("select shop_id from orders where number = $1", number).await;
        self.owner_of(shop).await
    }

    async fn owner_of(&self, shop: i64) -> Staff {
        let statement = "select id from staff where shop_id = $1 order by id limit 1";
        let id: i64 = sqlx::query_scalar(statement).bind(shop).fetch_one(self.server.db.read()).await.unwrap();
        let FoundStaff { actor, shop, .. } = people::staff(&self.server.db, id).await.unwrap().unwrap();
        assert!(matches!(&actor, Actor::Staff { id: StaffId(staff), .. } if *staff == id));
        Staff { ctx: Ctx { app: self.server.clone(), actor, now: self.server.now() }, shop, waiting: StaffCounts::default() }
    }

    pub async fn number(&self, statement: &'static str, key: &str) -> i64 {
        sqlx::query_scalar(statement).bind(key).fetch_one(self.server.db.read()).await.unwrap()
    }
}

/// A line of a timeline, as who may see everything reads it.
pub fn in_words(line: &TimelineLine) -> String {
    sentence(&line.what, viewer(Role::Owner), Shanghai)
}

/// A member of a shop's staff as sentences are drawn for them.
pub fn viewer(role: Role) -> Viewer {
    let actor = Actor::Staff { id: StaffId(1), shop: ShopId(1), name: "员工".to_owned(), roles: vec![role] };
    Viewer::Staff(actor.granted(SeeMoney, ShopId(1)))
}
