//! Accounts at the payment gateways: read whole, refused by the name of the setting, and never printed.

use super::{Folder, refusal};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::signature::{KeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use guitu::server::machinery::config::{Config, ConfigError, Settings};
use guitu::server::payments::keys::PrivateKey;
use std::fs;
use std::sync::LazyLock;

static OWN: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());
static THEIRS: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

const API_V3_KEY: &str = "0123456789abcdefABCDEF0123456789";
const APP_SECRET: &str = "fedcba98765432100123456789abcdef";

#[expect(clippy::unnecessary_wraps, reason = "settings are given or not")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The public half, as a merchant uploads it or a gateway shows it.
fn public_pem(key: &PrivateKey) -> String {
    let private = STANDARD.decode(without_armour(&key.to_pem().unwrap())).unwrap();
    let public: PublicKeyX509Der<'_> = RsaKeyPair::from_pkcs8(&private).unwrap().public_key().as_der().unwrap();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(public.as_ref()))
}

fn without_armour(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}

/// An account at each gateway, keys given as they are.
fn both() -> Settings {
    let own = OWN.to_pem().unwrap();
    let theirs = public_pem(&THEIRS);
    Settings {
        wechat_mchid: some("1900000001"),
        wechat_appid: some("wx8888888888888888"),
        wechat_serial: some("5157F09EFDC096DE15EBE81A47057A7232F1B8E1"),
        wechat_key: Some(own.clone()),
        wechat_api_v3_key: some(API_V3_KEY),
        wechat_public_key_id: some("PUB_KEY_ID_0119000000012026112500000001"),
        wechat_public_key: Some(theirs.clone()),
        wechat_app_secret: some(APP_SECRET),
        alipay_app_id: some("2021000000000001"),
        alipay_seller_id: some("2088000000000001"),
        alipay_key: Some(own),
        alipay_public_key: Some(theirs),
        ..Settings::default()
    }
}

fn loaded(settings: Settings) -> Result<Config, ConfigError> {
    Config::load(settings, None)
}

fn refused(settings: Settings) -> String {
    loaded(settings).unwrap_err().to_string()
}

#[test]
fn an_account_that_is_whole_is_taken_and_no_key_is_printed() {
    let config = loaded(both()).unwrap();
    assert_eq!(config.accounts.wechat.as_ref().unwrap().base_url, "https://api.mch.weixin.qq.com");
    assert_eq!(config.accounts.alipay.as_ref().unwrap().base_url, "https://openapi.alipay.com/gateway.do");
    let gateways = config.accounts.gateways().unwrap();
    assert!(gateways.wechat.is_some() && gateways.alipay.is_some());
    for origin in ["https://wx.tenpay.com", "https://open.weixin.qq.com"] {
        assert!(gateways.cashiers().contains(&origin.to_owned()), "{origin}");
    }
    assert!(gateways.wechat_login().is_some_and(|login| login.appid() == "wx8888888888888888"));
    let printed = format!("{config:?}");
    let secrets = [API_V3_KEY.to_owned(), APP_SECRET.to_owned(), OWN.to_pem().unwrap().lines().nth(3).unwrap().to_owned()];
    assert!(secrets.iter().all(|secret| !printed.contains(secret)), "{printed}");
}

#[test]
fn keys_are_read_from_files_as_well_and_alipays_without_armour() {
    let folder = Folder::new("keys");
    let keep = |name: &str, text: &str| {
        fs::write(folder.0.join(name), text).unwrap();
        some(folder.0.join(name).to_str().unwrap())
    };
    let settings = Settings {
        wechat_key: keep("apiclient_key.pem", &OWN.to_pem().unwrap()),
        wechat_api_v3_key: keep("api-v3", &format!("{API_V3_KEY}\n")),
        wechat_public_key: keep("pub_key.pem", &public_pem(&THEIRS)),
        wechat_app_secret: keep("app-secret", &format!("{APP_SECRET}\n")),
        alipay_key: keep("app", &without_armour(&OWN.to_pem().unwrap())),
        alipay_public_key: Some(without_armour(&public_pem(&THEIRS))),
        ..both()
    };
    let accounts = loaded(settings).unwrap().accounts;
    assert!(accounts.wechat.is_some_and(|wechat| wechat.login.is_some()) && accounts.alipay.is_some());
}

/// Then WeChat Pay is offered everywhere but inside WeChat.
#[test]
fn a_shop_may_do_without_the_public_accounts_secret() {
    let accounts = loaded(Settings { wechat_app_secret: None, ..both() }).unwrap().accounts;
    let gateways = accounts.gateways().unwrap();
    assert!(gateways.wechat.is_some() && gateways.wechat_login().is_none());
    assert!(!gateways.cashiers().iter().any(|origin| origin.contains("open.weixin")));
}

#[test]
fn one_account_alone_is_enough_and_none_is_no_fault() {
    let alone = Settings { wechat_mchid: None, wechat_appid: None, wechat_serial: None, wechat_key: None, ..both() };
    let alone = Settings { wechat_api_v3_key: None, wechat_public_key_id: None, wechat_public_key: None, wechat_app_secret: None, ..alone };
    let accounts = loaded(alone).unwrap().accounts;
    assert!(accounts.wechat.is_none() && accounts.alipay.is_some());
    assert!(loaded(Settings::default()).unwrap().accounts.alipay.is_none());
}

