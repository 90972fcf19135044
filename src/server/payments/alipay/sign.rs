//! RSA2: what is signed of a request, of a notice and of an answer.

use std::collections::BTreeMap;

use crate::server::payments::SignatureFault;
use crate::server::payments::keys::{KeyFault, PrivateKey, PublicKey};

/// SHA-256 with RSA, the only way of signing that is spoken here.
const RSA2: &str = "RSA2";

/// Parameters of a request or a notice, in the order that they are signed in.
pub type Params = BTreeMap<String, String>;

/// Adds the signature of all that is there. Its way of signing is signed as well.
pub fn sign_request(params: &mut Params, key: &PrivateKey) -> Result<(), KeyFault> {
    params.insert("sign_type".to_owned(), RSA2.to_owned());
    let sign = key.sign(text(params, &["sign"]).as_bytes())?;
    params.insert("sign".to_owned(), sign);
    Ok(())
}

/// Believes a request only if this key signed all of it.
pub fn verify_request(params: &Params, key: &PublicKey) -> Result<(), SignatureFault> {
    verify(params, &["sign"], key)
}

/// Adds the signature of a notice, which does not cover its way of signing.
pub fn sign_notice(params: &mut Params, key: &PrivateKey) -> Result<(), KeyFault> {
    let sign = key.sign(text(params, &["sign", "sign_type"]).as_bytes())?;
    params.extend([("sign".to_owned(), sign), ("sign_type".to_owned(), RSA2.to_owned())]);
    Ok(())
}

/// Believes a notice only if this key signed all of it.
pub fn verify_notice(params: &Params, key: &PublicKey) -> Result<(), SignatureFault> {
    verify(params, &["sign", "sign_type"], key)
}

/// Believes an answer only if this key signed exactly this text of its node.
pub fn verify_node(node: &str, sign: &str, key: &PublicKey) -> Result<(), SignatureFault> {
    // Some of Alipay's answers were signed before their slashes were escaped.
    let signed = key.verifies(node.as_bytes(), sign) || (node.contains(r"\/") && key.verifies(node.replace(r"\/", "/").as_bytes(), sign));
    if signed { Ok(()) } else { Err(SignatureFault::Forged) }
}

fn verify(params: &Params, without: &[&str], key: &PublicKey) -> Result<(), SignatureFault> {
    let sign = params.get("sign").ok_or(SignatureFault::Missing)?;
    if params.get("sign_type").is_some_and(|kind| kind != RSA2) {
        return Err(SignatureFault::UnknownKey);
    }
    if key.verifies(text(params, without).as_bytes(), sign) { Ok(()) } else { Err(SignatureFault::Forged) }
}

/// `a=1&b=2`, sorted, as it is before any escaping; what is empty does not count.
fn text(params: &Params, without: &[&str]) -> String {
    let counts = |(name, value): &(&String, &String)| !without.contains(&name.as_str()) && !value.is_empty();
    let pairs: Vec<String> = params.iter().filter(counts).map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests;
