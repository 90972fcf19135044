//! Who meets a machine that has its hands full comes again, as workers and people do.

use super::{Browser, Form, Page};
use guitu::server::app::App;
use guitu::server::db::Trouble;
use guitu::server::error::Result;
use std::time::Duration;

/// What a worker does, who looks again when others kept the database busy for too long.
pub async fn goes_on<T, W: Future<Output = Result<T>>>(mut work: impl FnMut() -> W) -> T {
    for _ in 0..20 {
        match work().await {
            Ok(done) => return done,
            Err(error) => assert!(matches!(error.trouble(), Some(Trouble::Locked | Trouble::Overloaded)), "{error}"),
        }
    }
    panic!("the database stays busy");
}

/// Every connection is open, as at a server before it is asked for anything: of many who ask at once nobody waits for log-ins.
pub async fn warm_up(app: &App) {
    goes_on(|| app.db.open_all()).await;
}

/// The same form, sent again for as long as the answer is to come later.
pub async fn sent_until_answered(browser: &Browser, form: &Form) -> Page {
    until_answered(|| browser.send(form)).await
}

/// The same of a page.
pub async fn got_until_answered(browser: &Browser, path: &str) -> Page {
    until_answered(|| browser.get(path)).await
}

async fn until_answered<A: Future<Output = Page>>(mut ask: impl FnMut() -> A) -> Page {
    for _ in 0..150 {
        let answer = ask().await;
        if answer.status != 503 {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("nobody is answered any more");
}
