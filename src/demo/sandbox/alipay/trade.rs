//! The calls themselves, over the sandbox's books.

use super::question::AlipayQuestion;
use super::{AlipayEndpoint, bodies, refusal};
use crate::demo::sandbox::books::{
    BookedNotice, BookedPayment, BookedPaymentStatus, BookedRefundStatus, OpenPayment, OpenRefund, Operation, SandboxFault,
};
use crate::demo::sandbox::numbers;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::domain::Channel;
use crate::server::payments::CURRENCY;
use crate::server::payments::alipay::wire::{Closed, Head, RefundFound, Refunded, TradeFound};
use crate::server::payments::alipay::{moment, yuan::Yuan};

impl AlipayEndpoint {
    /// `alipay.trade.wap.pay`: the trade begins when the buyer's browser brings it; where it goes on.
    pub(super) async fn open(&self, question: &AlipayQuestion) -> Result<String, Head> {
        let asked: bodies::AlipayOrderBody = question.content()?;
        let says = |problem: SandboxProblem| refusal::of(&problem, Operation::Pay);
        let invalid = || refusal::business("ACQ.INVALID_PARAMETER");
        numbers::check(&asked.out_trade_no, asked.total_amount.0, CURRENCY).map_err(says)?;
        if !asked.is_of_this_product() || asked.subject.is_empty() {
            return Err(invalid());
        }
        let now = self.bank.clock.now();
        let expires_at = asked.expires_at(now).ok_or_else(invalid)?;
        let order = OpenPayment {
            payment_no: asked.out_trade_no,
            channel: Channel::Alipay.code().to_owned(),
            amount: asked.total_amount.0,
            currency: CURRENCY.to_owned(),
            title: asked.subject,
            return_url: question.param("return_url").to_owned(),
            notify_url: question.param("notify_url").to_owned(),
            expires_at,
        };
        let payment = self.bank.books.open_payment(&order, &numbers::token(), now).await.map_err(says)?;
        Ok(self.bank.cashier_url(&payment))
    }

    /// `alipay.trade.query`
    pub(super) async fn look_up(&self, question: &AlipayQuestion) -> Result<TradeFound, Head> {
        let payment = self.trade(question).await?;
        let at = payment.paid_at.and_then(moment::written);
        let trade_status = match payment.status {
            BookedPaymentStatus::Pending => "WAIT_BUYER_PAY",
            BookedPaymentStatus::Closed => "TRADE_CLOSED",
            BookedPaymentStatus::Paid if self.gone_back(&payment).await? == payment.sum() => "TRADE_CLOSED",
            BookedPaymentStatus::Paid => "TRADE_SUCCESS",
        };
        Ok(TradeFound {
            total_amount: Yuan(payment.sum()),
            out_trade_no: payment.payment_no,
            trade_no: payment.trade_no.unwrap_or_default(),
            trade_status: trade_status.to_owned(),
            send_pay_date: at.unwrap_or_default(),
        })
    }

    /// `alipay.trade.close`
    pub(super) async fn close(&self, question: &AlipayQuestion) -> Result<Closed, Head> {
        let says = |problem: SandboxProblem| refusal::of(&problem, Operation::Close);
        let before = self.trade(question).await?;
        let now = self.bank.clock.now();
        let after = self.bank.books.close_payment(&before.payment_no, now).await.map_err(says)?;
        let closed = after.is_some_and(|payment| payment.status == BookedPaymentStatus::Closed);
        if before.status != BookedPaymentStatus::Pending || !closed {
            return Err(refusal::business("ACQ.TRADE_STATUS_ERROR"));
        }
        let message = BookedNotice::Alipay { alipay: super::closed(&before, now) };
        self.bank.tell(&before.payment_no, &before.notify_url, &message).await.map_err(says)?;
        Ok(Closed { out_trade_no: before.payment_no, trade_no: String::new() })
    }

