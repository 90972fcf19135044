//! From a view to the HTML document that a browser gets: head, policy, and the browser part only where a page has an island.

mod markers;

use std::sync::Arc;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos::tachys::view::Position;

use crate::http::assets;
use crate::pages::theme::{self, Theme};

/// A page before it is drawn.
pub struct Document {
    title: String,
    side: PageSide,
    status: StatusCode,
    posts_to: String,
    /// A file of ours that runs on this page alone.
    script: Option<&'static str>,
    /// The scheme of addresses that frames of the page may have.
    frames: Option<&'static str>,
    /// Seconds after which the browser asks again by itself, scripts or not.
    refresh: Option<u32>,
    waits: bool,
}

#[derive(Clone, Copy)]
enum PageSide {
    Buyer,
    Merchant,
}

impl Document {
    /// A page of the shop, for a phone first.
    pub fn buyer(title: impl Into<String>) -> Self {
        Self::of(PageSide::Buyer, title.into())
    }

    /// A page of the back office, for a desktop first.
    pub fn merchant(title: impl Into<String>) -> Self {
        Self::of(PageSide::Merchant, title.into())
    }

    fn of(side: PageSide, title: String) -> Self {
        Self { title, side, status: StatusCode::OK, posts_to: String::new(), script: None, frames: None, refresh: None, waits: false }
    }

    #[must_use]
    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The page shows something that goes on: the browser asks for it again after so many seconds.
    #[must_use]
    pub fn refreshing(self, seconds: Option<u32>) -> Self {
        Self { refresh: seconds, ..self }
    }

    /// Lets the forms of this one page end at another origin: the cashier's.
    #[must_use]
    pub fn posting_to(self, origin: &str) -> Self {
        Self { posts_to: format!("{} {origin}", self.posts_to), ..self }
    }

    /// Runs a file of ours once the page is read.
    #[must_use]
    pub fn with_script(self, name: &'static str) -> Self {
        Self { script: Some(name), ..self }
    }

    /// Lets the page have frames of this scheme: by `weixin:` older versions of WeChat speak with a page.
    #[must_use]
    pub fn framing(self, scheme: &'static str) -> Self {
        Self { frames: Some(scheme), ..self }
    }

    /// The page goes elsewhere by itself once its address does.
    #[must_use]
    pub fn waiting(self) -> Self {
        Self { waits: true, ..self }
    }

