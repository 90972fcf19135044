//! The merchant's signature on a request, in its `Authorization`.

use std::collections::BTreeMap;

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Method};

use super::account::WechatAccount;
use super::refusal::sign_error;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::server::payments::wechat::{SCHEME, WINDOW_SECONDS, message, wall_clock_seconds};

/// Believes a request only if the merchant signed exactly these bytes for this address, and not long ago.
pub fn verify(account: &WechatAccount, method: &Method, url: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), SandboxProblem> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let parts = value.and_then(read).ok_or_else(|| sign_error("Http头Authorization缺失或格式错误"))?;
    let part = |name: &str| parts.get(name).copied().unwrap_or_default();
    if part("mchid") != account.mchid {
        return Err(sign_error("商户号不存在"));
    }
    if !part("serial_no").eq_ignore_ascii_case(&account.merchant_serial) {
        return Err(sign_error("商户证书序列号有误"));
    }
    let timestamp: i64 = part("timestamp").parse().map_err(|_| sign_error("Http头Authorization中的timestamp格式错误"))?;
    if wall_clock_seconds().abs_diff(timestamp) > WINDOW_SECONDS {
        return Err(sign_error("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"));
    }
    let nonce = part("nonce_str");
    let signed = message(&[method.as_str(), url], timestamp, nonce, body);
    if nonce.is_empty() || !account.merchant_key.verifies(&signed, part("signature")) {
        return Err(sign_error("签名错误，请检查后再试"));
    }
    Ok(())
}

/// `SCHEME name="value",…`, every name once.
fn read(value: &str) -> Option<BTreeMap<&str, &str>> {
    let list = value.strip_prefix(SCHEME)?.strip_prefix(' ')?;
    let mut parts = BTreeMap::new();
    for pair in list.split(',') {
        let (name, value) = pair.trim().split_once('=')?;
        let value = value.strip_prefix('"')?.strip_suffix('"')?;
        if parts.insert(name, value).is_some() {
            return None;
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authorization_is_read_whole_or_not_at_all() {
        let parts = read(r#"WECHATPAY2-SHA256-RSA2048 mchid="19",nonce_str="a", signature="b+/==",timestamp="1",serial_no="5A""#);
        let parts = parts.unwrap_or_default();
        assert_eq!((parts["mchid"], parts["signature"], parts["serial_no"]), ("19", "b+/==", "5A"));
        for bad in [
            "",
            "Bearer x",
            r#"WECHATPAY2-SM2-WITH-SM3 mchid="19""#,
            "WECHATPAY2-SHA256-RSA2048",
            "WECHATPAY2-SHA256-RSA2048 mchid=19",
            r#"WECHATPAY2-SHA256-RSA2048 mchid="19""x"#,
            r#"WECHATPAY2-SHA256-RSA2048 mchid="19",mchid="20""#,
            "WECHATPAY2-SHA256-RSA2048 mchid",
        ] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
