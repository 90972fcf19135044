//! Neither the account's secret nor a person's openid is on a page, in an address of ours, or in the log.

use super::phone::Phone;
use crate::support::{Engine, TestApp, WANG};
use crate::wechat::support::APP_SECRET;
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// All that was logged, in memory.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// On one thread, so that what the town's tasks say is heard here, and nothing else.
#[tokio::test]
async fn nothing_personal_or_secret_is_told() {
    // As long as there is one listener alone, whatever another test's thread says first counts as said to nobody, for good.
    let _beside = tracing::Dispatch::new(tracing_subscriber::registry());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let lines = Lines::default();
        let heard = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).with_env_filter("debug").finish();
        let _listening = tracing::subscriber::set_default(heard);
        engine.play(move |app| tell_nothing(app, lines)).await;
    }
}

async fn tell_nothing(app: TestApp, lines: Lines) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let mut pages = Vec::new();
    for fault in [Some(json!({ "kind": "refuse", "code": "40125" })), Some(json!({ "kind": "html" })), Some(json!({ "kind": "cut" })), None]
    {
        if let Some(fault) = fault {
            app.bank.plan_fault("login", fault, 1).await;
        }
        let door = wang.taps(&order).await;
        let page = wang.get(&wang.logs_in(&door).await).await;
        pages.extend([door, page.location.unwrap_or_default(), page.html]);
    }
    for path in ["", "/pay", "/pay/wechat"] {
        pages.push(wang.get(&format!("/orders/{order}{path}")).await.html);
    }
    assert_eq!(app.bank.pays_by_bridge(&wang.call(&order).await).await, "get_brand_wcpay_request:ok");
    pages.push(wang.get(&format!("/orders/{order}")).await.html);

    let session: String =
        sqlx::query_scalar("select data from sessions where data like '%openid%'").fetch_one(app.server.db.read()).await.unwrap();
    let openid = session.split("openid\":\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(openid.len() == 28 && openid.starts_with('o'), "{session}");
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("WeChat refuses the account: 40125") && log.contains("/pay/wechat/login"), "the log is not heard: {log}");
    for secret in [openid, APP_SECRET] {
        assert!(pages.iter().all(|page| !page.contains(secret)), "on a page");
        let told: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
        assert!(told.is_empty(), "{told:#?}");
    }
    let tables = "select count(*) from payments where cashier_url like '%' || $1 || '%' or note like '%' || $1 || '%'";
    assert_eq!(app.number(tables, openid).await, 0);
}
