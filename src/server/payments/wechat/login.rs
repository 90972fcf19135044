//! WeChat's web log-in (`snsapi_base`): it tells a page inside WeChat by which `openid` WeChat Pay knows the buyer, and asks the buyer nothing.

use http::header::{ACCEPT, USER_AGENT};
use serde::Deserialize;

use super::open_id::OpenId;
use super::settings::{AppSecret, LoginSettings, WechatSettings};
use crate::server::payments::reading::{Read, read};
use crate::server::payments::{Finding, GatewayError, LoginFault, calling};

/// No person's: it makes WeChat look at the account without telling anything.
const NOBODYS_CODE: &str = "0000000000000000guitu-check00000";

/// The way to WeChat's log-in and back.
pub struct Login {
    appid: String,
    secret: AppSecret,
    open_url: String,
    api_url: String,
    http: reqwest::Client,
}

impl Login {
    pub(super) fn new(settings: &WechatSettings, login: &LoginSettings) -> Result<Self, GatewayError> {
        let bare = |url: &str| url.trim_end_matches('/').to_owned();
        Ok(Self {
            appid: settings.appid.clone(),
            secret: login.secret.clone(),
            open_url: bare(&login.open_url),
            api_url: bare(&login.api_url),
            http: calling::client(&login.api_url, settings.timeout)?,
        })
    }

    /// Whose openids these are: another account knows the same people by others.
    pub fn appid(&self) -> &str {
        &self.appid
    }

    /// The origin that a buyer's browser is led to.
    pub(super) fn origin(&self) -> Option<String> {
        calling::origin(&self.open_url)
    }

    /// Where a browser inside WeChat is sent; it comes back to `back` with a code and this `state`.
    pub fn log_in_url(&self, back: &str, state: &str) -> String {
        // WeChat holds the address against a pattern: its parameters stand in this order.
        let parts =
            [("appid", &*self.appid), ("redirect_uri", back), ("response_type", "code"), ("scope", "snsapi_base"), ("state", state)];
        let query = serde_urlencoded::to_string(parts).unwrap_or_default();
        format!("{}/connect/oauth2/authorize?{query}#wechat_redirect", self.open_url)
    }

    /// Who came back with this code. A code is good once, for five minutes.
    pub async fn open_id(&self, code: &str) -> Result<OpenId, LoginFault> {
        if code.is_empty() {
            return Err(LoginFault::Expired);
        }
        understood(&self.ask(code).await?)
    }

    /// Whether secret and account belong together: with both right, a code of nobody's is all that WeChat complains of.
    pub(super) async fn check(&self) -> Finding {
        let answer = match self.ask(NOBODYS_CODE).await {
            Ok(answer) => understood(&answer),
            Err(error) => Err(error.into()),
        };
        match answer {
            Ok(_) | Err(LoginFault::Expired | LoginFault::Snapshot) => {
                Finding::right("wechat_app_secret is that of wechat_appid: buyers can pay inside WeChat")
            }
            Err(LoginFault::Refused(40125)) => Finding::wrong(
                "wechat_app_secret is not that of wechat_appid (40125): the public platform, mp.weixin.qq.com, shows and resets it; until then nobody pays inside WeChat",
            ),
            Err(LoginFault::Refused(40013)) => {
                Finding::wrong("wechat_appid is no public account of WeChat's (40013): inside WeChat it has to be a service account's")
            }
            Err(fault) => {
                Finding::wrong(format!("paying inside WeChat could not be checked ({fault}): look at the network and at wechat_api_url"))
            }
        }
    }

    #[tracing::instrument(name = "gateway", skip_all, fields(channel = "wechat", method = "GET"))]
    async fn ask(&self, code: &str) -> Result<Read, GatewayError> {
        let parts = [("appid", &*self.appid), ("secret", self.secret.as_str()), ("code", code), ("grant_type", "authorization_code")];
        let query = serde_urlencoded::to_string(parts).unwrap_or_default();
        let request = self
            .http
            .get(format!("{}/sns/oauth2/access_token?{query}", self.api_url))
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!("guitu/", env!("CARGO_PKG_VERSION")));
        // An error of the client names no address: this one holds the secret.
        read(request.send().await?).await
    }
}

