//! A refund that the buyer's account did not take, and where it goes instead.

use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::{PlatformKeys, WechatGateway, WechatSettings};
use guitu::server::payments::{
    AbnormalRefund, AbnormalTarget, Gateway, GatewayCallback, GatewayError, GatewayRefusal, RefundOutcome, RefundReport, Remedy,
};

use super::support::{SERIAL, Town, WECHAT_KEY};

fn failed(code: &str) -> RefundOutcome {
    RefundOutcome::Failed(GatewayRefusal::new(code, ""))
}

fn card(bank_type: &str, account: &str, name: &str) -> AbnormalTarget {
    AbnormalTarget::BuyerCard { bank_type: bank_type.to_owned(), account: account.to_owned(), name: name.to_owned() }
}

fn elsewhere(report: &RefundReport, to: AbnormalTarget) -> AbnormalRefund {
    AbnormalRefund { refund_no: report.refund_no.clone(), gateway_refund_no: report.gateway_refund_no.clone(), to }
}

/// A refund of ¥10.00 that came to a stop.
async fn stopped(town: &Town, code: &str) -> RefundReport {
    town.paid("P00001", 1_000).await;
    town.plan_fault("refund", &format!(r#"{{"kind":"fail_later","code":"{code}"}}"#), 1).await;
    town.gateway.refund(&town.refund_order("R1", "P00001", 1_000)).await.unwrap();
    town.settles("R1").await;
    town.gateway.query_refund("P00001", "R1").await.unwrap().unwrap()
}

fn refused(answer: Result<RefundReport, GatewayError>) -> GatewayRefusal {
    match answer {
        Err(GatewayError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn it_goes_to_a_card_of_the_buyers() {
    let town = Town::start().await;
    let report = stopped(&town, "ABNORMAL").await;
    assert_eq!(report.status, failed("ABNORMAL"));
    let told = town.shop.heard(1).await;
    assert!(matches!(&told[0], GatewayCallback::Refund(told) if told.status == failed("ABNORMAL") && told.refund_no == "R1"), "{told:?}");

    let again = town.gateway.refund(&town.refund_order("R1", "P00001", 1_000)).await.unwrap();
    assert_eq!(again.status, failed("ABNORMAL"), "sending it again does not help");

    let order = elsewhere(&report, card("ICBC_DEBIT", "6222020000000000000", "王小明"));
    assert_eq!(town.gateway.refund_abnormal(&order).await.unwrap().status, RefundOutcome::Processing);
    town.settles("R1").await;
    assert_eq!(town.gateway.refund_abnormal(&order).await.unwrap().status, RefundOutcome::Succeeded, "a repeat pays nothing twice");
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap().unwrap().status, RefundOutcome::Succeeded);
    assert!(matches!(&town.shop.heard(2).await[1], GatewayCallback::Refund(told) if told.status == RefundOutcome::Succeeded));
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn or_to_the_merchants_account_and_may_stop_again_on_the_way() {
    let town = Town::start().await;
    let report = stopped(&town, "ABNORMAL").await;
    let order = elsewhere(&report, AbnormalTarget::MerchantAccount);
    town.plan_fault("refund", r#"{"kind":"fail_later","code":"ABNORMAL"}"#, 1).await;
    town.gateway.refund_abnormal(&order).await.unwrap();
    town.settles("R1").await;
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap().unwrap().status, failed("ABNORMAL"));
    town.gateway.refund_abnormal(&order).await.unwrap();
    town.settles("R1").await;
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn a_closed_refund_has_no_other_way_and_needs_a_new_number() {
    let town = Town::start().await;
    let report = stopped(&town, "CLOSED").await;
    assert!(matches!(&report.status, RefundOutcome::Failed(refusal) if refusal.remedy() == Remedy::NewNumber));
    assert!(matches!(&town.shop.heard(1).await[0], GatewayCallback::Refund(told) if told.status == failed("CLOSED")));
    assert_eq!(refused(town.gateway.refund_abnormal(&elsewhere(&report, AbnormalTarget::MerchantAccount)).await).code, "INVALID_REQUEST");

    let same = town.gateway.refund(&town.refund_order("R1", "P00001", 1_000)).await.unwrap();
    assert_eq!(same.status, failed("CLOSED"));
    town.gateway.refund(&town.refund_order("R2", "P00001", 1_000)).await.unwrap();
    town.settles("R2").await;
    assert_eq!((town.payouts("R1").await, town.payouts("R2").await), (0, 1));
}

#[tokio::test]
async fn what_wechat_pay_cannot_read_or_does_not_know_goes_nowhere() {
    let town = Town::start().await;
    let report = stopped(&town, "ABNORMAL").await;
    for to in [card("ICBC_CREDIT", "6222020000000000000", "王小明"), card("ICBC_DEBIT", "", "王小明"), card("ICBC_DEBIT", "6222", "")]
    {
        assert_eq!(refused(town.gateway.refund_abnormal(&elsewhere(&report, to)).await).code, "PARAM_ERROR");
    }
    let unknown = AbnormalRefund {
        gateway_refund_no: "50000000382019052709732678859".to_owned(),
        ..elsewhere(&report, AbnormalTarget::MerchantAccount)
    };
    assert_eq!(refused(town.gateway.refund_abnormal(&unknown).await).code, "RESOURCE_NOT_EXISTS");
    let mixed = AbnormalRefund { refund_no: "R2".to_owned(), ..elsewhere(&report, AbnormalTarget::MerchantAccount) };
    assert_eq!(refused(town.gateway.refund_abnormal(&mixed).await).code, "RESOURCE_NOT_EXISTS");

    // Encrypted for a key that WeChat Pay has given up, or never had under this name.
    let stranger = PrivateKey::generate().unwrap().public().unwrap();
    let real = WECHAT_KEY.public().unwrap();
    for platform in [
        PlatformKeys::default().with(SERIAL, real.clone()).with("PUB_KEY_ID_0", stranger.clone()),
        PlatformKeys::default().with(SERIAL, real).with(SERIAL, stranger),
    ] {
        let gateway = WechatGateway::new(WechatSettings { platform, ..town.settings() }).unwrap();
        let order = elsewhere(&report, card("ICBC_DEBIT", "6222020000000000000", "王小明"));
        assert_eq!(refused(gateway.refund_abnormal(&order).await).code, "PARAM_ERROR");
    }
    let deaf = WechatGateway::new(WechatSettings { platform: PlatformKeys::default(), ..town.settings() }).unwrap();
    let nobody = deaf.refund_abnormal(&elsewhere(&report, AbnormalTarget::MerchantAccount)).await.unwrap_err();
    assert!(matches!(nobody, GatewayError::NotBuilt(_)), "{nobody}");
    assert_eq!(town.payouts("R1").await, 0);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_found_by_asking() {
    let town = Town::start().await;
    let report = stopped(&town, "ABNORMAL").await;
    let order = elsewhere(&report, card("CMB_DEBIT", "6222020000000000000", "王小明"));
    town.plan_fault("refund", r#"{"kind":"cut"}"#, 1).await;
    assert_eq!(town.gateway.refund_abnormal(&order).await.unwrap_err().remedy(), Remedy::QueryFirst);
    town.settles("R1").await;
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap().unwrap().status, RefundOutcome::Succeeded);
    assert_eq!(town.payouts("R1").await, 1);
}

#[test]
fn printing_where_it_goes_shows_no_card() {
    let printed = format!("{:?}", card("ICBC_DEBIT", "6222020000000000000", "王小明"));
    assert!(!printed.contains("6222") && !printed.contains("王"), "{printed}");
}
