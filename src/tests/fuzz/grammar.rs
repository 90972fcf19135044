//! What may be asked: the routes of the router, and what the pages themselves put behind them, learned by walking through the shop.

use super::bodies;
use super::knocker::{Knocker, MARKUP, Request};
use super::nasty;
use super::people::People;
use crate::access::{Doors, routes_of};
use crate::support::{TestApp, links_and_forms};
use crate::torture::dice::Dice;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A route with what was seen behind it.
#[derive(Debug, Default)]
struct Door {
    path: String,
    method: String,
    /// Real addresses of it.
    addresses: BTreeSet<String>,
}

pub struct Grammar {
    doors: Vec<Door>,
    /// Names of fields and of what stands behind a `?`, with the values that pages gave them.
    names: Vec<(String, Vec<String>)>,
    /// By route: the fields of its form.
    forms: BTreeMap<String, Vec<(String, Vec<String>)>>,
}

/// Pages that one person opens on the walk.
const MOST_PAGES: usize = 120;

impl Grammar {
    /// Walks through the shop with everybody's eyes, after something has happened there.
    pub async fn learned(app: &TestApp, knocker: &Knocker, people: &People) -> Self {
        Doors::of(app).await;
        let doors = routes_of(app);
        let mut doors: Vec<Door> = doors.into_iter().map(|(path, method)| Door { path, method, ..Door::default() }).collect();
        let (mut names, mut forms) =
            (BTreeMap::<String, BTreeSet<String>>::new(), BTreeMap::<String, BTreeMap<String, BTreeSet<String>>>::new());
        for person in &people.all {
            let mut open: VecDeque<String> =
                ["/", "/me", "/orders", "/after-sales", "/cart", "/merchant", "/merchant/orders", "/merchant/after-sales"]
                    .map(str::to_owned)
                    .into();
            let mut seen: BTreeSet<String> = open.iter().cloned().collect();
            for _ in 0..MOST_PAGES {
                let Some(target) = open.pop_front() else { break };
                let request = Request {
                    method: "GET",
                    target: target.clone(),
                    headers: vec![("cookie", person.cookie.clone().into_bytes())],
                    ..Request::default()
                };
                let page = knocker.knock(&request).await;
                let (links, fields) = links_and_forms(&page.html, &target);
                for link in links.into_iter().chain([page.location]).filter(|link| link.starts_with('/') && !link.starts_with("/assets")) {
                    let (path, query) = link.split_once('?').unwrap_or((&link, ""));
                    for (name, value) in serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap_or_default() {
                        names.entry(name).or_default().insert(value);
                    }
                    known(&mut doors, path);
                    if seen.insert(link.split('#').next().unwrap_or_default().to_owned()) {
                        open.push_back(link.split('#').next().unwrap_or_default().to_owned());
                    }
                }
                for (action, name, value) in fields {
                    let path = action.split('?').next().unwrap_or_default();
                    let route = known(&mut doors, path);
                    names.entry(name.clone()).or_default().insert(value.clone());
                    forms.entry(route).or_default().entry(name).or_default().insert(value);
                }
            }
        }
        assert!(forms.len() > 30 && names.len() > 60, "the walk learned {} forms and {} names", forms.len(), names.len());
        let listed = |names: BTreeMap<String, BTreeSet<String>>| {
            names.into_iter().map(|(name, values)| (name, values.into_iter().take(50).collect())).collect()
        };
        Self { doors, names: listed(names), forms: forms.into_iter().map(|(route, names)| (route, listed(names))).collect() }
    }

