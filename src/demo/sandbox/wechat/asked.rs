//! What the merchant sends, read without the adapter's own types: a slip in those must not be made twice.

use serde::Deserialize;

use crate::server::payments::CURRENCY;

/// `POST /v3/pay/transactions/{jsapi,h5,native}`
#[derive(Deserialize)]
pub struct Order {
    pub appid: String,
    pub mchid: String,
    pub description: String,
    pub out_trade_no: String,
    pub time_expire: Option<String>,
    pub notify_url: String,
    pub amount: Amount,
    pub payer: Option<Payer>,
    pub scene_info: Option<Scene>,
}

#[derive(Deserialize)]
pub struct Amount {
    pub total: i64,
    #[serde(default = "yuan")]
    pub currency: String,
}

#[derive(Deserialize)]
pub struct Payer {
    pub openid: String,
}

#[derive(Deserialize)]
pub struct Scene {
    pub payer_client_ip: String,
    pub h5_info: Option<H5Info>,
}

#[derive(Deserialize)]
pub struct H5Info {
    #[serde(rename = "type")]
    pub kind: String,
}

/// The query of a look-up, and the body of a closing.
#[derive(Deserialize)]
pub struct Merchant {
    pub mchid: String,
}

/// `POST /v3/refund/domestic/refunds`
#[derive(Deserialize)]
pub struct Refund {
    /// One of the two; WeChat Pay's own number counts where both are given.
    pub out_trade_no: Option<String>,
    pub transaction_id: Option<String>,
    pub out_refund_no: String,
    #[serde(default)]
    pub reason: String,
    /// Without one the merchant is told nothing.
    #[serde(default)]
    pub notify_url: String,
    pub amount: RefundAmount,
}

#[derive(Deserialize)]
pub struct RefundAmount {
    pub refund: i64,
    pub total: i64,
    pub currency: String,
}

/// `POST …/apply-abnormal-refund`
#[derive(Deserialize)]
pub struct Elsewhere {
    pub out_refund_no: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub bank_type: String,
    #[serde(default)]
    pub bank_account: String,
    #[serde(default)]
    pub real_name: String,
}

fn yuan() -> String {
    CURRENCY.to_owned()
}
