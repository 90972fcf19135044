//! Pictures as phones, screens and strangers send them: upright, on white, legible, or refused with their size; and no more than a person may send.

use crate::support::{Buyer, Form, LI, Page, TestApp, WANG, number_in, on_both_engines, photo, warm_up};
use guitu::domain::Role;
use guitu::domain::time::{DAY, HOUR};
use guitu::server::jobs;
use guitu::server::limits::{PICTURES_PER_DAY, PICTURES_PER_HOUR};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

on_both_engines!(
    a_picture_is_kept_upright_on_white_and_legible,
    a_picture_that_is_too_large_is_told_its_size,
    what_only_looks_like_a_picture_is_refused_or_harmless,
    a_person_sends_so_many_pictures_and_no_more,
    a_picture_that_nothing_refers_to_is_gone_after_a_day_and_every_other_stays,
);

async fn form_of(app: &TestApp, buyer: &Buyer) -> Form {
    let order = app.completed(buyer, &[(app.town.goods.tea, 1)], "balance").await;
    let mut form = buyer.application(&order, "refund_only", "quality", &[1]).await;
    form.files.clear();
    form
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose EXIF says how it is to be turned.
fn turned(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let exif = [&b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[orientation], &[0, 0, 0, 0, 0, 0]].concat();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 95).encode_image(picture).unwrap();
    let length = u8::try_from(exif.len() + 2).unwrap();
    [&jpeg[..2], &[0xFF, 0xE1, 0, length], &exif, &jpeg[2..]].concat()
}

/// What is shown of a picture that was sent along.
async fn kept(app: &TestApp, buyer: &Buyer, file: Vec<u8>) -> RgbImage {
    let form = form_of(app, buyer).await.with_file("evidence", file);
    let case = number_in(buyer.send(&form).await.goes_to());
    let key = app.case(&case).await.case.evidence[0].clone();
    let file = app.folder.join("evidence").join(format!("{key}.jpg"));
    image::load_from_memory(&std::fs::read(file).unwrap()).unwrap().into_rgb8()
}

async fn a_picture_is_kept_upright_on_white_and_legible(app: TestApp) {
    let wang = app.buyer(WANG).await;
    // Red on the left, blue on the right; to be turned by a quarter to the right, red lies on top.
    let lying = RgbImage::from_fn(60, 40, |x, _| if x < 30 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) });
    let upright = kept(&app, &wang, turned(&lying, 6)).await;
    assert_eq!(upright.dimensions(), (40, 60));
    assert!(upright.get_pixel(20, 5).0[0] > 200 && upright.get_pixel(20, 55).0[2] > 200);
    let transparent = RgbaImage::from_fn(40, 40, |x, _| if x < 20 { Rgba([0, 0, 0, 0]) } else { Rgba([0, 0, 0, 255]) });
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let white = kept(&app, &wang, encoded(transparent.clone(), format)).await;
        assert!(white.get_pixel(5, 20).0[0] > 245 && white.get_pixel(35, 20).0[0] < 10, "{format:?}");
    }
    for ((width, height), expected) in [((1_080, 9_600), (720, 6_400)), ((2_000, 1_500), (1_600, 1_200))] {
        let chat = RgbImage::from_raw(width, height, vec![200; 3 * width as usize * height as usize]).unwrap();
        assert_eq!(kept(&app, &wang, encoded(chat, ImageFormat::Jpeg)).await.dimensions(), expected);
    }
}

async fn a_picture_that_is_too_large_is_told_its_size(app: TestApp) {
    let wide = encoded(image::GrayImage::new(5_001, 5_000), ImageFormat::Png);
    let deep = encoded(DynamicImage::new_rgba16(4_000, 4_000), ImageFormat::Png);
    let wang = app.buyer(WANG).await;
    let form = form_of(&app, &wang).await;
    let mut large = photo();
    large.resize(7_500_000, 0);
    wang.send(&form.clone().with_file("evidence", large)).await.says(422, "图片有 7.2 MB，不能超过 5 MB");
    wang.send(&form.clone().with_file("evidence", wide)).await.says(422, "5001×5000 像素，最多 2500 万像素");
    wang.send(&form.with_file("evidence", deep)).await.says(422, "4000×4000 像素，这种格式的图片太大");
    assert_eq!(app.count("select count(*) from pictures").await, 0);
}

