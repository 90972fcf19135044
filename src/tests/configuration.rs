//! Flag before environment before file before default, and clear words where one cannot be used.

mod accounts;

use std::{fs, path::PathBuf, process::Command};

use guitu::server::machinery::config::{Config, LogFormat, Settings, kept_in};

/// A folder of its own for each test, taken away at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("guitu-{test}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, text: &str) -> PathBuf {
        let path = self.0.join("guitu.toml");
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What `guitu migrate` says when it refuses to start, with these flags and environment.
fn refusal(flags: &[&str], environment: &[(&str, &str)]) -> String {
    let mut guitu = Command::new(env!("CARGO_BIN_EXE_guitu"));
    let ended = guitu.arg("migrate").args(flags).env_remove("DATABASE_URL").envs(environment.iter().copied()).output().unwrap();
    assert_eq!(ended.status.code(), Some(2), "{ended:?}");
    String::from_utf8(ended.stderr).unwrap()
}

#[test]
fn without_settings_the_shop_runs_on_sqlite_on_this_machine_only() {
    let config = Config::load(Settings::default(), None).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.public_url.as_str(), "http://127.0.0.1:3000");
    assert_eq!(config.database_url.as_str(), "sqlite:data/guitu.db");
    assert!(!config.demo && config.workers && !config.secure_cookies());
}

#[test]
fn what_is_given_stands_before_the_file_and_the_file_before_the_defaults() {
    let folder = Folder::new("before-file");
    let file = folder.file("listen = '127.0.0.1:4000'\nlog_format = 'json'\ndata_dir = 'shop'");
    let given = Settings { listen: Some("127.0.0.1:5000".parse().unwrap()), ..Settings::default() };
    let config = Config::load(given, Some(file)).unwrap();
    assert_eq!(config.listen.port(), 5000);
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.database_url.as_str(), "sqlite:shop/guitu.db");
}

#[test]
fn a_flag_stands_before_the_environment() {
    let said = refusal(&["--public-url", "flag.example"], &[("GUITU_PUBLIC_URL", "environment.example")]);
    assert!(said.contains("flag.example") && !said.contains("environment.example"), "{said}");
}

#[test]
fn cookies_insist_on_tls_where_the_shop_is_reached_by_it() {
    let given = Settings { public_url: Some("https://shop.example/".to_owned()), ..Settings::default() };
    let config = Config::load(given, None).unwrap();
    assert_eq!(config.public_url.as_str(), "https://shop.example");
    assert!(config.secure_cookies());
}

#[test]
fn an_unknown_name_in_the_file_is_refused_by_name_and_line() {
    let folder = Folder::new("unknown-name");
    let file = folder.file("demo = true\nlistn = '127.0.0.1:4000'");
    let said = refusal(&["--config", file.to_str().unwrap()], &[]);
    assert!(said.contains("line 2") && said.contains("`listn`"), "{said}");
}

#[test]
fn a_refusal_names_the_setting_and_never_a_password() {
    let said = refusal(&[], &[("DATABASE_URL", "mysql://guitu:hidden@host/shop")]);
    assert!(said.contains("DATABASE_URL") && said.contains("postgres://"), "{said}");
    assert!(!said.contains("hidden"), "{said}");

    let folder = Folder::new("password");
    let file = folder.file("database_url = postgres://guitu:hidden@host/shop");
    let said = refusal(&["--config", file.to_str().unwrap()], &[]);
    assert!(said.contains("line 1") && !said.contains("hidden"), "{said}");
}

#[test]
fn an_address_is_printed_without_who_logs_in() {
    let printed = |url: &str| {
        let given = Settings { database_url: Some(url.to_owned()), ..Settings::default() };
        Config::load(given, None).unwrap().database_url.to_string()
    };
    assert_eq!(printed("postgres://guitu:hidden@host:5432/shop"), "postgres://host/shop");
    assert_eq!(printed("postgresql://host/shop?user=guitu&password=hid@den"), "postgres://host/shop");
    assert!(!printed("postgres://guitu:hid?den@host/shop").contains("hid"));
    assert_eq!(printed("sqlite:data/shop.db?mode=rwc"), "sqlite:data/shop.db");
}

