//! WeChat's web log-in: `authorize` sends a person's browser back with a code, `access_token` tells the merchant whose it was. Signed is neither;
//! the merchant proves itself by its secret.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::WechatEndpoint;
use crate::demo::sandbox::books::{CodeUse, Operation, SandboxFault};
use crate::demo::sandbox::broken;
use crate::demo::sandbox::cashier::host_of;
use crate::demo::sandbox::numbers;
use crate::demo::sandbox::page::problem_page;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::server::payments::wechat::random_word;

/// Who sits before the browser.
const COOKIE_NAME: &str = "sandbox_wechat";
const LONGEST_STATE: usize = 128;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Authorize {
    appid: String,
    redirect_uri: String,
    response_type: String,
    scope: String,
    state: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Exchange {
    appid: String,
    secret: String,
    code: String,
    grant_type: String,
}

/// `GET …/connect/oauth2/authorize`: asks the person nothing, and leads back.
pub async fn authorize(State(endpoint): State<Arc<WechatEndpoint>>, Query(asked): Query<Authorize>, headers: HeaderMap) -> Response {
    match endpoint.lead_back(&asked, &headers).await {
        Ok(response) => response,
        Err(problem) => problem_page(&problem),
    }
}

/// `GET …/sns/oauth2/access_token`
pub async fn access_token(State(endpoint): State<Arc<WechatEndpoint>>, Query(asked): Query<Exchange>) -> Response {
    match endpoint.exchange(&asked).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

impl WechatEndpoint {
    async fn lead_back(&self, asked: &Authorize, headers: &HeaderMap) -> Result<Response, SandboxProblem> {
        let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        if !agent.contains("MicroMessenger") {
            return Err(SandboxProblem::param("请在微信客户端打开链接"));
        }
        if asked.appid != self.account.appid {
            return Err(SandboxProblem::param("appid 参数错误 10012"));
        }
        let own = host_of(&self.bank.app_base_url);
        if own.is_none() || host_of(&asked.redirect_uri) != own {
            return Err(SandboxProblem::param("redirect_uri 域名与后台配置不一致 10003"));
        }
        let usual = asked.state.len() <= LONGEST_STATE && asked.state.chars().all(|sign| sign.is_ascii_alphanumeric());
        if asked.response_type != "code" || asked.scope != "snsapi_base" || !usual {
            return Err(SandboxProblem::param("response_type、scope 或 state 参数错误 10005"));
        }
        let person = person(headers).unwrap_or_else(numbers::token);
        let code = numbers::token();
        self.bank.books.give_code(&person, &asked.appid, &fresh_openid(), &code, self.bank.clock.now()).await?;
        let joint = if asked.redirect_uri.contains('?') { '&' } else { '?' };
        let location = format!("{}{joint}code={code}&state={}", asked.redirect_uri, asked.state);
        let cookie = format!("{COOKIE_NAME}={person}; Path=/wechat; Max-Age=31536000; SameSite=Lax; HttpOnly");
        Ok((StatusCode::FOUND, [(LOCATION, location), (SET_COOKIE, cookie)]).into_response())
    }

    async fn exchange(&self, asked: &Exchange) -> Result<Response, SandboxProblem> {
        let fault = self.bank.books.take_fault(Operation::Login).await?;
        let done = match &fault {
            Some(SandboxFault::Down) => broken::down(),
            Some(SandboxFault::Refuse { code }) => told(&refusal(code.parse().unwrap_or(-1))),
            Some(
                SandboxFault::Late { .. }
                | SandboxFault::Cut
                | SandboxFault::Html
                | SandboxFault::Forged
                | SandboxFault::Stranger
                | SandboxFault::Truncated
                | SandboxFault::FailLater { .. }
                | SandboxFault::Twice
                | SandboxFault::Silent,
            )
            | None => told(&self.owner_of(asked).await?),
        };
        let outcome = fault.as_ref().map_or_else(|| done.status().as_u16().to_string(), SandboxFault::name);
        self.bank.books.write_journal(Operation::Login, &asked.code, &outcome, self.bank.clock.now()).await?;
        Ok(match fault {
            Some(SandboxFault::Cut) => broken::cut(),
            Some(SandboxFault::Html) => broken::web_page(),
            Some(SandboxFault::Truncated) => broken::truncated(done).await,
            Some(SandboxFault::Late { ms }) => {
                self.bank.pause(Duration::from_millis(ms)).await;
                done
            }
            Some(
                SandboxFault::Refuse { .. }
                | SandboxFault::Down
                | SandboxFault::Forged
                | SandboxFault::Stranger
                | SandboxFault::FailLater { .. }
                | SandboxFault::Twice
                | SandboxFault::Silent,
            )
            | None => done,
        })
    }

    /// Whose code it was.
    async fn owner_of(&self, asked: &Exchange) -> Result<Value, SandboxProblem> {
        if asked.appid != self.account.appid {
            return Ok(refusal(40013));
        }
        if asked.secret != self.account.app_secret.as_str() {
            return Ok(refusal(40125));
        }
        if asked.grant_type != "authorization_code" {
            return Ok(refusal(40002));
        }
        if asked.code.is_empty() {
            return Ok(refusal(41008));
        }
        Ok(match self.bank.books.use_code(&asked.code, &asked.appid, self.bank.clock.now()).await? {
            CodeUse::Good(openid) => json!({
                "access_token": random_word(), "expires_in": 7200, "refresh_token": random_word(), "openid": openid, "scope": "snsapi_base",
            }),
            CodeUse::Used => refusal(40163),
            CodeUse::Bad => refusal(40029),
        })
    }
}

/// WeChat calls its JSON plain text, and a refusal a success.
fn told(paper: &Value) -> Response {
    (StatusCode::OK, [(CONTENT_TYPE, "text/plain")], paper.to_string()).into_response()
}

fn refusal(code: i64) -> Value {
    let words = match code {
        -1 => "system error",
        40002 => "invalid grant_type",
        40013 => "invalid appid",
        40029 => "invalid code",
        40125 => "invalid appsecret",
        40163 => "code been used",
        41008 => "missing code",
        _ => "refused",
    };
    json!({ "errcode": code, "errmsg": format!("{words}, rid: {}", &random_word()[..8]) })
}

fn person(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let kept = cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(name, _)| *name == COOKIE_NAME)?;
    Some(kept.1.to_owned()).filter(|person| person.len() == 32 && person.chars().all(|sign| sign.is_ascii_alphanumeric()))
}

/// As long as the real ones are.
fn fresh_openid() -> String {
    format!("o{}", &random_word()[..27])
}
