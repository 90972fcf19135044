use crate::support::{LI, TestApp, WANG, on_both_engines, photo};
use guitu::domain::Role;

on_both_engines!(files_that_are_no_small_pictures_are_refused_beside_their_field, a_picture_is_made_anew_and_shown_to_its_two_sides_alone,);

async fn files_that_are_no_small_pictures_are_refused_beside_their_field(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let mut form = wang.application(&order, "refund_only", "quality", &[1]).await.with("note", "杯口有裂纹");
    form.files.clear();
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.to_vec();
    let cut_short = photo()[..photo().len() / 2].to_vec();
    let mut large = photo();
    large.resize(5 * 1024 * 1024 + 1, 0);
    for (file, words) in [
        (b"GIF89a not a picture".to_vec(), "只能上传"),
        (svg, "只能上传"),
        (cut_short, "只能上传"),
        (large, "不能超过 5 MB"),
        (wide_png(), "最多 2500 万像素"),
    ] {
        let page = wang.send(&form.clone().with_file("evidence", photo()).with_file("evidence", file)).await;
        page.says(422, words).says(422, "请重新选择");
        assert_eq!(page.form(&format!("/orders/{order}/after-sale")).get("note"), "杯口有裂纹");
    }
    let ten = (0..10).fold(form.clone(), |form, _| form.with_file("evidence", photo()));
    wang.send(&ten).await.says(422, "最多上传 9 张图片");
    assert_eq!((app.count("select count(*) from after_sales").await, app.count("select count(*) from pictures").await), (0, 0));
    let nine = (0..9).fold(form, |form, _| form.with_file("evidence", photo()));
    wang.send(&nine).await.goes_to();
    assert_eq!(app.count("select count(*) from pictures").await, 9);
}

async fn a_picture_is_made_anew_and_shown_to_its_two_sides_alone(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let mut form = wang.application(&order, "refund_only", "quality", &[1]).await;
    form.files = vec![("evidence".to_owned(), with_a_place_in_it())];
    let location = wang.send(&form).await.goes_to().to_owned();
    let key = app.case(location.trim_start_matches("/after-sales/").trim_end_matches("?done=applied")).await.case.evidence[0].clone();
    let path = format!("/pictures/{key}");

    let seen = wang.get(&path).await;
    assert!(seen.status == 200 && !seen.html.contains("30.2741N"));
    let small = format!("{path}/small");
    let in_lists = wang.get(&small).await;
    assert!(in_lists.status == 200 && !in_lists.html.contains("30.2741N") && in_lists.html.len() < seen.html.len());
    assert!(wang.get(&location).await.html.contains(&small));
    assert_eq!(app.buyer(LI).await.get(&small).await.status, 404);
    assert_eq!(app.staff(Role::Warehouse).await.get(&path).await.status, 200);
    assert_eq!(app.staff_of(app.town.other_shop, Role::Owner).await.get(&path).await.status, 404);
    assert_eq!(app.buyer(LI).await.get(&path).await.status, 404);
    for other in ["..%2F..%2Fguitu.db", "x", &key[1..]] {
        assert_eq!(wang.get(&format!("/pictures/{other}")).await.status, 404, "{other}");
    }
}

/// Small to send, and wider than any camera's picture.
fn wide_png() -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(9_000, 9_000).write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

/// A photograph that says where it was taken.
fn with_a_place_in_it() -> Vec<u8> {
    let place = b"Exif\0\0MM\0* 30.2741N 120.1551E";
    let mut photo = std::io::Cursor::new(Vec::new());
    let cup = |x: u32, y: u32| image::Rgb([u8::try_from(x % 251).unwrap(), u8::try_from(y % 241).unwrap(), 90]);
    image::RgbImage::from_fn(800, 600, cup).write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
    let photo = photo.into_inner();
    let mut told = photo[..2].to_vec();
    told.extend([0xFF, 0xE1, 0, u8::try_from(place.len() + 2).unwrap()]);
    told.extend(place);
    told.extend(&photo[2..]);
    told
}
