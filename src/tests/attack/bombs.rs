//! Requests that are whole, and far too large: fields, parts, headers, cookies, queries, callbacks, pictures; and passwords, one after the other.

use super::tally::Tally;
use super::target::Target;
use crate::support::{LI, PASSWORD};
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage, RgbaImage};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder};
use std::io::Cursor;
use std::sync::Arc;
use tokio::task::JoinHandle;

const MIB: usize = 1024 * 1024;

pub fn throw(target: &Target, tally: &Arc<Tally>) -> Vec<JoinHandle<()>> {
    let mut thrown = Vec::new();
    let kinds: [fn(&Target, &Client, usize) -> RequestBuilder; 7] = [fields, parts, headers, cookies, queries, callbacks, endless_part];
    for (index, kind) in kinds.into_iter().enumerate() {
        for twice in 0..2 {
            let (target, tally) = (target.clone(), tally.clone());
            thrown.push(tokio::spawn(async move {
                let http = target.client(&format!("127.0.1.{}", 10 * index + twice + 1)).build().unwrap();
                for round in 0.. {
                    if !tally.goes_on() {
                        break;
                    }
                    tally.answer(kind(&target, &http, round).header("origin", target.origin()).send().await);
                }
            }));
        }
    }
    let bombs = Arc::new(pictures());
    for index in 0..4 {
        thrown.push(tokio::spawn(sends_pictures(target.clone(), tally.clone(), bombs.clone(), format!("127.0.2.{}", index + 1))));
    }
    for index in 0..8 {
        thrown.push(tokio::spawn(guesses(target.clone(), tally.clone(), format!("127.0.3.{}", index + 1))));
    }
    thrown
}

const PAGES: [&str; 5] = ["/orders/G1/after-sale", "/login", "/merchant/batches", "/theme", "/register"];

fn fields(target: &Target, http: &Client, round: usize) -> RequestBuilder {
    let post = http.post(target.url(PAGES[round % PAGES.len()])).header("content-type", "application/x-www-form-urlencoded");
    post.body(b"a=&".repeat(12 * MIB / 3))
}

fn parts(target: &Target, http: &Client, round: usize) -> RequestBuilder {
    let parts = (0..5_000).fold(Form::new(), |form, _| form.text("a", ""));
    http.post(target.url(PAGES[round % PAGES.len()])).multipart(parts)
}

/// A part whose headers never end.
fn endless_part(target: &Target, http: &Client, round: usize) -> RequestBuilder {
    let post = http.post(target.url(PAGES[round % PAGES.len()])).header("content-type", "multipart/form-data; boundary=b");
    post.body([b"--b\r\nx: ".to_vec(), vec![b'a'; 40 * MIB]].concat())
}

fn headers(target: &Target, http: &Client, round: usize) -> RequestBuilder {
    let long = http.get(target.url("/")).header("x-long", "x".repeat(if round.is_multiple_of(2) { 30_000 } else { MIB }));
    (0..round % 90).fold(long, |request, index| request.header(format!("x-{index}"), "x"))
}

fn cookies(target: &Target, http: &Client, _: usize) -> RequestBuilder {
    http.get(target.url("/orders")).header("cookie", format!("guitu={}; {}", "x".repeat(5_000), "theme=dark; ".repeat(1_900)))
}

fn queries(target: &Target, http: &Client, round: usize) -> RequestBuilder {
    let page = ["/", "/login", "/products/1", "/merchant/orders"][round % 4];
    http.get(target.url(&format!("{page}?next=%2F{}&{}", "%E4%BD%A0".repeat(800), "q=%25&".repeat(90))))
}

fn callbacks(target: &Target, http: &Client, round: usize) -> RequestBuilder {
    let provider = ["wechat", "alipay"][round % 2];
    let body = match round % 3 {
        0 => vec![b'['; 64 * 1024],
        1 => b"{\"a\":".repeat(12_000),
        _ => vec![b'['; 8 * MIB],
    };
    http.post(target.url(&format!("/gateway/{provider}/notices"))).header("content-type", "application/json").body(body)
}

/// Small files that take much memory, and large ones that take time.
fn pictures() -> Vec<Vec<u8>> {
    let encoded = |picture: DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    vec![
        encoded(GrayImage::new(8_000, 8_000).into(), ImageFormat::Png),
        encoded(RgbaImage::new(5_000, 5_000).into(), ImageFormat::Png),
        // The largest that are taken.
        encoded(RgbImage::new(5_000, 5_000).into(), ImageFormat::Png),
        encoded(RgbImage::new(5_000, 5_000).into(), ImageFormat::Jpeg),
        encoded(DynamicImage::new_rgba16(2_500, 2_500), ImageFormat::Png),
        encoded(RgbImage::new(720, 19_000).into(), ImageFormat::Png),
        encoded(GrayImage::new(265, 53_000).into(), ImageFormat::Png),
        vec![0xFF; 5 * MIB],
    ]
}

/// Somebody who has an account, and sends nine pictures with every form.
async fn sends_pictures(target: Target, tally: Arc<Tally>, bombs: Arc<Vec<Vec<u8>>>, from: String) {
    let http = target.client(&from).cookie_store(true).build().unwrap();
    let log_in = http.post(target.url("/login")).header("origin", target.origin()).form(&[("phone", LI), ("password", PASSWORD)]);
    tally.answer(log_in.send().await);
    for round in 0.. {
        if !tally.goes_on() {
            break;
        }
        // The form is refused for what is missing in it; its pictures are kept for the next try.
        let picture = |form: Form, _| form.part("evidence", Part::bytes(bombs[round % bombs.len()].clone()).file_name("a.jpg"));
        let form = (0..9).fold(Form::new().text("kind", "refund_only"), picture);
        let page = format!("/orders/{}/after-sale", target.order);
        tally.answer(http.post(target.url(&page)).header("origin", target.origin()).multipart(form).send().await);
    }
}

/// Wrong passwords for accounts that there are, and for many that there are not.
async fn guesses(target: Target, tally: Arc<Tally>, from: String) {
    let http = target.client(&from).build().unwrap();
    for round in 0_u32.. {
        if !tally.goes_on() {
            break;
        }
        let phone = format!("139{:08}", round % 5_000);
        let guess = http.post(target.url("/login")).header("origin", target.origin());
        tally.answer(guess.form(&[("phone", phone.as_str()), ("password", "wrong password")]).send().await);
    }
}
