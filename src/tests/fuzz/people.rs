//! Who sends the requests: nobody, a buyer, and each member of staff, with the cookies of their sessions.

use super::knocker::{Answer, Knocker, Request};
use crate::support::{Form, LI, PASSWORD, TestApp, WANG};
use crate::torture::dice::Dice;
use guitu::domain::Role;
use guitu::routes;

pub struct Person {
    /// A page of theirs alone, which tells whether they are still logged in.
    home: &'static str,
    login: &'static str,
    fields: Vec<(&'static str, String)>,
    pub cookie: String,
}

pub struct People {
    /// Everybody but nobody.
    pub all: Vec<Person>,
}

impl People {
    pub async fn of(app: &TestApp, knocker: &Knocker) -> Self {
        let buyer = |phone: &str| person(routes::buyer::ME, routes::buyer::LOGIN, ("phone", phone.to_owned()));
        let staff = |role: Role| {
            person(routes::merchant::WORKBENCH, routes::merchant::LOGIN, ("login", format!("{}-{}", role.code(), app.town.shop.code)))
        };
        let all = [WANG, LI].map(buyer).into_iter().chain(Role::ALL.map(staff)).collect();
        let mut people = Self { all };
        people.look_after(app, knocker).await;
        people
    }

    /// The cookie of somebody; nobody has none.
    pub fn somebody(&self, dice: &mut Dice) -> Option<&str> {
        let nth = dice.below(self.all.len() + 1);
        self.all.get(nth).map(|person| person.cookie.as_str())
    }

    /// Whoever was logged out logs in again, also from an account that has been locked meanwhile.
    pub async fn look_after(&mut self, app: &TestApp, knocker: &Knocker) {
        for person in &mut self.all {
            let home = Request {
                method: "GET",
                target: person.home.to_owned(),
                headers: vec![("cookie", person.cookie.clone().into_bytes())],
                ..Request::default()
            };
            if knocker.knock(&home).await.status == 200 {
                continue;
            }
            sqlx::query("delete from attempts").execute(app.server.db.single()).await.unwrap();
            person.logs_in(knocker).await;
        }
    }
}

fn person(home: &'static str, login: &'static str, name: (&'static str, String)) -> Person {
    Person { home, login, fields: vec![name, ("password", PASSWORD.to_owned())], cookie: String::new() }
}

impl Person {
    async fn logs_in(&mut self, knocker: &Knocker) {
        let page = knocker.knock(&Request { method: "GET", target: self.login.to_owned(), ..Request::default() }).await;
        let form = self
            .fields
            .iter()
            .fold(Form::find(&page.html, self.login, self.login).expect("a form to log in with"), |form, (name, typed)| {
                form.with(name, typed)
            });
        let body = serde_urlencoded::to_string(&form.fields).unwrap().into_bytes();
        let headers = vec![
            ("content-type", b"application/x-www-form-urlencoded".to_vec()),
            ("sec-fetch-site", b"same-origin".to_vec()),
            ("cookie", cookie_of(&page).into_bytes()),
        ];
        let answer = knocker.knock(&Request { method: "POST", target: self.login.to_owned(), headers, body, ..Request::default() }).await;
        assert_eq!(answer.status, 303, "{} does not get in: {}", self.fields[0].1, answer.html);
        self.cookie = cookie_of(&answer);
    }
}

/// What a browser would send back.
fn cookie_of(answer: &Answer) -> String {
    answer.cookies.iter().filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
}