    /// Draws `view` into the whole document. Everything it shows has been loaded before.
    pub fn draw<V: IntoView>(self, view: impl FnOnce() -> V) -> Response {
        let body = rendered(view);
        let Some(nonce) = nonce() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let headers = [
            (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (CONTENT_SECURITY_POLICY, self.policy(&nonce)),
            // Asked for anew each time; what is for one person alone is not kept at all (`headers::kept_by_nobody`).
            (CACHE_CONTROL, "private, no-cache".to_owned()),
        ];
        (self.status, headers, self.html(&nonce, &body)).into_response()
    }

    fn policy(&self, nonce: &str) -> String {
        let frames = self.frames.map(|scheme| format!("frame-src {scheme}; ")).unwrap_or_default();
        format!(
            "default-src 'none'; {frames}script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
             connect-src 'self'; manifest-src 'self'; form-action 'self'{}; base-uri 'none'; frame-ancestors 'none'",
            self.posts_to
        )
    }

    fn html(&self, nonce: &str, body: &str) -> String {
        let (class, styles, suffix) = match self.side {
            PageSide::Buyer => ("buyer", assets::url("buyer.css"), "归途"),
            PageSide::Merchant => ("merchant", assets::url("merchant.css"), "归途商家"),
        };
        let (root, scheme) = match theme::chosen() {
            Theme::System => (String::new(), "light dark"),
            chosen @ (Theme::Light | Theme::Dark) => (format!(r#" data-theme="{}""#, chosen.code()), chosen.code()),
        };
        let title = html_escaped(&self.title);
        let icon = assets::url("favicon.svg");
        let islands = if body.contains("<leptos-island") { browser_part(nonce, body) } else { String::new() };
        let mut refresh = if self.status == StatusCode::OK { stale_page(nonce) } else { String::new() };
        if self.waits {
            refresh.push_str(&waiting_page(nonce));
        }
        let script = self.script.map(|name| format!(r#"<script nonce="{nonce}" src="{}" defer></script>"#, assets::url(name)));
        let script = script.unwrap_or_default();
        let again = self.refresh.map(|seconds| format!(r#"<meta http-equiv="refresh" content="{seconds}">"#)).unwrap_or_default();
        format!(
            r##"<!doctype html><html lang="zh-CN"{root}><head><meta charset="utf-8"><title>{title} · {suffix}</title><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><meta name="color-scheme" content="{scheme}"><meta name="theme-color" content="#0e7a5f" media="(prefers-color-scheme: light)"><meta name="theme-color" content="#10231c" media="(prefers-color-scheme: dark)"><meta name="format-detection" content="telephone=no"><link rel="icon" type="image/svg+xml" href="{icon}"><link rel="stylesheet" href="{styles}">{islands}{refresh}{script}{again}</head><body class="{class}">{body}</body></html>"##
        )
    }
}

/// Bytes that most pages have room in.
const MOST_PAGES: usize = 32 * 1024;

/// The view in HTML, islands marked as Leptos marks them.
fn rendered<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    // As `to_html` does, without walking the whole view before only to learn how long it will be.
    let mut html = String::with_capacity(MOST_PAGES);
    owner.with(|| view().into_view().to_html_with_buf(&mut html, &mut Position::FirstChild, true, false, Vec::new()));
    owner.unset_with_forced_cleanup();
    markers::within_islands_alone(&html)
}

/// The islands that ask the server: pages without one load less.
pub const ASKING: [&str; 3] = ["DialogLinks", "Follow", "InPlace"];

/// Loads the WASM and wakes every island of the page, as the script of Leptos 0.8.23 does; `tests` below pin what it walks over.
/// A page that is left while the browser still fetches needs no islands any more, and no complaint in its console.
fn browser_part(nonce: &str, body: &str) -> String {
    let whole = || Some((assets::find("guitu.js")?, assets::find("guitu_bg.wasm")?));
    let light = || Some((assets::find("guitu-light.js")?, assets::find("guitu-light_bg.wasm")?));
    let asks = ASKING.iter().any(|island| body.contains(&format!("data-component=\"{island}_")));
    let part = if asks { whole() } else { light().or_else(whole) };
    let Some((script, wasm)) = part else { return String::new() };
    let loader = include_str!("loader.js").replace("WASM", &format!("{wasm:?}"));
    format!(
        r#"<link rel="modulepreload" nonce="{nonce}" href="{script}"><link rel="preload" as="fetch" type="application/wasm" crossorigin href="{wasm}"><script type="module" nonce="{nonce}">import start, * as islands from "{script}";{loader}</script>"#
    )
}

/// A page that the back button restores may show what is no longer so: it says that and loads itself anew.
fn stale_page(nonce: &str) -> String {
    format!(
        r#"<script nonce="{nonce}">addEventListener("pageshow",e=>{{if(e.persisted){{document.body.insertAdjacentHTML("afterbegin",'<p class="notice notice--info" role="status">页面内容可能已变化，正在刷新…</p>');location.reload()}}}})</script>"#
    )
}

/// Asks again every few seconds while somebody looks, and follows once it is led elsewhere; without scripts the whole page is asked for anew.
fn waiting_page(nonce: &str) -> String {
    format!(
        r#"<script nonce="{nonce}">setInterval(()=>document.hidden||fetch(location.pathname,{{redirect:"manual"}}).then(a=>a.type==="opaqueredirect"&&location.replace(location.pathname)).catch(()=>0),4000)</script><noscript><meta http-equiv="refresh" content="10"></noscript>"#
    )
}

fn nonce() -> Option<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

fn html_escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