#[test]
fn what_is_missing_is_asked_for_by_its_name() {
    for (settings, name) in [
        (Settings { wechat_mchid: None, ..both() }, "GUITU_WECHAT_MCHID"),
        (Settings { wechat_appid: some(""), ..both() }, "GUITU_WECHAT_APPID"),
        (Settings { wechat_serial: None, ..both() }, "GUITU_WECHAT_SERIAL"),
        (Settings { wechat_key: None, ..both() }, "GUITU_WECHAT_KEY"),
        (Settings { wechat_api_v3_key: None, ..both() }, "GUITU_WECHAT_API_V3_KEY"),
        (Settings { wechat_public_key_id: None, ..both() }, "GUITU_WECHAT_PUBLIC_KEY_ID"),
        (Settings { wechat_public_key: None, ..both() }, "GUITU_WECHAT_PUBLIC_KEY"),
        (Settings { wechat_app_secret: None, wechat_open_url: some("https://open.weixin.qq.com"), ..both() }, "GUITU_WECHAT_APP_SECRET"),
        (Settings { alipay_app_id: None, ..both() }, "GUITU_ALIPAY_APP_ID"),
        (Settings { alipay_seller_id: None, ..both() }, "GUITU_ALIPAY_SELLER_ID"),
        (Settings { alipay_key: None, ..both() }, "GUITU_ALIPAY_KEY"),
        (Settings { alipay_public_key: None, ..both() }, "GUITU_ALIPAY_PUBLIC_KEY"),
    ] {
        let said = refused(settings);
        assert!(said.contains(&format!("({name}) is missing")), "{name}: {said}");
    }
}

#[test]
fn what_cannot_be_right_is_refused_by_its_name_and_never_quoted() {
    let own = Some(public_pem(&OWN));
    for (settings, name, words) in [
        (Settings { wechat_mchid: some("19000-secret"), ..both() }, "wechat_mchid", "digits"),
        (Settings { wechat_appid: some("8888-secret"), ..both() }, "wechat_appid", "wx8888888888888888"),
        (Settings { wechat_serial: some("secret"), ..both() }, "wechat_serial", "hex"),
        (Settings { wechat_key: Some(public_pem(&THEIRS)), ..both() }, "wechat_key", "no RSA private key"),
        (Settings { wechat_key: some("/nowhere/secret.pem"), ..both() }, "wechat_key", "cannot be read"),
        (Settings { wechat_api_v3_key: some("secret-too-short"), ..both() }, "wechat_api_v3_key", "cannot be read"),
        (Settings { wechat_public_key_id: some("secret"), ..both() }, "wechat_public_key_id", "PUB_KEY_ID_"),
        (Settings { wechat_public_key: OWN.to_pem().ok(), ..both() }, "wechat_public_key", "a private key"),
        (Settings { wechat_public_key: own.clone(), ..both() }, "wechat_public_key", "the shop's own"),
        (Settings { wechat_certificates: Some(public_pem(&THEIRS)), ..both() }, "wechat_certificates", "no RSA public key"),
        (Settings { alipay_app_id: some("secret"), ..both() }, "alipay_app_id", "digits"),
        (Settings { alipay_seller_id: some("1088000000000001"), ..both() }, "alipay_seller_id", "2088"),
        (Settings { alipay_key: some("MIInonsense-secret"), ..both() }, "alipay_key", "no RSA private key"),
        (Settings { alipay_public_key: own, ..both() }, "alipay_public_key", "the shop's own"),
        (Settings { alipay_url: some("gateway.secret"), ..both() }, "alipay_url", "https://"),
    ] {
        let said = refused(settings);
        assert!(said.starts_with(name) && said.contains(words) && !said.contains("secret"), "{name}: {said}");
    }
}

#[test]
fn a_public_accounts_secret_that_cannot_be_one_is_refused_and_never_quoted() {
    for (given, words) in [("too-short-to-be-one", "cannot be read"), ("/dev/null", "32 letters"), (&APP_SECRET[1..], "cannot be read")] {
        let said = refused(Settings { wechat_app_secret: some(given), ..both() });
        assert!(said.starts_with("wechat_app_secret (GUITU_WECHAT_APP_SECRET)") && said.contains(words) && !said.contains(given), "{said}");
    }
}

#[test]
fn real_money_never_meets_a_sandbox() {
    for url in [
        "http://127.0.0.1:3001",
        "https://127.0.0.1:3001",
        "https://localhost/gateway.do",
        "http://api.mch.weixin.qq.com",
        "https://openapi-sandbox.dl.alipaydev.com/gateway.do",
    ] {
        let said = refused(Settings { wechat_url: some(url), ..both() });
        assert!(said.starts_with("wechat_url") && said.contains("--demo"), "{said}");
        let said = refused(Settings { wechat_open_url: some(url), ..both() });
        assert!(said.starts_with("wechat_open_url") && said.contains("a sandbox"), "{said}");
        let said = refused(Settings { wechat_api_url: some(url), ..both() });
        assert!(said.starts_with("wechat_api_url") && said.contains("a sandbox"), "{said}");
        let said = refused(Settings { alipay_url: some(url), ..both() });
        assert!(said.starts_with("alipay_url") && said.contains("a sandbox"), "{said}");
    }
    let said = refused(Settings { demo: Some(true), ..both() });
    assert!(said.starts_with("wechat_mchid") && said.contains("own sandbox"), "{said}");
}

#[test]
fn the_program_says_so_too() {
    let said = refusal(&["--alipay-app-id", "2021000000000001"], &[]);
    assert!(said.contains("GUITU_ALIPAY_SELLER_ID"), "{said}");
    let said = refusal(&[], &[("GUITU_WECHAT_URL", "http://127.0.0.1:3001")]);
    assert!(said.contains("GUITU_WECHAT_URL") && said.contains("a sandbox"), "{said}");
}