/// The part of the answer that is wanted. What else WeChat tells of a person is not even read.
#[derive(Deserialize)]
struct AccessTokenAnswer {
    #[serde(default)]
    errcode: i64,
    openid: Option<String>,
    #[serde(default)]
    is_snapshotuser: i64,
}

fn understood(answer: &Read) -> Result<OpenId, LoginFault> {
    let senseless = || GatewayError::Unknown(format!("status {}, {}", answer.status, answer.kind()));
    let told: AccessTokenAnswer = serde_json::from_slice(&answer.body).map_err(|_| senseless())?;
    if told.errcode != 0 {
        return Err(LoginFault::of_code(told.errcode));
    }
    if !answer.status.is_success() {
        return Err(senseless().into());
    }
    if told.is_snapshotuser == 1 {
        return Err(LoginFault::Snapshot);
    }
    told.openid.and_then(|openid| OpenId::new(&openid)).ok_or_else(|| senseless().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};
    use std::time::Duration;

    fn answer(status: StatusCode, body: &str) -> Result<String, String> {
        let read = Read { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() };
        understood(&read).map(|openid| openid.as_str().to_owned()).map_err(|fault| format!("{fault:?}"))
    }

    #[test]
    fn only_an_openid_is_taken_from_the_answer() {
        let whole =
            r#"{"access_token":"T","expires_in":7200,"refresh_token":"R","openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o","scope":"snsapi_base"}"#;
        assert_eq!(answer(StatusCode::OK, whole).unwrap(), "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
        for (status, body, fault) in [
            (200, r#"{"errcode":40029,"errmsg":"invalid code, rid: 1-2"}"#, "Expired"),
            (200, r#"{"errcode":40163,"errmsg":"code been used"}"#, "Expired"),
            (200, r#"{"errcode":42003,"errmsg":"code expired"}"#, "Expired"),
            (200, r#"{"errcode":40125,"errmsg":"invalid appsecret"}"#, "Refused(40125)"),
            (200, r#"{"errcode":48001,"errmsg":"api unauthorized"}"#, "Refused(48001)"),
            (200, r#"{"errcode":-1,"errmsg":"system error"}"#, "Busy(-1)"),
            (200, r#"{"errcode":45011,"errmsg":"api minute-quota reach limit"}"#, "Busy(45011)"),
            (200, r#"{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o","is_snapshotuser":1}"#, "Snapshot"),
            (200, r#"{"access_token":"T"}"#, "Unanswered"),
            (200, r#"{"openid":"<b>"}"#, "Unanswered"),
            (200, r#"{"openid":"oUpF8uMuAJO_M2"#, "Unanswered"),
            (200, "<h1>502 Bad Gateway</h1>", "Unanswered"),
            (503, r#"{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}"#, "Unanswered"),
        ] {
            let said = answer(StatusCode::from_u16(status).unwrap(), body).unwrap_err();
            assert!(said.starts_with(fault) && !said.contains("oUpF8"), "{body}: {said}");
        }
    }

    #[test]
    fn the_door_is_written_as_wechat_wants_it_and_names_no_secret() {
        let secret = AppSecret::new("0123456789abcdef0123456789abcdef").unwrap();
        let login = Login {
            appid: "wx8888888888888888".to_owned(),
            secret,
            open_url: "https://open.weixin.qq.com".to_owned(),
            api_url: "https://api.weixin.qq.com".to_owned(),
            http: calling::client("https://api.weixin.qq.com", Duration::from_secs(1)).unwrap(),
        };
        assert_eq!(
            login.log_in_url("https://shop.example/orders/G1/pay/wechat/login", "5a"),
            "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx8888888888888888\
             &redirect_uri=https%3A%2F%2Fshop.example%2Forders%2FG1%2Fpay%2Fwechat%2Flogin&response_type=code&scope=snsapi_base&state=5a#wechat_redirect"
        );
    }
}
