//! The messages of API v3 as they stand in JSON; amounts are in fen.

use serde::{Deserialize, Serialize};

use super::moment;
use super::open_id::OpenId;
use super::resource::Sealed;
use super::settings::WechatSettings;
use crate::server::payments::keys::PublicKey;
use crate::server::payments::{AbnormalRefund, AbnormalTarget, CURRENCY, GatewayError, PayOrder, PayScene, RefundOrder};

/// WeChat Pay counts letters, Chinese ones too.
const LONGEST_DESCRIPTION: usize = 127;
const LONGEST_REASON: usize = 80;

/// `POST /v3/pay/transactions/{h5,native,jsapi}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatOrderRequest {
    pub appid: String,
    pub mchid: String,
    pub description: String,
    pub out_trade_no: String,
    pub time_expire: String,
    pub notify_url: String,
    pub amount: WechatAmount,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<WechatPayer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scene_info: Option<SceneInfo>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatAmount {
    pub total: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatPayer {
    pub openid: OpenId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneInfo {
    pub payer_client_ip: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub h5_info: Option<WechatH5Info>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatH5Info {
    #[serde(rename = "type")]
    pub kind: String,
}

/// The answer to it: one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatOrderAnswer {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub h5_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepay_id: Option<String>,
}

/// A payment looked up, or told of by a callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatPayment {
    #[serde(default)]
    pub appid: String,
    #[serde(default)]
    pub mchid: String,
    pub out_trade_no: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    pub trade_state: String,
    #[serde(default)]
    pub trade_state_desc: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<WechatAmount>,
}

/// `POST …/close`
#[derive(Serialize)]
pub struct WechatCloseRequest<'a> {
    pub mchid: &'a str,
}

/// `POST /v3/refund/domestic/refunds`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatRefundRequest {
    pub out_trade_no: String,
    pub out_refund_no: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub notify_url: String,
    pub amount: WechatRefundAmount,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatRefundAmount {
    pub refund: i64,
    pub total: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// A refund answered or looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatRefund {
    pub refund_id: String,
    pub out_refund_no: String,
    pub out_trade_no: String,
    pub status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_time: Option<String>,
    pub amount: WechatRefundAmount,
}

/// A refund told of by a callback, which has other names for some things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatRefundNotification {
    pub mchid: String,
    pub out_trade_no: String,
    pub out_refund_no: String,
    pub refund_id: String,
    pub refund_status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_time: Option<String>,
    pub amount: WechatRefundAmount,
}

impl WechatRefundNotification {
    pub fn into_refund(self) -> WechatRefund {
        WechatRefund {
            refund_id: self.refund_id,
            out_refund_no: self.out_refund_no,
            out_trade_no: self.out_trade_no,
            status: self.refund_status,
            success_time: self.success_time,
            create_time: None,
            amount: self.amount,
        }
    }
}

/// `POST …/apply-abnormal-refund`; the card and its owner are encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatAbnormalRefundRequest {
    pub out_refund_no: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real_name: Option<String>,
}

/// A callback around its secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WechatEnvelope {
    pub id: String,
    pub create_time: String,
    pub resource_type: String,
    pub event_type: String,
    #[serde(default)]
    pub summary: String,
    pub resource: Sealed,
}

/// The body of every refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WechatRefusal {
    pub code: String,
    #[serde(default)]
    pub message: String,
}

/// The order as it is sent.
pub fn order(settings: &WechatSettings, order: &PayOrder) -> Result<WechatOrderRequest, GatewayError> {
    let (payer, scene_info) = match &order.scene {
        PayScene::Browser { ip } => {
            let h5_info = Some(WechatH5Info { kind: "Wap".to_owned() });
            (None, Some(SceneInfo { payer_client_ip: ip.clone(), h5_info }))
        }
        PayScene::Screen => (None, None),
        // WeChat Pay may be told the address as well, but takes an order only once: a phone that changes its network must find it the same.
        PayScene::InWechat { openid } => (Some(WechatPayer { openid: openid.clone() }), None),
    };
    Ok(WechatOrderRequest {
        appid: settings.appid.clone(),
        mchid: settings.mchid.clone(),
        description: order.title.chars().take(LONGEST_DESCRIPTION).collect(),
        out_trade_no: order.payment_no.clone(),
        time_expire: moment::written(order.expires_at).ok_or_else(|| GatewayError::NotBuilt("no such moment".to_owned()))?,
        notify_url: order.notify_url.clone(),
        amount: WechatAmount { total: order.amount, currency: Some(CURRENCY.to_owned()) },
        payer,
        scene_info,
    })
}

/// The refund as it is sent, the same on every retry.
pub fn refund(order: &RefundOrder) -> WechatRefundRequest {
    WechatRefundRequest {
        out_trade_no: order.payment_no.clone(),
        out_refund_no: order.refund_no.clone(),
        reason: order.reason.chars().take(LONGEST_REASON).collect(),
        notify_url: order.notify_url.clone(),
        amount: WechatRefundAmount { refund: order.amount, total: order.total, currency: Some(CURRENCY.to_owned()) },
    }
}

/// The other way for a refund; what concerns a person is readable for WeChat Pay alone.
pub fn abnormal(refund: &AbnormalRefund, key: &PublicKey) -> Result<WechatAbnormalRefundRequest, GatewayError> {
    let sealed = |text: &str| key.encrypt(text.as_bytes()).map_err(|fault| GatewayError::NotBuilt(fault.to_string()));
    let out_refund_no = refund.refund_no.clone();
    Ok(match &refund.to {
        AbnormalTarget::MerchantAccount => WechatAbnormalRefundRequest {
            out_refund_no,
            kind: "MERCHANT_BANK_CARD".to_owned(),
            bank_type: None,
            bank_account: None,
            real_name: None,
        },
        AbnormalTarget::BuyerCard { bank_type, account, name } => WechatAbnormalRefundRequest {
            out_refund_no,
            kind: "USER_BANK_CARD".to_owned(),
            bank_type: Some(bank_type.clone()),
            bank_account: Some(sealed(account)?),
            real_name: Some(sealed(name)?),
        },
    })
}
