//! The adapter to WeChat Pay, API v3: a merchant that sells directly. It knows a base URL, not who listens there.

mod answers;
mod banks;
mod codes;
mod login;
mod message;
pub mod moment;
mod open_id;
mod requests;
mod resource;
mod settings;
mod wire;

use async_trait::async_trait;
use http::{HeaderMap, Method};

use super::{
    AbnormalRefund, BridgeCall, CloseAnswer, Finding, Gateway, GatewayCallback, GatewayCheck, GatewayError, PayOrder, PayScene, PayTicket,
    PaymentOutcome, RefundOrder, RefundReport, calling,
};
use requests::WechatClient;

pub use banks::BANKS;
pub use codes::CODES;
pub use login::Login;
pub use message::{PlatformKeys, SCHEME, SERIAL, Signer, Signs, WINDOW_SECONDS, message, random_word, wall_clock_seconds};
pub use open_id::OpenId;
pub use resource::{ApiV3Key, Sealed};
pub use settings::{AppSecret, LoginSettings, WechatSettings};

/// WeChat Pay has no such payment.
const NOT_EXIST: [&str; 3] = ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"];

/// Where its pages for browsers outside WeChat stand.
const CASHIER: &str = "https://wx.tenpay.com";

/// Speaks with WeChat Pay.
pub struct WechatGateway {
    settings: WechatSettings,
    client: WechatClient,
    login: Option<Login>,
}

impl WechatGateway {
    /// Fails on settings that no request could be made with.
    pub fn new(settings: WechatSettings) -> Result<Self, GatewayError> {
        let client = WechatClient::new(&settings)?;
        let login = settings.login.as_ref().map(|login| Login::new(&settings, login)).transpose()?;
        Ok(Self { settings, client, login })
    }

    fn by_number(&self, payment_no: &str) -> String {
        format!("/v3/pay/transactions/out-trade-no/{payment_no}?mchid={}", self.settings.mchid)
    }

    fn bridge(&self, prepay_id: &str) -> Result<PayTicket, GatewayError> {
        let package = format!("prepay_id={prepay_id}");
        let signs = self.client.signer.sign_bridge(&self.settings.appid, &package)?;
        Ok(PayTicket::Bridge(BridgeCall {
            app_id: self.settings.appid.clone(),
            time_stamp: signs.timestamp.to_string(),
            nonce_str: signs.nonce,
            package,
            sign_type: "RSA".to_owned(),
            pay_sign: signs.signature,
        }))
    }
}

#[async_trait]
impl Gateway for WechatGateway {
    async fn pay(&self, order: &PayOrder) -> Result<PayTicket, GatewayError> {
        let request = wire::order(&self.settings, order)?;
        let door = match &order.scene {
            PayScene::Browser { .. } => "h5",
            PayScene::Screen => "native",
            PayScene::InWechat { .. } => "jsapi",
        };
        let opened: wire::WechatOrderAnswer = self.client.post(&format!("/v3/pay/transactions/{door}"), &request).await?;
        match (&order.scene, opened) {
            (PayScene::Browser { .. }, wire::WechatOrderAnswer { h5_url: Some(url), .. }) => {
                // The way back from WeChat's page to the order.
                let back = serde_urlencoded::to_string([("redirect_url", &order.return_url)]).unwrap_or_default();
                let joint = if url.contains('?') { '&' } else { '?' };
                Ok(PayTicket::Page(format!("{url}{joint}{back}")))
            }
            (PayScene::Screen, wire::WechatOrderAnswer { code_url: Some(url), .. }) => Ok(PayTicket::Code(url)),
            (PayScene::InWechat { .. }, wire::WechatOrderAnswer { prepay_id: Some(id), .. }) => self.bridge(&id),
            (PayScene::Browser { .. } | PayScene::Screen | PayScene::InWechat { .. }, _) => {
                Err(GatewayError::Unknown("opened without a way to pay".to_owned()))
            }
        }
    }

    async fn query(&self, payment_no: &str) -> Result<PaymentOutcome, GatewayError> {
        let asked = self.client.call::<wire::WechatPayment>(Method::GET, &self.by_number(payment_no), Vec::new()).await;
        match answers::found(asked, &NOT_EXIST)? {
            Some(payment) => answers::outcome(&self.settings, payment_no, payment),
            None => Ok(PaymentOutcome::NotFound),
        }
    }

    async fn close(&self, payment_no: &str) -> Result<CloseAnswer, GatewayError> {
        let path = format!("/v3/pay/transactions/out-trade-no/{payment_no}/close");
        let refusal = match self.client.post_for_nothing(&path, &wire::WechatCloseRequest { mchid: &self.settings.mchid }).await {
            Ok(()) => return Ok(CloseAnswer::Closed),
            Err(GatewayError::Refused(refusal)) => refusal,
            Err(error) => return Err(error),
        };
        self.query(payment_no).await?.after_refused_close(refusal)
    }

    async fn refund(&self, order: &RefundOrder) -> Result<RefundReport, GatewayError> {
        let refund: wire::WechatRefund = self.client.post("/v3/refund/domestic/refunds", &wire::refund(order)).await?;
        answers::accepted(order, refund)
    }

    async fn query_refund(&self, payment_no: &str, refund_no: &str) -> Result<Option<RefundReport>, GatewayError> {
        let path = format!("/v3/refund/domestic/refunds/{refund_no}");
        let asked = self.client.call::<wire::WechatRefund>(Method::GET, &path, Vec::new()).await;
        answers::found(asked, &["RESOURCE_NOT_EXISTS"])?.map(|refund| answers::refund_of(payment_no, refund_no, refund)).transpose()
    }

    async fn refund_abnormal(&self, refund: &AbnormalRefund) -> Result<RefundReport, GatewayError> {
        let (serial, key) = self.settings.platform.newest().ok_or_else(|| GatewayError::NotBuilt("no platform key".to_owned()))?;
        let request = wire::abnormal(refund, key)?;
        let path = format!("/v3/refund/domestic/refunds/{}/apply-abnormal-refund", refund.gateway_refund_no);
        let answer: wire::WechatRefund = self.client.post_sealed(&path, &request, serial).await?;
        answers::refund_report(&refund.refund_no, answer)
    }

    async fn check(&self) -> GatewayCheck {
        let check = self.client.check(&self.by_number("CHECK0000000000"), &NOT_EXIST).await;
        let login = match &self.login {
            Some(login) => login.check().await,
            None => Finding::right("wechat_app_secret is not given: inside WeChat, WeChat Pay is not offered"),
        };
        check.with(login)
    }

    fn login(&self) -> Option<&Login> {
        self.login.as_ref()
    }

    fn cashiers(&self) -> Vec<String> {
        let login = self.login.as_ref().and_then(Login::origin);
        calling::origin(&self.settings.base_url).into_iter().chain([CASHIER.to_owned()]).chain(login).collect()
    }

    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<GatewayCallback, GatewayError> {
        self.settings.platform.verify(headers, body)?;
        answers::notice(&self.settings, body)
    }
}
