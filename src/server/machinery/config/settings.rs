//! What may be set, each by a flag, an environment variable or a line of the configuration file.

use std::{fs, net::SocketAddr, path::PathBuf};

use serde::Deserialize;

use super::ConfigError;

/// Every setting as it was given; what nobody gave is `None`.
#[derive(Default, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address the shop listens on [default: 127.0.0.1:3000]
    #[arg(long, global = true, env = "GUITU_LISTEN", value_name = "IP:PORT")]
    pub listen: Option<SocketAddr>,

    /// Address under which people reach the shop [default: http:// and the listening address]
    #[arg(long, global = true, env = "GUITU_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// Proxies in front of the shop, whose `X-Forwarded-For` is believed: addresses or networks between commas [default: none]
    #[arg(long, global = true, env = "GUITU_TRUSTED_PROXIES", value_name = "LIST")]
    pub trusted_proxies: Option<String>,

    /// `sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE` [default: sqlite, in the data folder]
    #[arg(long, global = true, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Folder for uploaded evidence and, with SQLite, the database [default: data]
    #[arg(long, global = true, env = "GUITU_DATA_DIR", value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,

    /// 64 hexadecimal digits that refund accounts are sealed with; several machines share it [default: secret.key in the data folder]
    #[arg(long, global = true, env = "GUITU_SECRET_KEY", value_name = "HEX", hide_env_values = true)]
    pub secret_key: Option<String>,

    /// How log lines are written [default: text]
    #[arg(long, global = true, env = "GUITU_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,

    /// Which log lines are written, for example `info,guitu=debug` [default: info]
    #[arg(long, global = true, env = "GUITU_LOG_FILTER", value_name = "FILTER")]
    pub log_filter: Option<String>,

    /// Address that /metrics is told on, for Prometheus: not for the world [default: told nowhere]
    #[arg(long, global = true, env = "GUITU_METRICS_LISTEN", value_name = "IP:PORT")]
    pub metrics_listen: Option<SocketAddr>,

    /// Collector that traces are sent to by OTLP over HTTP, for example `http://127.0.0.1:4318` [default: none]
    #[arg(long, global = true, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_name = "URL")]
    pub otlp_endpoint: Option<String>,

    /// Seconds from SIGTERM for which new connections are still taken, while /readyz already sends the proxy elsewhere [default: 0]
    #[arg(long, global = true, env = "GUITU_DRAIN_SECONDS", value_name = "SECONDS")]
    pub drain_seconds: Option<u64>,

    /// Fill an empty database with the demo shop and start the sandbox payment gateway [default: false]
    #[arg(long, global = true, env = "GUITU_DEMO", value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub demo: Option<bool>,

    /// Let others than this machine reach the demo, whose passwords are published [default: false]
    #[arg(long, global = true, env = "GUITU_DEMO_PUBLIC", value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub demo_public: Option<bool>,

    /// Run the clocks, refunds and messages that are due in this process [default: true]
    #[arg(long, global = true, env = "GUITU_WORKERS", value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    pub workers: Option<bool>,

    /// Address the sandbox payment gateway listens on [default: 127.0.0.1:3001]
    #[arg(long, global = true, env = "GUITU_SANDBOX_LISTEN", value_name = "IP:PORT")]
    pub sandbox_listen: Option<SocketAddr>,

    /// `sqlite:FILE` of the sandbox payment gateway [default: in the data folder]
    #[arg(long, global = true, env = "GUITU_SANDBOX_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub sandbox_database_url: Option<String>,

    /// WeChat Pay: the merchant's number; with it WeChat Pay is offered [default: not offered]
    #[arg(long, global = true, env = "GUITU_WECHAT_MCHID", value_name = "NUMBER")]
    pub wechat_mchid: Option<String>,

    /// WeChat Pay: the app (`wx…`) that is bound to the merchant
    #[arg(long, global = true, env = "GUITU_WECHAT_APPID", value_name = "ID")]
    pub wechat_appid: Option<String>,

    /// WeChat Pay: serial number of the merchant's API certificate
    #[arg(long, global = true, env = "GUITU_WECHAT_SERIAL", value_name = "HEX")]
    pub wechat_serial: Option<String>,

    /// WeChat Pay: file of the merchant's private key (`apiclient_key.pem`), or the key itself
    #[arg(long, global = true, env = "GUITU_WECHAT_KEY", value_name = "FILE", hide_env_values = true)]
    pub wechat_key: Option<String>,

    /// WeChat Pay: file of the API v3 key, or its 32 letters
    #[arg(long, global = true, env = "GUITU_WECHAT_API_V3_KEY", value_name = "FILE", hide_env_values = true)]
    pub wechat_api_v3_key: Option<String>,

    /// WeChat Pay: name of its public key, `PUB_KEY_ID_…`
    #[arg(long, global = true, env = "GUITU_WECHAT_PUBLIC_KEY_ID", value_name = "ID")]
    pub wechat_public_key_id: Option<String>,

    /// WeChat Pay: file of its public key (`pub_key.pem`), or the key itself
    #[arg(long, global = true, env = "GUITU_WECHAT_PUBLIC_KEY", value_name = "FILE", hide_env_values = true)]
    pub wechat_public_key: Option<String>,

    /// WeChat Pay: file of its platform certificates, for merchants who have no public key of it yet
    #[arg(long, global = true, env = "GUITU_WECHAT_CERTIFICATES", value_name = "FILE", hide_env_values = true)]
    pub wechat_certificates: Option<String>,

    /// WeChat Pay: file of the public account's secret (`AppSecret`), or its 32 letters; with it buyers pay inside WeChat [default: they do not]
    #[arg(long, global = true, env = "GUITU_WECHAT_APP_SECRET", value_name = "FILE", hide_env_values = true)]
    pub wechat_app_secret: Option<String>,

    /// WeChat: where a buyer's WeChat says who looks [default: `https://open.weixin.qq.com`]
    #[arg(long, global = true, env = "GUITU_WECHAT_OPEN_URL", value_name = "URL")]
    pub wechat_open_url: Option<String>,

    /// WeChat: where the shop asks who it was [default: `https://api.weixin.qq.com`]
    #[arg(long, global = true, env = "GUITU_WECHAT_API_URL", value_name = "URL")]
    pub wechat_api_url: Option<String>,

    /// WeChat Pay: where it is spoken with [default: `https://api.mch.weixin.qq.com`]
    #[arg(long, global = true, env = "GUITU_WECHAT_URL", value_name = "URL")]
    pub wechat_url: Option<String>,

    /// Alipay: the application's number; with it Alipay is offered [default: not offered]
    #[arg(long, global = true, env = "GUITU_ALIPAY_APP_ID", value_name = "NUMBER")]
    pub alipay_app_id: Option<String>,

    /// Alipay: the merchant's number (PID, `2088…`)
    #[arg(long, global = true, env = "GUITU_ALIPAY_SELLER_ID", value_name = "NUMBER")]
    pub alipay_seller_id: Option<String>,

    /// Alipay: file of the application's private key, or the key itself
    #[arg(long, global = true, env = "GUITU_ALIPAY_KEY", value_name = "FILE", hide_env_values = true)]
    pub alipay_key: Option<String>,

    /// Alipay: file of Alipay's public key (not the application's), or the key itself
    #[arg(long, global = true, env = "GUITU_ALIPAY_PUBLIC_KEY", value_name = "FILE", hide_env_values = true)]
    pub alipay_public_key: Option<String>,

    /// Alipay: where it is spoken with [default: `https://openapi.alipay.com/gateway.do`]
    #[arg(long, global = true, env = "GUITU_ALIPAY_URL", value_name = "URL")]
    pub alipay_url: Option<String>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For a person at a terminal.
    #[default]
    Text,
    /// One JSON object a line, for a log collector.
    Json,
}

