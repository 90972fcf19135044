use crate::support::{Form, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(a_second_review_is_told_what_stands_and_keeps_its_words, a_second_answer_of_the_shop_is_told_what_stands);

async fn a_second_review_is_told_what_stands_and_keeps_its_words(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let (page, line) = (format!("/orders/{order}/review"), app.lines(&order).await[0]);
    let [rating, words] = ["rating", "words"].map(|name| format!("{name}_{line}"));
    let form = wang.form(&page, &page).await.with(&rating, 5).with(&words, "茶香很足");
    wang.send(&form).await.goes_to();
    // The very same form has nothing to add.
    wang.send(&form).await.goes_to();
    let other = form.with(&rating, 1).with(&words, "其实第二泡就淡了");
    let told = wang.send(&other).await;
    told.says(409, "您已评价过").says(409, "茶香很足").says(409, "其实第二泡就淡了");
    wang.send(&Form::to(&page)).await.says(409, "您已评价过");
    assert_eq!(app.number("select count(*) from reviews where words = $1", "茶香很足").await, 1);
    assert_eq!(app.count("select count(*) from reviews").await, 1);
}

async fn a_second_answer_of_the_shop_is_told_what_stands(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    wang.reviews(&order, 2, "有点淡").await.goes_to();
    let id = app.count("select id from reviews").await;
    let answers = |what: &str, field: &str, words: &str| Form::to(&format!("/merchant/reviews/{id}/{what}")).with(field, words);
    for (what, field) in [("reply", "reply"), ("hide", "reason")] {
        owner.send(&answers(what, field, "多放一点茶叶")).await.goes_to();
        owner.send(&answers(what, field, "多放一点茶叶")).await.goes_to();
        owner.send(&answers(what, field, "换了新茶")).await.says(409, "多放一点茶叶");
    }
}
