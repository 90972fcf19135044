//! A person's browser without scripts: cookies, pages, forms. It follows no redirect by itself, so that tests see each answer.

use super::form::{Form, undeclared};
use super::html;
use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, StatusCode, multipart, redirect};
use std::sync::{Arc, LazyLock};

/// Remembers one person's cookies.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    jar: Arc<Jar>,
    pub origin: String,
}

/// An answer of the shop.
#[derive(Clone, Debug)]
pub struct Page {
    pub url: String,
    pub status: StatusCode,
    /// Where the answer leads to.
    pub location: Option<String>,
    pub headers: HeaderMap,
    pub html: String,
}

impl Browser {
    pub fn new(origin: &str) -> Self {
        Self::named(origin, "Mozilla/5.0 (Linux; Android 14; Mobile) Chrome/130.0")
    }

    /// One that says what it is.
    pub fn named(origin: &str, agent: &str) -> Self {
        let jar = Arc::new(Jar::default());
        // A shop of the tests speaks no TLS, and reading what the system trusts takes its time.
        let client = Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .cookie_provider(jar.clone())
            .user_agent(agent)
            .redirect(redirect::Policy::none());
        Self { client: client.build().unwrap(), jar, origin: origin.to_owned() }
    }

    /// One that holds somebody's cookies, as [`Self::cookies`] writes them.
    pub fn with_cookies(origin: &str, cookies: &str) -> Self {
        let browser = Self::new(origin);
        cookies.split("; ").for_each(|cookie| browser.jar.add_cookie_str(cookie, &origin.parse().unwrap()));
        browser
    }

    /// The cookies that it sends.
    pub fn cookies(&self) -> String {
        let cookies = self.jar.cookies(&self.origin.parse().unwrap());
        cookies.map(|cookies| cookies.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    pub async fn get(&self, path: &str) -> Page {
        self.open(path, self.client.get(self.absolute(path))).await
    }

    /// Sends a form from a page of the shop.
    pub async fn send(&self, form: &Form) -> Page {
        self.send_from(form, &self.origin).await
    }

    /// Sends a form from a page of `origin`.
    pub async fn send_from(&self, form: &Form, origin: &str) -> Page {
        self.open(&form.action, self.request(form, origin)).await
    }

    /// Sends what no form would, from a page of the shop.
    pub async fn send_body(&self, action: &str, kind: &str, body: Vec<u8>) -> Page {
        let request = self.client.post(self.absolute(action)).header("origin", &self.origin).header("content-type", kind);
        self.open(action, request.body(body)).await
    }

    /// Like [`Self::get`], where there may be nobody to answer.
    pub async fn try_get(&self, path: &str) -> Option<Page> {
        self.try_open(path, self.client.get(self.absolute(path))).await.ok()
    }

    /// Like [`Self::send_from`], where there may be nobody to answer.
    pub async fn try_send(&self, form: &Form, origin: &str) -> Option<Page> {
        self.try_open(&form.action, self.request(form, origin)).await.ok()
    }

    fn request(&self, form: &Form, origin: &str) -> RequestBuilder {
        let request = self.client.post(self.absolute(&form.action)).header("origin", origin);
        if form.multipart { request.multipart(parts(form)) } else { request.form(&form.fields) }
    }

    /// Opens a page, and sends its form to `action` with these fields typed in.
    pub async fn submit(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Page {
        let form = self.form(page, action).await;
        self.send(&form.with_all(typed)).await
    }

    /// The form to `action` on a page, as the page has filled it in.
    pub async fn form(&self, page: &str, action: &str) -> Form {
        self.get(page).await.form(action)
    }

    async fn open(&self, path: &str, request: RequestBuilder) -> Page {
        let page = self.try_open(path, request).await.unwrap();
        let undeclared = undeclared(&page.html, &page.url);
        assert!(undeclared.is_empty(), "{path} draws fields that routes/forms.rs does not know: {undeclared:?}");
        page
    }

    async fn try_open(&self, path: &str, request: RequestBuilder) -> reqwest::Result<Page> {
        let answer = request.send().await?;
        let location = answer.headers().get("location").map(|location| location.to_str().unwrap().to_owned());
        let (status, headers) = (answer.status(), answer.headers().clone());
        Ok(Page { url: path.to_owned(), status, location, headers, html: String::from_utf8_lossy(&answer.bytes().await?).into_owned() })
    }

    fn absolute(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.origin) } else { path.to_owned() }
    }
}

impl Page {
    /// The form to `action`, as the page has filled it in.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        Form::find(&self.html, &self.url, action).unwrap_or_else(|| panic!("no form to {action} on {self}"))
    }

    pub fn has_form(&self, action: &str) -> bool {
        Form::find(&self.html, &self.url, action).is_some()
    }

    /// What a person reads.
    pub fn words(&self) -> String {
        html::words(&self.html)
    }

    /// Asserts what a person reads, and the status beside it.
    #[track_caller]
    pub fn says(&self, status: u16, words: &str) -> &Self {
        assert!(self.words().contains(words), "「{words}」 is not on {self}");
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// Asserts that a form was taken, and where it leads.
    #[track_caller]
    pub fn goes_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{self}");
        self.location.as_deref().unwrap()
    }
}

impl std::fmt::Display for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status, self.url, self.words().split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn parts(form: &Form) -> multipart::Form {
    let fields = form.fields.iter().fold(multipart::Form::new(), |parts, (name, value)| parts.text(name.clone(), value.clone()));
    form.files.iter().enumerate().fold(fields, |parts, (index, (name, bytes))| {
        parts.part(name.clone(), multipart::Part::bytes(bytes.clone()).file_name(format!("{index}.jpg")))
    })
}

/// A small photograph.
pub fn photo() -> Vec<u8> {
    static PHOTO: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut jpeg = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(24, 24, image::Rgb([90, 140, 90])).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        jpeg.into_inner()
    });
    PHOTO.clone()
}