#[test]
fn shop_and_sandbox_share_neither_address_nor_database() {
    let listen = "127.0.0.1:4000".parse().unwrap();
    let given = Settings { demo: Some(true), listen: Some(listen), sandbox_listen: Some(listen), ..Settings::default() };
    assert!(Config::load(given, None).unwrap_err().to_string().contains("127.0.0.1:4000"));

    let rows = Some("sqlite:rows.db".to_owned());
    let given = Settings { demo: Some(true), database_url: rows.clone(), sandbox_database_url: rows, ..Settings::default() };
    assert!(Config::load(given, None).is_err());
}

#[test]
fn a_demo_listens_for_this_machine_only_unless_it_is_told_twice() {
    let given = |listen: &str, twice: bool| {
        let given = Settings { demo: Some(true), listen: Some(listen.parse().unwrap()), demo_public: Some(twice), ..Settings::default() };
        Config::load(given, None)
    };
    for everywhere in ["0.0.0.0:4000", "[::]:4000", "192.0.2.1:4000"] {
        let said = given(everywhere, false).unwrap_err().to_string();
        assert!(said.contains(everywhere) && said.contains("--demo-public"), "{said}");
        assert!(given(everywhere, true).unwrap().demo);
    }
    let behind_a_proxy = |url: &str, twice: bool| {
        let given = Settings { demo: Some(true), public_url: Some(url.to_owned()), demo_public: Some(twice), ..Settings::default() };
        Config::load(given, None)
    };
    let said = behind_a_proxy("https://demo.example", false).unwrap_err().to_string();
    assert!(said.contains("https://demo.example") && said.contains("--demo-public"), "{said}");
    assert!(behind_a_proxy("https://demo.example", true).is_ok() && behind_a_proxy("https://localhost:4443", false).is_ok());
    assert!(given("127.0.0.1:4000", false).is_ok() && given("[::1]:4000", false).is_ok());
    let own = Settings { listen: Some("0.0.0.0:4000".parse().unwrap()), demo_public: Some(true), ..Settings::default() };
    assert!(!Config::load(own, None).unwrap().demo, "it makes no demo of a shop");
}

#[test]
fn numbers_are_never_told_where_everybody_comes() {
    let listen = "127.0.0.1:4000".parse().unwrap();
    let given = Settings { listen: Some(listen), metrics_listen: Some(listen), ..Settings::default() };
    assert!(Config::load(given, None).unwrap_err().to_string().contains("GUITU_METRICS_LISTEN"));
    let config = Config::load(Settings::default(), None).unwrap();
    assert!(config.metrics_listen.is_none() && config.collector.is_none() && config.drain.is_zero() && config.proxies.is_empty());
}

#[test]
fn a_collector_is_an_address_without_a_password() {
    let given = |url: &str| Config::load(Settings { otlp_endpoint: Some(url.to_owned()), ..Settings::default() }, None);
    let traces = given("https://collector.example:4318/otlp/").unwrap().collector.unwrap().traces();
    assert_eq!(traces, "https://collector.example:4318/otlp/v1/traces");
    for wrong in ["collector:4318", "ftp://collector", "http://guitu:hidden@collector", "http://collector/?key=hidden"] {
        let said = given(wrong).unwrap_err().to_string();
        assert!(said.contains("OTEL_EXPORTER_OTLP_ENDPOINT") && !said.contains("hidden"), "{said}");
    }
}

#[test]
fn a_secret_is_made_once_and_kept_from_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("secret");
    assert_eq!(kept_in(&folder.0, "sandbox.pem", || Ok("first".to_owned())).unwrap(), "first");
    assert_eq!(kept_in(&folder.0, "sandbox.pem", || Ok("second".to_owned())).unwrap(), "first");
    let kept = fs::metadata(folder.0.join("sandbox.pem")).unwrap();
    assert_eq!(kept.permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
}