    /// The next request.
    pub fn request(&self, dice: &mut Dice, people: &People) -> Request {
        let door = dice.pick(&self.doors);
        let mut target = Self::address(dice, door);
        if dice.one_in(2) {
            target.push('?');
            target.push_str(&self.query(dice));
        }
        let method = match dice.below(20) {
            0 => *dice.pick(&["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]),
            _ if door.method == "POST" => "POST",
            _ => "GET",
        };
        let mut request = Request { method, target, from: [10, 0, nasty_byte(dice), nasty_byte(dice)], ..Request::default() };
        if let Some(cookie) = people.somebody(dice).filter(|_| !door.path.ends_with("/logout")) {
            request.headers.push(("cookie", cookie.as_bytes().to_vec()));
        }
        request.headers.push(("sec-fetch-site", if dice.one_in(20) { b"cross-site".to_vec() } else { b"same-origin".to_vec() }));
        if method == "POST" || dice.one_in(30) {
            let fields = self.fields(dice, &door.path);
            bodies::fill(dice, &mut request, fields);
        }
        odd_headers(dice, &mut request);
        request
    }

    /// A real address of the route, or its path with something nasty in place of a name.
    fn address(dice: &mut Dice, door: &Door) -> String {
        if !door.addresses.is_empty() && !dice.one_in(3) {
            let known: Vec<&String> = door.addresses.iter().collect();
            return (*dice.pick(&known)).clone();
        }
        let mut address = String::new();
        for part in door.path.split('/').skip(1) {
            address.push('/');
            if part.starts_with('{') {
                let value = nasty::value(dice);
                address.push_str(&nasty::encoded(dice, &value));
            } else {
                address.push_str(part);
            }
        }
        address
    }

    fn query(&self, dice: &mut Dice) -> String {
        let mut query = Vec::new();
        for _ in 0..dice.below(4) {
            let (name, known) = dice.pick(&self.names);
            let value = value_for(dice, known);
            query.push(format!("{}={}", nasty::encoded(dice, name), nasty::encoded(dice, &value)));
        }
        query.join("&")
    }

    /// The form that belongs here with some of it changed, left out or doubled, or the fields of other forms.
    fn fields(&self, dice: &mut Dice, route: &str) -> Vec<(String, String)> {
        let own = self.forms.get(route).filter(|_| !dice.one_in(6));
        let mut fields = Vec::new();
        for (name, known) in own.into_iter().flatten() {
            if !dice.one_in(8) {
                fields.push((name.clone(), value_for(dice, known)));
            }
        }
        for _ in 0..dice.below(if own.is_some() { 3 } else { 8 }) {
            let (name, known) = dice.pick(&self.names);
            let name = if dice.one_in(8) { nasty::value(dice) } else { name.clone() };
            fields.push((name, value_for(dice, known)));
        }
        fields
    }
}

fn value_for(dice: &mut Dice, known: &[String]) -> String {
    if known.is_empty() || dice.one_in(3) { nasty::value(dice) } else { dice.pick(known).clone() }
}

fn nasty_byte(dice: &mut Dice) -> u8 {
    u8::try_from(dice.below(256)).unwrap()
}

/// Remembers a real address at the routes it belongs to; the path of the one that takes forms, otherwise of the first.
fn known(doors: &mut [Door], address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let mut route = String::new();
    for door in doors.iter_mut().filter(|door| fits(&door.path, address)) {
        door.addresses.insert(address.to_owned());
        if route.is_empty() || door.method == "POST" {
            route.clone_from(&door.path);
        }
    }
    route
}

fn fits(path: &str, address: &str) -> bool {
    let (path, address): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), address.split('/').collect());
    path.len() == address.len() && path.iter().zip(address).all(|(part, real)| part.starts_with('{') || *part == real)
}

/// Headers as no browser sends them, now and then.
fn odd_headers(dice: &mut Dice, request: &mut Request) {
    const NAMES: [&str; 14] = [
        "cookie",
        "user-agent",
        "accept",
        "accept-encoding",
        "accept-language",
        "if-none-match",
        "if-modified-since",
        "range",
        "referer",
        "origin",
        "host",
        "x-forwarded-for",
        "x-request-id",
        "content-encoding",
    ];
    while dice.one_in(4) {
        let value = match dice.below(3) {
            0 => nasty::bytes(dice),
            1 => [&b"guitu="[..], b"theme=", b"bytes=0-", b"gzip;q=", b"W/\"", b"MicroMessenger "][dice.below(6)]
                .iter()
                .copied()
                .chain(nasty::value(dice).into_bytes())
                .collect(),
            _ => format!("{}{MARKUP}", nasty::value(dice)).into_bytes(),
        };
        // A header has no room for these; a request that holds them is refused before it reaches us.
        let value = value.into_iter().filter(|byte| *byte >= 0x20 && *byte != 0x7f).collect();
        request.headers.push((NAMES[dice.below(NAMES.len())], value));
    }
}
