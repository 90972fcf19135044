//! As much of HTML as is needed to use a page without a browser: its words, its links, its forms.

/// One tag as it stands in the page, and the text behind it up to the next.
pub struct Tag<'a> {
    /// `form`, or `/form` where it ends.
    pub name: &'a str,
    attributes: &'a str,
    pub text: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, as a person would read it; empty where it stands alone.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((attribute, value, behind)) = attribute(rest) {
            if attribute == name {
                return Some(decode(value));
            }
            rest = behind;
        }
        None
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// The tags of a page in their order; scripts, templates and comments are none that a person sees.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    let mut unseen = "";
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!") {
            rest = comment.split_once('>').map_or("", |(_, behind)| behind);
            continue;
        }
        let inside = &rest[1..tag_end(rest)];
        let behind = &rest[(inside.len() + 2).min(rest.len())..];
        let (name, attributes) = inside.split_at(inside.find(|c: char| c.is_whitespace()).unwrap_or(inside.len()));
        rest = behind;
        if !unseen.is_empty() {
            if name.strip_prefix('/') == Some(unseen) {
                unseen = "";
            }
        } else if matches!(name, "script" | "template") {
            unseen = name;
        } else {
            tags.push(Tag { name, attributes, text: behind.split('<').next().unwrap_or_default() });
        }
    }
    tags
}

/// What a person reads: everything between the tags of the body.
pub fn words(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let mut words = String::new();
    let mut rest = body;
    // Comments stand between pieces of one sentence: their texts belong together.
    while let Some(start) = rest.find("<!") {
        words.push_str(&rest[..start]);
        rest = rest[start..].split_once('>').map_or("", |(_, behind)| behind);
    }
    words.push_str(rest);
    decode(&tags(&words).iter().map(|tag| tag.text).collect::<String>())
}

/// Where a page leads: the targets of its links; and of every control in its forms the action, the name and the value.
pub fn links_and_forms(html: &str, url: &str) -> (Vec<String>, Vec<(String, String, String)>) {
    let (mut links, mut fields) = (Vec::new(), Vec::new());
    let (mut action, mut list) = (url.to_owned(), String::new());
    for tag in tags(html) {
        match tag.name {
            "a" => links.extend(tag.get("href")),
            "form" => action = tag.get("action").unwrap_or_else(|| url.to_owned()),
            "select" => list = tag.get("name").unwrap_or_default(),
            "option" => fields.push((action.clone(), list.clone(), tag.get("value").unwrap_or_default())),
            "input" | "button" | "textarea" => {
                fields.extend(tag.get("name").map(|name| (action.clone(), name, tag.get("value").unwrap_or_default())));
            }
            _ => {}
        }
    }
    (links, fields)
}

/// Where the tag at the start of `html` ends: a `>` inside quotes does not end it.
fn tag_end(html: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in html.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    html.len()
}

fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    let end = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len());
    let (name, behind) = text.split_at(end);
    if name.is_empty() {
        return None;
    }
    match behind.strip_prefix("=\"").and_then(|behind| behind.split_once('"')) {
        Some((value, behind)) => Some((name, value, behind)),
        None => Some((name, "", behind)),
    }
}

fn decode(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
