//! One's own account: another password, the list of log-ins, and the end of all others, for buyers and staff alike.

use crate::support::{Browser, Form, PASSWORD, Page, TestApp, WANG, on_both_engines};

on_both_engines!(
    a_buyer_changes_the_password_and_stays_alone,
    staff_change_the_password_and_stay_alone,
    other_devices_are_listed_and_ended,
    the_current_password_is_asked_and_its_tries_are_counted,
    a_new_password_is_held_to_the_rules,
    a_password_that_waited_for_the_log_in_is_typed_anew,
);

const NEW: &str = "石板路 下雨 卖伞";

/// One side of the counter: its pages, and a log-in of it.
struct Side {
    account: &'static str,
    home: &'static str,
    log_in: Form,
}

fn buyers() -> Side {
    Side { account: "/me/security", home: "/me", log_in: Form::to("/login").with("phone", WANG) }
}

fn staffs() -> Side {
    Side { account: "/merchant/account", home: "/merchant", log_in: Form::to("/merchant/login").with("login", "service-pine") }
}

impl Side {
    async fn inside(&self, app: &TestApp) -> Browser {
        let browser = Browser::new(&app.url);
        browser.send(&self.log_in.clone().with("password", PASSWORD)).await.goes_to();
        browser
    }

    async fn is_in(&self, browser: &Browser) -> bool {
        browser.get(self.home).await.status == 200
    }

    async fn changes(&self, browser: &Browser, current: &str, new: &str) -> Page {
        let typed = [("current_password", current), ("new_password", new)];
        browser.submit(self.account, &format!("{}/password", self.account), &typed).await
    }

    async fn changes_and_stays_alone(&self, app: &TestApp) {
        let (this, other) = (self.inside(app).await, self.inside(app).await);
        let before = this.cookies();
        assert_eq!(self.changes(&this, PASSWORD, NEW).await.goes_to(), format!("{}?done=password", self.account));
        this.get(&format!("{}?done=password", self.account)).await.says(200, "密码已修改").says(200, "没有其他设备");
        assert!(self.is_in(&this).await && !self.is_in(&other).await);
        assert_ne!(before, this.cookies(), "whoever has copied the session has nothing any more");
        assert!(!self.is_in(&Browser::with_cookies(&app.url, &before)).await);
        let log_in = |password: &str| self.log_in.clone().with("password", password);
        Browser::new(&app.url).send(&log_in(PASSWORD)).await.says(422, "不正确");
        Browser::new(&app.url).send(&log_in(NEW)).await.goes_to();
    }
}

async fn a_buyer_changes_the_password_and_stays_alone(app: TestApp) {
    buyers().changes_and_stays_alone(&app).await;
}

async fn staff_change_the_password_and_stay_alone(app: TestApp) {
    staffs().changes_and_stays_alone(&app).await;
}

async fn other_devices_are_listed_and_ended(app: TestApp) {
    for side in [buyers(), staffs()] {
        let this = side.inside(&app).await;
        this.get(side.account).await.says(200, "Chrome · 安卓").says(200, "当前设备").says(200, "没有其他设备");
        let other = Browser::named(&app.url, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/145.0");
        other.send(&side.log_in.clone().with("password", PASSWORD)).await.goes_to();
        this.get(side.account).await.says(200, "Firefox · Windows");
        let others = format!("{}/others", side.account);
        this.submit(side.account, &others, &[("current_password", "wrong-password")]).await.says(422, "当前密码不正确");
        assert!(side.is_in(&other).await);
        this.submit(side.account, &others, &[("current_password", PASSWORD)]).await.goes_to();
        assert!(side.is_in(&this).await && !side.is_in(&other).await);
        this.get(side.account).await.says(200, "没有其他设备");
    }
}

async fn the_current_password_is_asked_and_its_tries_are_counted(app: TestApp) {
    for side in [buyers(), staffs()] {
        let this = side.inside(&app).await;
        side.changes(&this, "", NEW).await.says(422, "请填写当前密码");
        for _ in 0..10 {
            side.changes(&this, "wrong-password", NEW).await.says(422, "当前密码不正确");
        }
        side.changes(&this, PASSWORD, NEW).await.says(422, "密码错误次数过多");
        assert!(side.is_in(&this).await);
    }
}

async fn a_new_password_is_held_to_the_rules(app: TestApp) {
    for (side, personal) in [(buyers(), WANG), (staffs(), "service-pine")] {
        let this = side.inside(&app).await;
        for (new, words) in [
            ("", "请填写密码"),
            ("12345678", "重复或连续"),
            ("password", "太常见"),
            (personal, "几乎只有"),
            (PASSWORD, "不能和当前密码一样"),
        ] {
            let refused = side.changes(&this, PASSWORD, new).await;
            refused.says(422, words);
            assert!(!refused.html.contains(&format!("value=\"{PASSWORD}\"")), "no page repeats a password");
        }
    }
}

async fn a_password_that_waited_for_the_log_in_is_typed_anew(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = wang.form("/me/security", "/me/security/password").await.with("current_password", PASSWORD).with("new_password", NEW);
    wang.submit("/me", "/logout", &[]).await.goes_to();
    let log_in = wang.send(&form).await;
    assert!(log_in.status == 401 && !log_in.html.contains(PASSWORD) && !log_in.html.contains(NEW));
}
