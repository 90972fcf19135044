//! What happens behind the counter: money comes in, refunds settle after a while, the shop is called back.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::CONTENT_TYPE;
use tokio::sync::watch;
use tokio::time::sleep;

use super::alipay::{self, AlipayAccount};
use super::books::{
    Accepted, BookedNotice, BookedPayment, BookedRefund, BookedRefundStatus, Books, OpenRefund, Paying, PendingNotice, SandboxFault,
};
use super::numbers;
use super::problem::SandboxProblem;
use super::wechat::{self, WechatAccount};
use super::{ClockControl, SandboxConfig, SandboxError};
use crate::domain::time::DAY;
use crate::server::payments::alipay::HEARD;
use crate::server::payments::alipay::sign::Params;

const LONGEST_ADVANCE_MS: i64 = 400 * DAY;

/// The sandbox while it runs.
pub struct Bank {
    pub books: Books,
    pub clock: Arc<dyn ClockControl>,
    pub base_url: String,
    pub app_base_url: String,
    pub alipay: Option<AlipayAccount>,
    pub wechat: Option<WechatAccount>,
    http: reqwest::Client,
    settle_after: Duration,
    retry_delays: Vec<Duration>,
    stopped: watch::Receiver<bool>,
}

impl Bank {
    pub async fn open(config: SandboxConfig, base_url: String, stopped: watch::Receiver<bool>) -> Result<Self, SandboxError> {
        let http =
            reqwest::Client::builder().timeout(config.callback_timeout).redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        Ok(Self {
            books: Books::open(&config.database_url).await?,
            clock: config.clock,
            base_url,
            app_base_url: config.app_base_url,
            alipay: config.alipay,
            wechat: config.wechat,
            http,
            settle_after: config.settle_after,
            retry_delays: config.retry_delays,
            stopped,
        })
    }

    /// Takes up what was under way when the sandbox last stopped.
    pub async fn resume(self: &Arc<Self>) -> Result<(), SandboxProblem> {
        for refund_no in self.books.processing_refunds().await? {
            self.settle_soon(refund_no);
        }
        self.send(self.books.open_notices(self.retry_delays.len()).await?);
        Ok(())
    }

    /// The address where a person pays.
    pub fn cashier_url(&self, payment: &BookedPayment) -> String {
        format!("{}/cashier/{}", self.base_url, payment.token)
    }

    /// The buyer confirms: money comes in once, whatever is clicked twice.
    pub async fn pay(self: &Arc<Self>, payment_no: &str, paying: Paying) -> Result<(), SandboxProblem> {
        if let Some(notices) = self.books.pay(payment_no, &numbers::own('T'), paying).await? {
            self.send(notices);
        }
        Ok(())
    }

    /// Accepts a refund and sends its money on the way.
    pub async fn refund(self: &Arc<Self>, order: &OpenRefund, fault: Option<SandboxFault>) -> Result<Accepted, SandboxProblem> {
        let accepted = self.books.open_refund(order, &numbers::own('G'), fails_with(fault), self.clock.now()).await?;
        if accepted.begins {
            self.settle_soon(order.refund_no.clone());
        }
        Ok(accepted)
    }

    /// Sends the money of a refund that failed on another way; `None` if there is no such refund.
    pub async fn send_elsewhere(
        self: &Arc<Self>,
        gateway_no: &str,
        refund_no: &str,
        fault: Option<SandboxFault>,
    ) -> Result<Option<BookedRefund>, SandboxProblem> {
        let sent = self.books.send_elsewhere(gateway_no, refund_no, fails_with(fault), self.clock.now()).await?;
        if sent.as_ref().is_some_and(|sent| sent.begins) {
            self.settle_soon(refund_no.to_owned());
        }
        Ok(sent.map(|sent| sent.refund))
    }

    /// Settles a refund at a given moment.
    pub async fn settle(self: &Arc<Self>, refund_no: &str, at: i64, quiet: bool) -> Result<(), SandboxProblem> {
        let notices = self.books.settle_refund(refund_no, at, quiet).await?;
        self.send(notices);
        Ok(())
    }

