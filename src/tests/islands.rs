//! The agreement between pages, loader and browser part, as Leptos 0.8.23 writes it. A new Leptos that writes it otherwise fails here.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use guitu::http::assets;
use guitu::islands::asking::{DialogLinks, Follow, InPlace};
use guitu::islands::{CopyButton, Countdown, Dialog, Parcels, PicturePicker, SubmitOnce};
use guitu::pages::document::{ASKING, Document};
use guitu::ui::{Field, TextArea};
use leptos::prelude::*;
use std::collections::BTreeSet;
use tower::ServiceExt;

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn asset(url: &str) -> Response {
    assets::routes::<()>().oneshot(Request::get(url).body(Body::empty()).unwrap()).await.unwrap()
}

fn page_with_every_island() -> Response {
    Document::merchant("确认发货 <1>").draw(|| {
        view! {
            <Dialog id="ship" label="确认发货" class="button" title="确认发货" href="/?dialog=ship" back="/" open=false>
                <SubmitOnce><form method="post"><Parcels count=1 max=9><p>"包裹"</p></Parcels></form></SubmitOnce>
            </Dialog>
            <Countdown due=3_720_000 now=0 finished="时间到" overdue="已到时间"/>
            <CopyButton text="G1"/>
            <Follow parts="#sum"><input name="goods"/></Follow>
            <InPlace><form method="post"></form></InPlace>
            <DialogLinks/>
            <PicturePicker max=9 max_bytes=5_242_880><input type="file"/></PicturePicker>
        }
    })
}