    /// `alipay.trade.refund`: money goes back at once, and under one number once.
    pub(super) async fn pay_back(&self, question: &AlipayQuestion, fault: Option<SandboxFault>) -> Result<Refunded, Head> {
        let asked: bodies::AlipayRefundBody = question.content()?;
        let says = |problem: SandboxProblem| refusal::of(&problem, Operation::Refund);
        let payment = self.trade(question).await?;
        let refund_no = match asked.out_request_no {
            Some(number) => number,
            // Known by the number of its trade.
            None if asked.refund_amount.0 == payment.sum() => payment.payment_no.clone(),
            None => return Err(refusal::business("ACQ.INVALID_PARAMETER")),
        };
        numbers::check(&refund_no, asked.refund_amount.0, CURRENCY).map_err(says)?;
        let order = OpenRefund {
            refund_no,
            payment_no: payment.payment_no.clone(),
            amount: asked.refund_amount.0,
            total: payment.sum(),
            currency: CURRENCY.to_owned(),
            reason: asked.refund_reason.unwrap_or_default(),
            // Alipay tells of refunds where it told of the payment.
            notify_url: payment.notify_url.clone(),
        };
        let begins = self.bank.refund(&order, fault).await.map_err(says)?.begins;
        if begins {
            self.bank.settle(&order.refund_no, self.bank.clock.now(), false).await.map_err(says)?;
        }
        let refund = self.bank.books.refund(&order.refund_no).await.map_err(says)?;
        let status = refund.map(|refund| refund.status);
        if !begins && status == Some(BookedRefundStatus::Closed) {
            return Err(refusal::business("ACQ.TRADE_NOT_ALLOW_REFUND"));
        }
        let moved = begins && status == Some(BookedRefundStatus::Succeeded);
        Ok(Refunded {
            refund_fee: Yuan(self.gone_back(&payment).await?),
            out_trade_no: payment.payment_no,
            trade_no: payment.trade_no.unwrap_or_default(),
            fund_change: if moved { "Y" } else { "N" }.to_owned(),
        })
    }

    /// `alipay.trade.fastpay.refund.query`: where nothing was paid out there is nothing to say.
    pub(super) async fn look_up_refund(&self, question: &AlipayQuestion) -> Result<RefundFound, Head> {
        let asked: bodies::AlipayRefundQueryBody = question.content()?;
        let payment = self.trade(question).await?;
        let refund = self.bank.books.refund(&asked.out_request_no).await.map_err(|problem| refusal::of(&problem, Operation::Query))?;
        let paid_out = refund.filter(|refund| refund.payment_no == payment.payment_no && refund.status == BookedRefundStatus::Succeeded);
        Ok(paid_out.map_or_else(RefundFound::default, |refund| RefundFound {
            out_trade_no: refund.payment_no,
            trade_no: payment.trade_no.unwrap_or_default(),
            out_request_no: refund.refund_no,
            refund_amount: Some(Yuan(refund.amount)),
            refund_status: "REFUND_SUCCESS".to_owned(),
            gmt_refund_pay: moment::written(refund.at).unwrap_or_default(),
        }))
    }

    /// A trade that came through Alipay, by the number that the call has for it.
    async fn trade(&self, question: &AlipayQuestion) -> Result<BookedPayment, Head> {
        let asked: bodies::AlipayTradeBody = question.content()?;
        let (books, now) = (&self.bank.books, self.bank.clock.now());
        let found = match (&asked.trade_no, &asked.out_trade_no) {
            (Some(own), _) => books.payment_by_trade_no(own, now).await,
            (None, Some(number)) => books.payment(number, now).await,
            (None, None) => return Err(refusal::business("ACQ.INVALID_PARAMETER")),
        };
        let payment = found.map_err(|problem| refusal::of(&problem, Operation::Query))?;
        let payment = payment.filter(|payment| payment.channel == Channel::Alipay.code());
        payment.ok_or_else(|| refusal::business("ACQ.TRADE_NOT_EXIST"))
    }

    async fn gone_back(&self, payment: &BookedPayment) -> Result<i64, Head> {
        self.bank.books.refunded(&payment.payment_no).await.map_err(|problem| refusal::of(&problem, Operation::Query))
    }
}
