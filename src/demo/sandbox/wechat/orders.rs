//! The calls about payments, over the sandbox's books.

use crate::domain::Channel;
use serde_json::{Value, json};

use super::question::WechatQuestion;
use super::refusal::of_code;
use super::{WechatEndpoint, bodies, told};
use crate::demo::sandbox::books::{BookedPayment, BookedPaymentStatus, OpenPayment};
use crate::demo::sandbox::numbers;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::domain::time::DAY;
use crate::server::payments::CURRENCY;
use crate::server::payments::wechat::moment;

const LONGEST_DESCRIPTION: usize = 127;
/// Where the merchant names no end.
const LONGEST_LIFE: i64 = 7 * DAY;

impl WechatEndpoint {
    /// `POST /v3/pay/transactions/{jsapi,h5,native}`: the order is there, and the buyer pays at the cashier.
    pub(super) async fn open(&self, question: &WechatQuestion, trade_type: &str) -> Result<Value, SandboxProblem> {
        let asked: bodies::WechatOrderBody = question.content()?;
        self.is_merchant(&asked.mchid)?;
        if asked.appid != self.account.appid {
            return Err(of_code("APPID_MCHID_NOT_MATCH"));
        }
        fits(&asked)?;
        fits_scene(&asked, trade_type)?;
        if self.bank.books.trade_type(&asked.out_trade_no).await?.is_some_and(|opened| opened != trade_type) {
            return Err(of_code("OUT_TRADE_NO_USED"));
        }
        let openid = asked.payer.as_ref().filter(|_| trade_type == "JSAPI").map(|payer| payer.openid.clone());
        if let Some(openid) = &openid {
            self.is_known(openid).await?;
        }
        let now = self.bank.clock.now();
        let end = asked.time_expire.as_deref().map(moment::read).transpose();
        let expires_at = end.map_err(|_| SandboxProblem::param("time_expire 须为 RFC 3339 格式"))?.unwrap_or(now + LONGEST_LIFE);
        if expires_at <= now {
            return Err(SandboxProblem::param("time_expire 须晚于当前时间"));
        }
        let order = OpenPayment {
            payment_no: asked.out_trade_no,
            channel: Channel::Wechat.code().to_owned(),
            amount: asked.amount.total,
            currency: asked.amount.currency,
            title: asked.description,
            // The merchant adds it to the address of the cashier.
            return_url: String::new(),
            notify_url: asked.notify_url,
            expires_at,
        };
        let payment = self.bank.books.open_payment(&order, &numbers::token(), now).await?;
        if let Some(openid) = &openid
            && self.bank.books.note_payer(&payment.payment_no, openid).await? != *openid
        {
            return Err(of_code("OUT_TRADE_NO_USED"));
        }
        self.bank.books.note_wechat(&payment.payment_no, trade_type).await?;
        let prepay_id = format!("wx{}", payment.token);
        Ok(match trade_type {
            "MWEB" => json!({ "h5_url": format!("{}?prepay_id={prepay_id}", self.bank.cashier_url(&payment)) }),
            "NATIVE" => json!({ "code_url": self.bank.cashier_url(&payment) }),
            _ => json!({ "prepay_id": prepay_id }),
        })
    }

    /// `GET /v3/pay/transactions/out-trade-no/{out_trade_no}`
    pub(super) async fn look_up(&self, question: &WechatQuestion, payment_no: &str) -> Result<Value, SandboxProblem> {
        self.is_merchant(&question.asked::<bodies::Merchant>()?.mchid)?;
        let (payment, trade_type) = self.trade(payment_no).await?.ok_or_else(|| of_code("ORDER_NOT_EXIST"))?;
        let gone = self.bank.books.refunded(payment_no).await?;
        Ok(told::payment(&self.account, &payment, &trade_type, gone))
    }

