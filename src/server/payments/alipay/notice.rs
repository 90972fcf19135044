//! A notice that Alipay sends of its own accord: a form, believed if Alipay signed it for this merchant, and not long ago.

use super::moment;
use super::settings::AlipaySettings;
use super::sign::{Params, verify_notice};
use super::yuan::Yuan;
use crate::domain::time::HOUR;
use crate::server::limits::STRANGER_FIELDS;
use crate::server::payments::{CURRENCY, GatewayCallback, GatewayError, Receipt, SignatureFault};

/// Alipay calls for 25 hours: whatever is older than this, or younger, is a replay, or one of the two clocks is wrong.
const WINDOW: i64 = 48 * HOUR;

/// Reads a notice at a moment by the machine's clock, in ms UTC.
pub fn read(settings: &AlipaySettings, body: &[u8], now: i64) -> Result<GatewayCallback, GatewayError> {
    let params = form(body)?;
    verify_notice(&params, &settings.alipay_key)?;
    let told = AlipayNotice(&params);
    if told.of("app_id")? != settings.app_id || told.of("seller_id")? != settings.seller_id {
        return Err(GatewayError::Unknown("the notice is for another merchant".to_owned()));
    }
    if now.abs_diff(moment::read(told.of("notify_time")?)?) > WINDOW.unsigned_abs() {
        return Err(SignatureFault::Stale.into());
    }
    told.notice()
}

/// A form in which every name stands once: of two values it would be open which one was signed.
fn form(body: &[u8]) -> Result<Params, SignatureFault> {
    if memchr::memchr_iter(b'&', body).count() >= STRANGER_FIELDS {
        return Err(SignatureFault::Missing);
    }
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).map_err(|_| SignatureFault::Missing)?;
    let count = pairs.len();
    let params: Params = pairs.into_iter().collect();
    if params.len() == count { Ok(params) } else { Err(SignatureFault::Missing) }
}

/// What a believed notice says.
struct AlipayNotice<'a>(&'a Params);

impl AlipayNotice<'_> {
    fn said(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    fn of(&self, name: &str) -> Result<&str, GatewayError> {
        self.said(name).ok_or_else(|| GatewayError::Unknown(format!("a notice without {name}")))
    }

    fn notice(&self) -> Result<GatewayCallback, GatewayError> {
        let payment_no = self.of("out_trade_no")?.to_owned();
        if let (Some(refund_no), Some(_)) = (self.said("out_biz_no"), self.said("gmt_refund")) {
            // Its sum is that of all refunds of the trade.
            return Ok(GatewayCallback::Refunded { payment_no, refund_no: refund_no.to_owned() });
        }
        match self.of("trade_status")? {
            "TRADE_CLOSED" if self.said("gmt_payment").is_none() => Ok(GatewayCallback::Closed { payment_no }),
            // Money that has come and gone back again has come.
            "TRADE_SUCCESS" | "TRADE_FINISHED" | "TRADE_CLOSED" => self.receipt(payment_no).map(GatewayCallback::Paid),
            other => Err(GatewayError::Unknown(format!("a notice of the state {other:?}"))),
        }
    }

    fn receipt(&self, payment_no: String) -> Result<Receipt, GatewayError> {
        let amount = Yuan::parse(self.of("total_amount")?).ok_or_else(|| GatewayError::Unknown("a notice of no amount".to_owned()))?;
        Ok(Receipt {
            payment_no,
            trade_no: self.of("trade_no")?.to_owned(),
            amount: amount.0,
            currency: CURRENCY.to_owned(),
            at: moment::read(self.of("gmt_payment")?)?,
        })
    }
}