async fn what_only_looks_like_a_picture_is_refused_or_harmless(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = form_of(&app, &wang).await;
    let png = encoded(RgbImage::new(30, 30), ImageFormat::Png);
    let webp = encoded(RgbImage::new(30, 30), ImageFormat::WebP);
    let claims = |mut png: Vec<u8>, width: u32| {
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png
    };
    let files = [
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec(),
        b"<!doctype html><script>alert(1)</script>".to_vec(),
        b"GIF89a\x10\0\x10\0".to_vec(),
        b"%PDF-1.7".to_vec(),
        b"\xFF\xD8\xFF".to_vec(),
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png[..png.len() / 2].to_vec(),
        webp[..webp.len() / 2].to_vec(),
        claims(png.clone(), 0),
        claims(png, u32::MAX),
        [b"RIFF\x10\0\0\0WEBPVP8X".to_vec(), vec![0xFF; 40]].concat(),
    ];
    for (index, file) in files.into_iter().enumerate() {
        let page = wang.send(&form.clone().with_file("evidence", file)).await;
        assert!(page.status == 422 && page.words().contains("请重新选择"), "{index}: {page}");
    }
    assert_eq!(app.count("select count(*) from pictures").await, 0);
    // Markup and profiles that stand behind or inside a picture do not reach its copy.
    let polyglot = [photo(), b"<script>alert(1)</script>".to_vec()].concat();
    let profile = [&photo()[..2], &[0xFF, 0xE2, 0xFF, 0xFF], &b"x".repeat(0xFFFD), &photo()[2..]].concat();
    for file in [polyglot, profile] {
        let form = form_of(&app, &wang).await.with_file("evidence", file);
        wang.send(&form).await.goes_to();
    }
    for file in std::fs::read_dir(app.folder.join("evidence")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(bytes.len() < 10_000 && !bytes.windows(7).any(|part| part == b"<script" || part == b"xxxxxxx"));
    }
}

/// Sends pictures along with a form that is refused for something else.
async fn sends(buyer: &Buyer, form: &Form, pictures: usize) -> Page {
    let refused = form.clone().with("amount", "never");
    buyer.send(&(0..pictures).fold(refused, |form, _| form.with_file("evidence", photo()))).await
}

async fn a_person_sends_so_many_pictures_and_no_more(app: TestApp) {
    let (wang, li) = (app.buyer(WANG).await, app.buyer(LI).await);
    let form = form_of(&app, &wang).await;
    let in_hour = usize::try_from(PICTURES_PER_HOUR).unwrap();
    for _ in 0..in_hour / 5 {
        assert!(!sends(&wang, &form, 5).await.words().contains("最多上传"));
    }
    sends(&wang, &form, 1).await.says(422, "一小时内最多上传 60 张图片");
    let count = || app.count("select count(*) from pictures where staff_id is null");
    assert_eq!(count().await, PICTURES_PER_HOUR);
    assert!(!sends(&li, &form_of(&app, &li).await, 1).await.words().contains("最多上传"), "somebody else may");
    app.clock.advance(HOUR + 1);
    // What the shop's people send about somebody's order is not counted for that buyer, but for them.
    let case = wang.applies(&app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await, "return_refund", "quality", &[1]).await;
    let rejection = app.staff(Role::Owner).await.decision(&case, "reject").await.with("reject_reason", "照片看不清楚");
    assert_eq!(app.staff(Role::Owner).await.send(&rejection).await.status, 303);
    assert_eq!(app.count("select count(*) from pictures where staff_id is not null").await, 1);
    // At once, and exact: of forms that are sent together only as many are taken as there is room for.
    app.clock.advance(HOUR + 1);
    warm_up(&app.server).await;
    let forms: Vec<_> = (0..16).map(|_| sends(&wang, &form, 9)).collect();
    let answers = futures_util::future::join_all(forms).await;
    assert_eq!(answers.iter().filter(|page| !page.words().contains("最多上传 60")).count(), in_hour / 9);
    while count().await < PICTURES_PER_DAY {
        app.clock.advance(HOUR + 1);
        for _ in 0..in_hour / 9 {
            sends(&wang, &form, 9).await;
        }
        if sends(&wang, &form, 9).await.words().contains("一天内最多上传") {
            break;
        }
    }
    sends(&wang, &form, 9).await.says(422, "一天内最多上传 200 张图片");
}

