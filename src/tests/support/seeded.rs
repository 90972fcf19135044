//! A year of many orders in a database of its own, beside a town's.

use super::{Database, TestApp};
use guitu::demo::seed::bulk::{Size, orders_if_empty};
use guitu::domain::ShopId;
use guitu::server::app::App;
use guitu::server::db::Db;
use std::sync::Arc;

pub struct Seeded {
    pub app: Arc<App>,
    pub db: Db,
    pub shops: Vec<ShopId>,
    database: Database,
}

impl Seeded {
    /// Fills it on the engine of the town.
    pub async fn beside(town: &TestApp, size: Size) -> Self {
        let server = town.database_url.rsplit_once('/').map(|(server, _)| format!("{server}/postgres")).unwrap_or_default();
        let database = Database::fresh(town.engine, || server).await;
        let db = Db::connect(&database.url).await.unwrap();
        db.migrate().await.unwrap();
        let app = Arc::new(App::new(db.clone(), town.server.clock.clone(), town.server.pictures.clone(), String::new()));
        let mut told = 0;
        assert!(orders_if_empty(&app, size, |written| told = written).await.unwrap());
        assert_eq!(told, size.orders);
        let shops: Vec<i64> = sqlx::query_scalar("select id from shops order by id").fetch_all(db.read()).await.unwrap();
        Self { app, db, shops: shops.into_iter().map(ShopId).collect(), database }
    }

    pub async fn change(&self, statement: &'static str) {
        sqlx::query(statement).execute(self.db.single()).await.unwrap();
    }

    pub async fn take_away(self) {
        self.db.close().await;
        self.database.take_away().await;
    }
}
