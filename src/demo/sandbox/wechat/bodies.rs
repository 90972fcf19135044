//! What the merchant sends, read without the adapter's own types: a slip in those must not be made twice.

use serde::Deserialize;

use crate::server::payments::CURRENCY;

/// `POST /v3/pay/transactions/{jsapi,h5,native}`
#[derive(Deserialize)]
pub struct WechatOrderBody {
    pub appid: String,
    pub mchid: String,
    pub description: String,
    pub out_trade_no: String,
    pub time_expire: Option<String>,
    pub notify_url: String,
    pub amount: WechatAmountBody,
    pub payer: Option<WechatPayerBody>,
    pub scene_info: Option<WechatSceneBody>,
}

#[derive(Deserialize)]
pub struct WechatAmountBody {
    pub total: i64,
    #[serde(default = "yuan")]
    pub currency: String,
}

#[derive(Deserialize)]
pub struct WechatPayerBody {
    pub openid: String,
}

#[derive(Deserialize)]
pub struct WechatSceneBody {
    pub payer_client_ip: String,
    pub h5_info: Option<WechatH5Body>,
}

#[derive(Deserialize)]
pub struct WechatH5Body {
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
pub struct WechatRefundBody {
    /// One of the two; WeChat Pay's own number counts where both are given.
    pub out_trade_no: Option<String>,
    pub transaction_id: Option<String>,
    pub out_refund_no: String,
    #[serde(default)]
    pub reason: String,
    /// Without one the merchant is told nothing.
    #[serde(default)]
    pub notify_url: String,
    pub amount: WechatRefundAmountBody,
}

#[derive(Deserialize)]
pub struct WechatRefundAmountBody {
    pub refund: i64,
    pub total: i64,
    pub currency: String,
}

/// `POST …/apply-abnormal-refund`
#[derive(Deserialize)]
pub struct AbnormalRefundBody {
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
