//! The calls about refunds, over the sandbox's books.

use serde_json::Value;

use super::question::WechatQuestion;
use super::refusal::{invalid, of_code};
use super::{WechatEndpoint, bodies, told};
use crate::demo::sandbox::books::{BookedPayment, BookedRefund, BookedRefundStatus, OpenRefund, SandboxFault};
use crate::demo::sandbox::numbers;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::server::payments::wechat::SERIAL;

const LONGEST_REASON: usize = 80;
/// The banks to whose debit cards a refund can be sent.
const BANKS: [&str; 15] = [
    "CMB_DEBIT",
    "COMM_DEBIT",
    "ABC_DEBIT",
    "CCB_DEBIT",
    "ICBC_DEBIT",
    "BOC_DEBIT",
    "PAB_DEBIT",
    "SPDB_DEBIT",
    "CITIC_DEBIT",
    "CEB_DEBIT",
    "CMBC_DEBIT",
    "CIB_DEBIT",
    "GDB_DEBIT",
    "PSBC_DEBIT",
    "NBCB_DEBIT",
];

impl WechatEndpoint {
    /// `POST /v3/refund/domestic/refunds`: accepted; the money follows, and under one number once.
    pub(super) async fn pay_back(&self, question: &WechatQuestion, fault: Option<SandboxFault>) -> Result<Value, SandboxProblem> {
        let asked: bodies::WechatRefundBody = question.content()?;
        numbers::check(&asked.out_refund_no, asked.amount.refund, &asked.amount.currency)?;
        if asked.reason.chars().count() > LONGEST_REASON {
            return Err(SandboxProblem::param("退款原因不能超过 80 个字符"));
        }
        let payment = self.refunded_payment(&asked).await?;
        self.within_limits(&asked, &payment).await?;
        let order = OpenRefund {
            refund_no: asked.out_refund_no,
            payment_no: payment.payment_no.clone(),
            amount: asked.amount.refund,
            total: asked.amount.total,
            currency: asked.amount.currency,
            reason: asked.reason,
            notify_url: asked.notify_url,
        };
        let accepted = self.bank.refund(&order, fault).await?;
        Ok(told::refund(&payment, &accepted.refund))
    }

    /// `GET /v3/refund/domestic/refunds/{out_refund_no}`
    pub(super) async fn look_up_refund(&self, refund_no: &str) -> Result<Value, SandboxProblem> {
        let refund = self.bank.books.refund(refund_no).await?.ok_or_else(|| of_code("RESOURCE_NOT_EXISTS"))?;
        let payment = self.payment_of(&refund).await?;
        Ok(told::refund(&payment, &refund))
    }

    /// `POST …/apply-abnormal-refund`: to a card of the buyer's, or to the merchant's account.
    pub(super) async fn send_elsewhere(
        &self,
        question: &WechatQuestion,
        refund_id: &str,
        fault: Option<SandboxFault>,
    ) -> Result<Value, SandboxProblem> {
        let asked: bodies::AbnormalRefundBody = question.content()?;
        match asked.kind.as_str() {
            "USER_BANK_CARD" => self.knows_card(question, &asked)?,
            "MERCHANT_BANK_CARD" => {}
            _ => return Err(SandboxProblem::param("异常退款处理方式不存在")),
        }
        let sent = self.bank.send_elsewhere(refund_id, &asked.out_refund_no, fault).await?;
        let refund = sent.ok_or_else(|| of_code("RESOURCE_NOT_EXISTS"))?;
        if refund.status == BookedRefundStatus::Closed {
            return Err(invalid("退款单状态不是退款异常"));
        }
        let payment = self.payment_of(&refund).await?;
        Ok(told::refund(&payment, &refund))
    }

    /// The payment that a refund is asked for, by either of its numbers.
    async fn refunded_payment(&self, asked: &bodies::WechatRefundBody) -> Result<BookedPayment, SandboxProblem> {
        let found = match (&asked.transaction_id, &asked.out_trade_no) {
            (Some(own), _) => self.bank.books.payment_by_trade_no(own, self.bank.clock.now()).await?.map(|payment| payment.payment_no),
            (None, Some(number)) => Some(number.clone()),
            (None, None) => return Err(SandboxProblem::param("transaction_id 与 out_trade_no 须填写一个")),
        };
        let trade = if let Some(number) = found { self.trade(&number).await? } else { None };
        trade.map(|(payment, _)| payment).ok_or_else(|| of_code("RESOURCE_NOT_EXISTS"))
    }

    /// The card and its owner's name must be readable for the key that the request says they are encrypted for.
    fn knows_card(&self, question: &WechatQuestion, asked: &bodies::AbnormalRefundBody) -> Result<(), SandboxProblem> {
        let serial = question.headers.get(SERIAL).and_then(|serial| serial.to_str().ok()).unwrap_or_default();
        if !serial.eq_ignore_ascii_case(&self.account.serial) {
            return Err(SandboxProblem::param("Wechatpay-Serial 不是可用的公钥ID或证书序列号"));
        }
        if !BANKS.contains(&asked.bank_type.as_str()) {
            return Err(SandboxProblem::param("不支持该开户银行"));
        }
        let opened = |sealed: &str| self.account.key.decrypt(sealed).filter(|text| !text.is_empty() && str::from_utf8(text).is_ok());
        match (opened(&asked.bank_account), opened(&asked.real_name)) {
            (Some(_), Some(_)) => Ok(()),
            _ => Err(SandboxProblem::param("敏感信息解密失败")),
        }
    }

    /// The payment of a refund that came through WeChat Pay.
    async fn payment_of(&self, refund: &BookedRefund) -> Result<BookedPayment, SandboxProblem> {
        let (payment, _) = self.trade(&refund.payment_no).await?.ok_or_else(|| of_code("RESOURCE_NOT_EXISTS"))?;
        Ok(payment)
    }
}