    /// `GET /v3/pay/transactions/id/{transaction_id}`
    pub(super) async fn look_up_by_id(&self, question: &WechatQuestion, trade_no: &str) -> Result<Value, SandboxProblem> {
        let found = self.bank.books.payment_by_trade_no(trade_no, self.bank.clock.now()).await?;
        self.look_up(question, &found.ok_or_else(|| of_code("ORDER_NOT_EXIST"))?.payment_no).await
    }

    /// `POST …/close`
    pub(super) async fn close(&self, question: &WechatQuestion, payment_no: &str) -> Result<(), SandboxProblem> {
        self.is_merchant(&question.content::<bodies::Merchant>()?.mchid)?;
        let (before, _) = self.trade(payment_no).await?.ok_or_else(|| of_code("ORDER_NOT_EXIST"))?;
        let after = self.bank.books.close_payment(payment_no, self.bank.clock.now()).await?;
        if after.is_none_or(|payment| payment.status != BookedPaymentStatus::Closed) {
            return Err(of_code("ORDERPAID"));
        }
        if before.status == BookedPaymentStatus::Pending { Ok(()) } else { Err(of_code("ORDER_CLOSED")) }
    }

    /// A payment that came through WeChat Pay, and how it was opened.
    pub(super) async fn trade(&self, payment_no: &str) -> Result<Option<(BookedPayment, String)>, SandboxProblem> {
        let payment = self.bank.books.payment(payment_no, self.bank.clock.now()).await?;
        Ok(payment.zip(self.bank.books.trade_type(payment_no).await?))
    }

    /// An openid that the log-in gave to this account.
    async fn is_known(&self, openid: &str) -> Result<(), SandboxProblem> {
        match self.bank.books.openid_of(openid).await? {
            Some(appid) if appid == self.account.appid => Ok(()),
            Some(_) => Err(of_code("OPENID_MISMATCH")),
            None => Err(SandboxProblem::param("无效的openid")),
        }
    }

    fn is_merchant(&self, mchid: &str) -> Result<(), SandboxProblem> {
        if mchid == self.account.mchid { Ok(()) } else { Err(of_code("MCH_NOT_EXISTS")) }
    }
}

/// What holds for every order.
fn fits(asked: &bodies::WechatOrderBody) -> Result<(), SandboxProblem> {
    let usual = |sign: char| sign.is_ascii_alphanumeric() || "_-|*".contains(sign);
    if !(6..=32).contains(&asked.out_trade_no.len()) || !asked.out_trade_no.chars().all(usual) {
        return Err(SandboxProblem::param("商户订单号须为 6 至 32 位字母、数字或 _-|*"));
    }
    if !(1..=LONGEST_DESCRIPTION).contains(&asked.description.chars().count()) {
        return Err(SandboxProblem::param("商品描述须为 1 至 127 个字符"));
    }
    if asked.amount.total <= 0 || asked.amount.currency != CURRENCY {
        return Err(SandboxProblem::param("金额须为正整数(分),币种须为 CNY"));
    }
    if !asked.notify_url.starts_with("http") || asked.notify_url.contains('?') {
        return Err(SandboxProblem::param("通知地址须为完整地址,不能携带参数"));
    }
    Ok(())
}

/// What the way of paying needs to know of the buyer.
fn fits_scene(asked: &bodies::WechatOrderBody, trade_type: &str) -> Result<(), SandboxProblem> {
    let known = match trade_type {
        "MWEB" => asked.scene_info.as_ref().is_some_and(|scene| {
            let kind = scene.h5_info.as_ref().map(|info| info.kind.as_str());
            !scene.payer_client_ip.is_empty() && matches!(kind, Some("iOS" | "Android" | "Wap"))
        }),
        "JSAPI" => asked.payer.as_ref().is_some_and(|payer| !payer.openid.is_empty()),
        _ => true,
    };
    if known { Ok(()) } else { Err(SandboxProblem::param("缺少该支付方式必需的场景信息或支付者")) }
}