async fn a_picture_that_nothing_refers_to_is_gone_after_a_day_and_every_other_stays(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let files = || std::fs::read_dir(app.folder.join("evidence")).map_or(0, Iterator::count);
    let refused = sends(&wang, &form_of(&app, &wang).await, 3).await;
    refused.says(422, "请检查以下内容");
    let held = refused.form(&refused.url);
    assert_eq!(held.fields.iter().filter(|(name, _)| name == "kept_evidence").count(), 3);

    // Every place that refers to one: an application, a rejection, the way back, a review, and a history.
    let order = app.completed(&wang, &[(app.town.goods.tea, 2)], "balance").await;
    let owner = app.staff(Role::Owner).await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    let rejection = owner.decision(&case, "reject").await.with("reject_reason", "照片看不清楚").with_file("reject_evidence", photo());
    owner.send(&rejection).await.goes_to();
    let revision = wang.form(&format!("/after-sales/{case}/revise"), &format!("/after-sales/{case}/revise")).await;
    wang.send(&revision.with_file("evidence", photo())).await.goes_to();
    owner.decides(&case, "approve_return").await.goes_to();
    let back = wang.form(&format!("/after-sales/{case}/return"), &format!("/after-sales/{case}/return")).await;
    let back = back.with("carrier", "zto").with("tracking", "75000000000001").with_file("evidence", photo());
    wang.send(&back).await.goes_to();
    let review = wang.form(&format!("/orders/{order}/review"), &format!("/orders/{order}/review")).await;
    let line = app.lines(&order).await[0];
    wang.send(
        &review.with(&format!("rating_{line}"), 5).with(&format!("words_{line}"), "很好").with_file(&format!("pictures_{line}"), photo()),
    )
    .await
    .goes_to();
    let used = app.count("select count(*) from pictures").await - 3;
    assert!(used >= 4, "{used}");

    app.clock.advance(23 * HOUR - 1_000);
    jobs::sweep(&app.server).await;
    assert_eq!(app.count("select count(*) from pictures").await, used + 3, "a form may still be sent again");
    app.clock.advance(2_000);
    let late = wang.send(&held.clone().with("amount", "never")).await;
    assert!(!late.html.contains("kept_evidence"), "what is about to go cannot be used any more");
    // One that cannot be removed does not hold up the others, and goes once it can.
    let key = &held.fields.iter().find(|(name, _)| name == "kept_evidence").unwrap().1;
    let small = app.folder.join("evidence").join(format!("{key}-small.jpg"));
    std::fs::remove_file(&small).unwrap();
    std::fs::create_dir(&small).unwrap();
    app.clock.advance(HOUR);
    jobs::sweep(&app.server).await;
    assert_eq!(app.count("select count(*) from pictures").await, used + 1);
    std::fs::remove_dir(&small).unwrap();
    app.clock.advance(HOUR);
    jobs::sweep(&app.server).await;
    assert_eq!(app.count("select count(*) from pictures").await, used);
    assert_eq!(i64::try_from(files()).unwrap(), 2 * used, "each with its small one");
    app.clock.advance(3 * DAY);
    jobs::sweep(&app.server).await;
    assert_eq!(app.count("select count(*) from pictures where settled_at is not null").await, used);
}
