//! `guitu check-gateways`: are keys and clocks right, before the first buyer finds out?

use super::error::StartError;
use crate::server::machinery::config::Config;
use crate::server::payments::{Gateways, name_in_english};
use std::fmt::Write as _;

/// Asks every gateway that the shop has an account with; prints what is right and what is not. `true`: everything is.
pub async fn check_gateways(config: Config) -> Result<bool, StartError> {
    if config.demo {
        return Err("a demo pays through its own sandbox, there is no account to check; leave --demo away".into());
    }
    let gateways = config.accounts.gateways()?;
    if !gateways.are_any() {
        return Err("no account at a payment gateway is set up: give wechat_mchid or alipay_app_id and what belongs to it".into());
    }
    let (report, right) = checked(&gateways).await;
    say!("{}", report.trim_end());
    Ok(right)
}

/// The report, and whether nothing in it is wrong.
pub async fn checked(gateways: &Gateways) -> (String, bool) {
    let (mut report, mut right) = (String::new(), true);
    for (channel, gateway) in gateways.all() {
        let _ = writeln!(report, "{}", name_in_english(channel));
        for finding in gateway.check().await.findings(channel) {
            right &= finding.right;
            let _ = writeln!(report, "  {:5} {}", if finding.right { "right" } else { "WRONG" }, finding.words);
        }
    }
    (report, right)
}
