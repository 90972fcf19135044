//! What the merchant sends, read without the adapter's own types: Alipay leaves open what the adapter always says, and passes over what it does not know.

use serde::Deserialize;

use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::server::payments::alipay::moment;
use crate::server::payments::alipay::yuan::Yuan;

/// How long a trade waits for its money where the merchant does not say.
const LONGEST_LIFE: i64 = 15 * DAY;
/// The product behind `alipay.trade.wap.pay`, by its name of today and the one before.
const PRODUCTS: [&str; 2] = ["QUICK_WAP_WAY", "QUICK_WAP_PAY"];

/// `alipay.trade.wap.pay`
#[derive(Deserialize)]
pub struct AlipayOrderBody {
    pub out_trade_no: String,
    pub total_amount: Yuan,
    pub subject: String,
    product_code: Option<String>,
    time_expire: Option<String>,
    timeout_express: Option<String>,
}

impl AlipayOrderBody {
    pub fn is_of_this_product(&self) -> bool {
        self.product_code.as_deref().is_none_or(|code| PRODUCTS.contains(&code))
    }

    /// The moment from which nobody can pay; `None` if it cannot be read. A moment counts before a span.
    pub fn expires_at(&self, now: i64) -> Option<i64> {
        match (&self.time_expire, &self.timeout_express) {
            (Some(at), _) => moment::read(at).ok(),
            (None, Some(span)) => Some(now + self::span(span)?),
            (None, None) => Some(now + LONGEST_LIFE),
        }
    }
}

/// `90m`, `2h`, `1d`; `1c` is the end of the day, which is less than a day away.
fn span(text: &str) -> Option<i64> {
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "m" => MINUTE,
        "h" => HOUR,
        "d" => DAY,
        "c" if count == "1" => DAY,
        _ => return None,
    };
    let count = count.parse::<u32>().ok().filter(|count| *count > 0)?;
    Some(i64::from(count) * unit).filter(|span| *span <= LONGEST_LIFE)
}

/// A trade by either of its numbers, in every call about one that is there. Alipay's own counts where both are given.
#[derive(Deserialize)]
pub struct AlipayTradeBody {
    pub out_trade_no: Option<String>,
    pub trade_no: Option<String>,
}

/// `alipay.trade.refund`
#[derive(Deserialize)]
pub struct AlipayRefundBody {
    pub refund_amount: Yuan,
    /// May be left out where all of a trade goes back.
    pub out_request_no: Option<String>,
    pub refund_reason: Option<String>,
}

/// `alipay.trade.fastpay.refund.query`
#[derive(Deserialize)]
pub struct AlipayRefundQueryBody {
    pub out_request_no: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_waits_as_long_as_it_is_told_or_fifteen_days() {
        let read = |further: &str| {
            let text = format!(r#"{{"out_trade_no":"A1","total_amount":0.01,"subject":"茶","goods_type":"1"{further}}}"#);
            serde_json::from_str::<AlipayOrderBody>(&text).unwrap().expires_at(0)
        };
        assert_eq!(read(""), Some(15 * DAY));
        assert_eq!(read(r#","timeout_express":"90m""#), Some(90 * MINUTE));
        assert_eq!(read(r#","timeout_express":"1c""#), Some(DAY));
        assert_eq!(read(r#","timeout_express":"90m","time_expire":"1970-01-01 09:00:00""#), Some(HOUR));
        for nonsense in ["", "m", "0m", "16d", "2c", "1.5h", "-1d", "时"] {
            assert_eq!(read(&format!(r#","timeout_express":"{nonsense}""#)), None, "{nonsense}");
        }
    }
}
