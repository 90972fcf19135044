//! A form as a browser would send it: what the page filled in, and what a person changes.

use super::html::{Tag, tags};
use guitu::routes::forms::rule_of;
use std::collections::BTreeMap;

/// A form of a page, ready to be sent as often as one likes.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub multipart: bool,
    pub fields: Vec<(String, String)>,
    pub files: Vec<(String, Vec<u8>)>,
}

impl Form {
    /// One that no page has drawn.
    pub fn to(action: &str) -> Self {
        Self { action: action.to_owned(), multipart: false, fields: Vec::new(), files: Vec::new() }
    }

    /// The form of the page that is sent to `action`, whatever stands behind its `?`.
    pub fn find(html: &str, url: &str, action: &str) -> Option<Self> {
        let tags = tags(html);
        let start = tags.iter().position(|tag| {
            tag.name == "form"
                && bare(&tag.get("action").unwrap_or_else(|| url.to_owned())) == bare(action)
                && tag.get("method").as_deref() == Some("post")
        })?;
        let form = &tags[start];
        let id = form.get("id").unwrap_or_default();
        let end = tags[start..].iter().position(|tag| tag.name == "/form").map_or(tags.len(), |length| start + length);
        let own = |(at, tag): &(usize, &Tag)| tag.get("form").map_or((start..end).contains(at), |form| form == id);
        let controls: Vec<&Tag> = tags.iter().enumerate().filter(own).map(|(_, tag)| tag).collect();
        let to = form.get("action").unwrap_or_else(|| url.to_owned());
        Some(Self { multipart: form.has("enctype"), fields: filled_in(&controls), ..Self::to(&to) })
    }

    /// Types `value` over whatever stands in `name`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_string()));
        self
    }

    #[must_use]
    /// One more value of a field that is sent several times: another box that is ticked.
    pub fn and(mut self, name: &str, value: impl ToString) -> Self {
        self.fields.push((name.to_owned(), value.to_string()));
        self
    }

    #[must_use]
    pub fn with_all(self, values: &[(&str, &str)]) -> Self {
        values.iter().fold(self, |form, (name, value)| form.with(name, value))
    }

    #[must_use]
    pub fn with_file(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.to_owned(), bytes.into()));
        self
    }

    /// What stands in `name`.
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or_else(|| panic!("{} has no field {name}, only {:?}", self.action, self.names()), |(_, value)| value)
    }

    pub fn names(&self) -> Vec<&str> {
        self.fields.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The fields that begin with `prefix`: one for every line of an order.
    pub fn names_like(&self, prefix: &str) -> Vec<String> {
        self.names().into_iter().filter(|name| name.starts_with(prefix)).map(str::to_owned).collect()
    }
}

/// Fields that a page draws and that `routes/forms.rs` does not know for the route they are sent to: they would not survive a log-in.
pub fn undeclared(html: &str, url: &str) -> Vec<String> {
    let tags = tags(html);
    let posts: Vec<&Tag> = tags.iter().filter(|tag| tag.name == "form" && tag.get("method").as_deref() == Some("post")).collect();
    let action = |form: &Tag| form.get("action").unwrap_or_else(|| url.to_owned());
    let by_id: BTreeMap<String, String> = posts.iter().filter_map(|form| Some((form.get("id")?, action(form)))).collect();
    let mut inside = None;
    let mut found = Vec::new();
    for tag in &tags {
        match tag.name {
            "form" => inside = (tag.get("method").as_deref() == Some("post")).then(|| action(tag)),
            "/form" => inside = None,
            "input" | "select" | "textarea" | "button" => {
                let action = tag.get("form").map_or(inside.as_ref(), |form| by_id.get(&form));
                let (Some(action), Some(name)) = (action, tag.get("name")) else { continue };
                let Some(rule) = rule_of(action) else { continue };
                let is_file = tag.get("type").as_deref() == Some("file");
                if !(if is_file { rule.knows_file(&name) } else { rule.knows(&name) }) {
                    found.push(format!("{action}: {name}"));
                }
            }
            _ => {}
        }
    }
    found
}

fn bare(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}

/// The fields as the page has filled them in; what is switched off is not sent.
fn filled_in(controls: &[&Tag]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut list: Option<(String, Option<String>)> = None;
    let mut switched_off = 0_usize;
    for tag in controls {
        match tag.name {
            "fieldset" if switched_off > 0 || tag.has("disabled") => switched_off += 1,
            "/fieldset" => switched_off = switched_off.saturating_sub(1),
            _ if switched_off > 0 || tag.has("disabled") => {}
            "input" => fields.extend(input(tag)),
            "textarea" => fields.extend(tag.get("name").map(|name| (name, tag.text.to_owned()))),
            "select" => list = tag.get("name").map(|name| (name, None)),
            "option" => {
                if let Some((_, chosen)) = &mut list
                    && (chosen.is_none() || tag.has("selected"))
                {
                    *chosen = tag.get("value");
                }
            }
            "/select" => fields.extend(list.take().map(|(name, chosen)| (name, chosen.unwrap_or_default()))),
            _ => {}
        }
    }
    fields
}

fn input(tag: &Tag) -> Option<(String, String)> {
    let kind = tag.get("type").unwrap_or_default();
    let name = tag.get("name")?;
    match kind.as_str() {
        "file" | "submit" | "button" => None,
        "radio" | "checkbox" if !tag.has("checked") => None,
        _ => Some((name, tag.get("value").unwrap_or_default())),
    }
}
