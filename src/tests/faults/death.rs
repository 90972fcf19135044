//! A process dies between its steps; the next one finds what it left.

use super::agreed_refund;
use crate::support::{TestApp, on_both_engines};
use axum::http::HeaderMap;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::MINUTE;
use guitu::server::jobs;
use guitu::server::payments::{
    CloseAnswer, Gateway, GatewayCallback, GatewayCheck, GatewayError, Gateways, PayOrder, PayTicket, PaymentOutcome, RefundOrder,
    RefundReport,
};
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Notify;

on_both_engines!(after_the_gateway_has_paid_and_before_it_is_written_down, before_the_gateway_was_asked);

/// When the worker dies.
#[derive(Clone, Copy, PartialEq)]
pub enum Dying {
    BeforeTheCall,
    AfterTheCall,
}

/// Hands the call on or not, and then nothing more is heard.
pub struct Deadly {
    pub inner: Arc<dyn Gateway>,
    pub dying: Dying,
    pub died: Arc<Notify>,
}

#[async_trait::async_trait]
impl Gateway for Deadly {
    async fn refund(&self, order: &RefundOrder) -> Result<RefundReport, GatewayError> {
        if self.dying == Dying::AfterTheCall {
            self.inner.refund(order).await?;
        }
        self.died.notify_one();
        std::future::pending().await
    }

    async fn pay(&self, order: &PayOrder) -> Result<PayTicket, GatewayError> {
        self.inner.pay(order).await
    }

    async fn query(&self, payment_no: &str) -> Result<PaymentOutcome, GatewayError> {
        self.inner.query(payment_no).await
    }

    async fn close(&self, payment_no: &str) -> Result<CloseAnswer, GatewayError> {
        self.inner.close(payment_no).await
    }

    async fn query_refund(&self, payment_no: &str, refund_no: &str) -> Result<Option<RefundReport>, GatewayError> {
        self.inner.query_refund(payment_no, refund_no).await
    }

    async fn check(&self) -> GatewayCheck {
        self.inner.check().await
    }

    fn cashiers(&self) -> Vec<String> {
        self.inner.cashiers()
    }

    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<GatewayCallback, GatewayError> {
        self.inner.verify(headers, body)
    }
}

async fn after_the_gateway_has_paid_and_before_it_is_written_down(app: TestApp) {
    dies(&app, Dying::AfterTheCall, (1, 1)).await;
}

async fn before_the_gateway_was_asked(app: TestApp) {
    dies(&app, Dying::BeforeTheCall, (1, 1)).await;
}

async fn dies(app: &TestApp, dying: Dying, asked_and_paid: (i64, i64)) {
    let (_, case, refund) = agreed_refund(app).await;
    app.bank.plan_fault("callback", json!({ "kind": "silent" }), 1).await;
    let died = Arc::new(Notify::new());
    let deadly = Deadly { inner: app.bank.gateways.wechat.clone().unwrap(), dying, died: died.clone() };
    let process = app.another_process_with(Gateways { wechat: Some(Arc::new(deadly)), alipay: None }).await;
    let worker = tokio::spawn({
        let process = process.clone();
        async move { jobs::run_due(&process).await }
    });
    died.notified().await;
    worker.abort();
    let _ = worker.await;
    process.db.close().await;

    assert_eq!(app.run_due_jobs().await.1, 0, "the dead worker's claim still holds");
    app.until("its heir has finished it", || async {
        app.wait(MINUTE).await;
        app.state(&case).await == StateKind::Succeeded
    })
    .await;
    assert_eq!(app.bank.payouts(&refund).await, asked_and_paid);
}