impl Settings {
    /// The settings written in a TOML file; a name that means nothing is refused.
    pub fn from_file(path: PathBuf) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(&path).map_err(|source| ConfigError::FileUnreadable { path: path.clone(), source })?;
        // The line is named, not quoted: it may hold a password.
        toml::from_str(&text).map_err(|refused| ConfigError::FileInvalid {
            path,
            line: 1 + refused.span().and_then(|span| text.get(..span.start)).map_or(0, |before| before.matches('\n').count()),
            reason: refused.message().to_owned(),
        })
    }

    /// These settings, and for what they leave open the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            listen: self.listen.or(others.listen),
            public_url: self.public_url.or(others.public_url),
            trusted_proxies: self.trusted_proxies.or(others.trusted_proxies),
            database_url: self.database_url.or(others.database_url),
            data_dir: self.data_dir.or(others.data_dir),
            secret_key: self.secret_key.or(others.secret_key),
            log_format: self.log_format.or(others.log_format),
            log_filter: self.log_filter.or(others.log_filter),
            metrics_listen: self.metrics_listen.or(others.metrics_listen),
            otlp_endpoint: self.otlp_endpoint.or(others.otlp_endpoint),
            drain_seconds: self.drain_seconds.or(others.drain_seconds),
            demo: self.demo.or(others.demo),
            demo_public: self.demo_public.or(others.demo_public),
            workers: self.workers.or(others.workers),
            sandbox_listen: self.sandbox_listen.or(others.sandbox_listen),
            sandbox_database_url: self.sandbox_database_url.or(others.sandbox_database_url),
            wechat_mchid: self.wechat_mchid.or(others.wechat_mchid),
            wechat_appid: self.wechat_appid.or(others.wechat_appid),
            wechat_serial: self.wechat_serial.or(others.wechat_serial),
            wechat_key: self.wechat_key.or(others.wechat_key),
            wechat_api_v3_key: self.wechat_api_v3_key.or(others.wechat_api_v3_key),
            wechat_public_key_id: self.wechat_public_key_id.or(others.wechat_public_key_id),
            wechat_public_key: self.wechat_public_key.or(others.wechat_public_key),
            wechat_certificates: self.wechat_certificates.or(others.wechat_certificates),
            wechat_app_secret: self.wechat_app_secret.or(others.wechat_app_secret),
            wechat_open_url: self.wechat_open_url.or(others.wechat_open_url),
            wechat_api_url: self.wechat_api_url.or(others.wechat_api_url),
            wechat_url: self.wechat_url.or(others.wechat_url),
            alipay_app_id: self.alipay_app_id.or(others.alipay_app_id),
            alipay_seller_id: self.alipay_seller_id.or(others.alipay_seller_id),
            alipay_key: self.alipay_key.or(others.alipay_key),
            alipay_public_key: self.alipay_public_key.or(others.alipay_public_key),
            alipay_url: self.alipay_url.or(others.alipay_url),
        }
    }
}