    /// Tells the shop something that is not money.
    pub async fn tell(self: &Arc<Self>, number: &str, url: &str, message: &BookedNotice) -> Result<(), SandboxProblem> {
        let notices = self.books.plan_notice(number, url, message).await?;
        self.send(notices);
        Ok(())
    }

    fn settle_soon(self: &Arc<Self>, refund_no: String) {
        let bank = Arc::clone(self);
        tokio::spawn(async move {
            if bank.pause(bank.settle_after).await {
                return;
            }
            if let Err(problem) = bank.settle(&refund_no, bank.clock.now(), false).await {
                tracing::error!(refund_no, ?problem, "a refund could not be settled");
            }
        });
    }

    fn send(self: &Arc<Self>, notices: Vec<PendingNotice>) {
        for notice in notices {
            let bank = Arc::clone(self);
            tokio::spawn(async move { bank.deliver(notice).await });
        }
    }

    /// Calls the shop back until it takes the notice, or the attempts are used up.
    async fn deliver(&self, notice: PendingNotice) {
        if self.pause(Duration::from_millis(notice.delay_ms)).await {
            return;
        }
        let tried = usize::try_from(notice.attempts).unwrap_or_default();
        let pauses = self.retry_delays.iter().skip(tried).copied().map(Some).chain([None]);
        for pause in pauses {
            let taken = self.call_back(&notice).await;
            let delivered_at = taken.then(|| self.clock.now());
            if let Err(problem) = self.books.notice_tried(notice.id, delivered_at).await {
                tracing::error!(url = notice.url, ?problem, "an attempt to call back could not be noted");
            }
            match pause {
                Some(pause) if !taken => {
                    if self.pause(pause).await {
                        return;
                    }
                }
                _ => break,
            }
        }
    }

    /// One attempt; true if the shop took the notice.
    async fn call_back(&self, notice: &PendingNotice) -> bool {
        let heard = match serde_json::from_str(&notice.body) {
            Ok(BookedNotice::Alipay { alipay }) => self.call_back_as_alipay(&notice.url, alipay).await,
            Ok(BookedNotice::Wechat { wechat }) => self.call_back_as_wechat(&notice.url, &wechat).await,
            Err(error) => {
                tracing::error!(%error, "a callback that cannot be read");
                return false;
            }
        };
        heard.unwrap_or_else(|error| {
            tracing::debug!(%error, "a callback did not arrive");
            false
        })
    }

    /// Alipay wants to read a word.
    async fn call_back_as_alipay(&self, url: &str, notice: Params) -> reqwest::Result<bool> {
        let Some(form) = self.alipay.as_ref().and_then(|account| alipay::form(account, notice)) else { return Ok(false) };
        let request = self.http.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8");
        Ok(request.body(form).send().await?.text().await?.trim() == HEARD)
    }

    /// WeChat Pay looks at the status alone.
    async fn call_back_as_wechat(&self, url: &str, told: &wechat::WechatNotice) -> reqwest::Result<bool> {
        let Some((headers, body)) = self.wechat.as_ref().and_then(|account| wechat::sealed(account, told)) else { return Ok(false) };
        let request = self.http.post(url).headers(headers).header(CONTENT_TYPE, "application/json");
        Ok(request.body(body).send().await?.status().is_success())
    }

    /// Moves the shop's clock on.
    pub async fn advance_clock(&self, ms: i64) -> Result<i64, SandboxProblem> {
        if !(1..=LONGEST_ADVANCE_MS).contains(&ms) {
            return Err(SandboxProblem::param("时钟只能向前拨,每次至多 400 天"));
        }
        self.clock.advance(ms).await.map_err(SandboxProblem::Failed)
    }

    /// Waits in real time; true when the sandbox stops meanwhile.
    pub async fn pause(&self, length: Duration) -> bool {
        let mut stopped = self.stopped.clone();
        tokio::select! {
            () = sleep(length) => false,
            _ = stopped.wait_for(|stop| *stop) => true,
        }
    }
}

fn fails_with(fault: Option<SandboxFault>) -> Option<BookedRefundStatus> {
    let Some(SandboxFault::FailLater { code }) = fault else { return None };
    Some(BookedRefundStatus::from(code))
}