/// The text between `open` and the next `"`, at each occurrence.
fn quoted<'a>(html: &'a str, open: &str) -> Vec<&'a str> {
    html.split(open).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn an_island_is_marked_with_its_name_and_its_props_and_around_its_children() {
    let html = text(page_with_every_island()).await;
    assert!(html.contains("<title>确认发货 &lt;1&gt; · 归途商家</title>"));
    let names = quoted(&html, r#"<leptos-island data-component=""#);
    let expected = ["Dialog", "SubmitOnce", "Parcels", "Countdown", "CopyButton", "Follow", "InPlace", "DialogLinks", "PicturePicker"];
    assert_eq!(names.len(), expected.len());
    for (name, expected) in names.iter().zip(expected) {
        let hash = name.strip_prefix(expected).and_then(|rest| rest.strip_prefix('_')).unwrap_or_default();
        assert!(hash.parse::<u64>().is_ok(), "{name} is not {expected}_<hash>");
    }
    assert!(html.contains(r#" data-props="{&quot;due&quot;:3720000,&quot;now&quot;:0,&quot;finished&quot;:&quot;时间到&quot;,&quot;overdue&quot;:&quot;已到时间&quot;}">"#));
    assert_eq!(html.matches("<leptos-children>").count(), 6, "Dialog, SubmitOnce, Parcels, Follow, InPlace, PicturePicker");
}

#[tokio::test]
async fn the_first_drawing_stands_without_scripts() {
    let html = text(page_with_every_island()).await;
    assert!(html.contains(r#"href="/?dialog=ship" role="button" aria-haspopup="dialog""#));
    assert!(html.contains(r#"aria-live="off" class="countdown countdown--near">还剩 1 小时 2 分钟"#));
    assert!(html.contains(r#"hidden class="button button--copy">复制"#));
    let open = Document::merchant("订单").draw(|| {
        view! { <Dialog id="ship" label="" class="" title="确认发货" href="/?dialog=ship" back="/" open=true>"表单"</Dialog> }
    });
    let open = text(open).await;
    assert!(open.contains(r#"<dialog id="ship" open aria-labelledby="ship-title" class="dialog">"#) && !open.contains("<a "), "{open}");
}

#[tokio::test]
async fn only_a_page_with_an_island_carries_the_browser_part() {
    let plain = text(Document::buyer("首页").draw(|| view! { <main>"归途"</main> })).await;
    assert!(!plain.contains("type=\"module\"") && !plain.contains(".wasm"));
    let Some(script) = assets::find("guitu.js") else { return };
    let html = text(page_with_every_island()).await;
    assert!(html.contains(&format!(r#"import start, * as islands from "{script}";"#)));
    // The light part lacks the islands that ask the server, and nothing else.
    let exports_of = |script: String| {
        script.split("export function ").skip(1).filter_map(|rest| Some(rest.split_once('(')?.0.to_owned())).collect::<BTreeSet<_>>()
    };
    if let Some(light) = assets::find("guitu-light.js") {
        let (all, light) = (exports_of(text(asset(script).await).await), exports_of(text(asset(light).await).await));
        let lacking: Vec<&str> = all.difference(&light).filter_map(|name| Some(name.rsplit_once('_')?.0)).collect();
        assert_eq!(lacking, ASKING);
        assert!(light.is_subset(&all));
    }
    // The names in the page carry a hash of each island's source: a browser part built from other sources has others.
    let exports = text(asset(script).await).await;
    for name in quoted(&html, r#"<leptos-island data-component=""#) {
        assert!(exports.contains(&format!("export function {name}(el)")), "{name} is missing: the browser part is older than this server");
    }
}

#[tokio::test]
async fn a_page_allows_its_own_scripts_and_nothing_else() {
    let response =
        Document::buyer("收银台").posting_to("http://127.0.0.1:3001").status(StatusCode::CONFLICT).draw(|| view! { <p>"付款"</p> });
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-") && !policy.contains("unsafe-inline"));
    assert!(policy.contains("; form-action 'self' http://127.0.0.1:3001; base-uri 'none'; frame-ancestors 'none'"));
    assert_eq!(response.headers()["cache-control"], "private, no-cache");
    assert!(!text(response).await.contains("<script"), "a page that holds what was typed must not load itself anew");
}

#[tokio::test]
async fn assets_are_named_by_their_content_and_kept_for_good() {
    let url = assets::url("buyer.css");
    assert!(url.starts_with("/assets/buyer-") && url.rsplit('.').next() == Some("css"));
    let pressed = Request::get(url).header("accept-encoding", "gzip, br;q=0.9").body(Body::empty()).unwrap();
    let pressed = assets::routes::<()>().oneshot(pressed).await.unwrap();
    assert_eq!(pressed.headers()["content-encoding"], "br");
    assert_eq!(pressed.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(pressed.headers()["x-content-type-options"], "nosniff");
    for (accepted, coding) in [("gzip, deflate", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("gzip, deflate, br, zstd", "br")] {
        let asked = Request::get(url).header("accept-encoding", accepted).body(Body::empty()).unwrap();
        assert_eq!(assets::routes::<()>().oneshot(asked).await.unwrap().headers()["content-encoding"], coding, "{accepted}");
    }
    let whole = asset(url).await;
    assert!(!whole.headers().contains_key("content-encoding"));
    let style = text(whole).await;
    assert!(!style.contains("@import") && !style.contains("/*"));
    assert!(to_bytes(pressed.into_body(), usize::MAX).await.unwrap().len() * 2 < style.len());
    assert_eq!(asset("/assets/buyer-0.css").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(asset("/assets/missing").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_icon_that_has_not_changed_is_not_sent_again() {
    let first = asset("/favicon.ico").await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    assert!(first.status() == StatusCode::OK && !text(first).await.is_empty());
    let again = |known: &str| {
        let asked = Request::get("/favicon.ico").header("if-none-match", known).body(Body::empty()).unwrap();
        assets::routes::<()>().oneshot(asked)
    };
    for known in [tag.clone(), format!("\"older\", W/{tag}")] {
        let answer = again(&known).await.unwrap();
        assert_eq!((answer.status(), answer.headers()["etag"].to_str().unwrap()), (StatusCode::NOT_MODIFIED, tag.as_str()));
        assert!(text(answer).await.is_empty());
    }
    assert_eq!(again("\"older\"").await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn words_that_look_like_markers_are_shown_as_they_were_typed() {
    let typed = "<!> <leptos-island>";
    let html = text(
        Document::buyer(typed)
            .draw(|| view! { <p>{typed}</p><Field label="" name="note" value=typed/><TextArea label="" name="words" value=typed/> }),
    )
    .await;
    assert!(!html.contains("<!>") && !html.contains("<leptos-island"), "{html}");
    assert_eq!(html.matches("&lt;!").count(), 4, "{html}");
}
