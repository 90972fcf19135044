//! L2: which passwords are taken, and that those from before go on working.

use crate::support::{Browser, Form, LI, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::server::error::Error;
use guitu::server::people::{accounts, password};

on_both_engines!(
    what_is_guessed_first_is_no_password_for_a_new_account,
    the_command_line_refuses_the_same_in_its_own_words,
    passwords_from_before_the_rules_go_on_working,
);

async fn what_is_guessed_first_is_no_password_for_a_new_account(app: TestApp) {
    let buyers = app.count("select count(*) from buyers").await;
    let nobody = Browser::new(&app.url);
    let form = Form::to("/register").with("phone", "13712345678").with("name", "林远山");
    for (password, words) in [
        ("", "请填写密码"),
        ("a1b2c3", "至少 8 位"),
        ("12345678", "重复或连续"),
        ("password", "太常见"),
        ("        ", "空格"),
        ("13712345678", "手机号"),
        ("12345678lys", "手机号"),
        ("林远山2026年", "名字"),
        ("pine商店2026", "店名"),
        ("Guitu2026!", "店名"),
    ] {
        let refused = nobody.send(&form.clone().with("password", password)).await;
        refused.says(422, words);
        assert_eq!(refused.form("/register").get("phone"), "13712345678", "{password}");
        assert!(password.is_empty() || !refused.html.contains(&format!("value=\"{password}\"")) || password == "13712345678");
    }
    assert_eq!(app.count("select count(*) from buyers").await, buyers);
    let page = nobody.get("/register").await;
    assert!(page.html.contains("autocomplete=\"new-password\"") && page.html.contains("autocomplete=\"username\""));
    assert!(!page.html.contains("onpaste"));
    nobody.send(&form.with("password", "石板路 下雨 卖伞")).await.goes_to();
}

async fn the_command_line_refuses_the_same_in_its_own_words(app: TestApp) {
    for (password, words) in
        [("12345678", "sequences"), ("Password1", "most common"), ("pine-hand", "hardly more"), ("short", "at least 8")]
    {
        let refused = accounts::create_staff(&app.server, "pine", "pine-hand", "帮手", Role::Service, password).await.expect_err(password);
        let Error::Invalid(errors) = refused else { panic!("{refused:?}") };
        assert!(errors.of("password").is_some_and(|said| said.contains(words)), "{errors:?}");
    }
}

/// The rules are for new passwords; and one that was hashed as it was typed is still known by it.
async fn passwords_from_before_the_rules_go_on_working(app: TestApp) {
    for (phone, old) in [(WANG, "12345678"), (LI, "ｐａｓｓ　ｗｏｒｄ")] {
        let hash = password::hash(old.to_owned()).await.unwrap();
        let set = "update buyers set password_hash = $1 where phone = $2";
        sqlx::query(set).bind(hash).bind(phone).execute(app.server.db.single()).await.unwrap();
        let log_in = Form::to("/login").with("phone", phone).with("password", old);
        assert_eq!(Browser::new(&app.url).send(&log_in).await.goes_to(), "/me");
    }
}
