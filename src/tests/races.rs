//! Several people, or one person twice, in the same moment: one effect, and a clear answer for everybody.

mod decisions;
mod double_clicks;
mod group_commit;
mod money;
mod other_content;
mod stock;

use crate::support::{Browser, Form, Page, TestApp, warm_up};

/// Sends the same form many times at once.
async fn many_times(app: &TestApp, browser: &Browser, form: &Form, times: usize) -> Vec<Page> {
    warm_up(&app.server).await;
    let sent: Vec<_> = (0..times)
        .map(|_| {
            let (browser, form) = (browser.clone(), form.clone());
            tokio::spawn(async move { browser.send(&form).await })
        })
        .collect();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    answers
}
