//! How a form is written down: as browsers do it, and as they never would.

use super::knocker::Request;
use super::nasty;
use crate::support::photo;
use crate::torture::dice::Dice;

const URLENCODED: &str = "application/x-www-form-urlencoded";

pub fn fill(dice: &mut Dice, request: &mut Request, fields: Vec<(String, String)>) {
    let (kind, body) = match dice.below(12) {
        0 => (odd_kind(dice), nasty::bytes(dice)),
        1 => ("application/json".to_owned(), json(dice, &fields)),
        2 => (URLENCODED.to_owned(), badly_encoded(dice, &fields)),
        3..6 => multipart(dice, &fields),
        _ => (URLENCODED.to_owned(), serde_urlencoded::to_string(&fields).unwrap().into_bytes()),
    };
    request.headers.push(("content-type", kind.into_bytes()));
    request.body = body;
}

fn odd_kind(dice: &mut Dice) -> String {
    let kinds = [
        "",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"",
        "application/x-www-form-urlencoded; charset=gbk",
        "*/*",
        "a",
    ];
    (*dice.pick(&kinds)).to_owned()
}

/// An object, or one that lies deep in others.
fn json(dice: &mut Dice, fields: &[(String, String)]) -> Vec<u8> {
    if dice.one_in(3) {
        let depth = 1 << dice.below(12);
        return format!("{}{}", "[".repeat(depth), if dice.one_in(2) { "]".repeat(depth) } else { String::new() }).into_bytes();
    }
    let object: serde_json::Map<String, serde_json::Value> =
        fields.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    serde_json::to_vec(&object).unwrap()
}

fn badly_encoded(dice: &mut Dice, fields: &[(String, String)]) -> Vec<u8> {
    let mut body = String::new();
    for (name, value) in fields {
        let (name, value) = (nasty::encoded(dice, name), nasty::encoded(dice, value));
        body.push_str(
            &[format!("{name}={value}&"), format!("{name}&"), format!("=&{value}="), format!("{name}=={value}&&")][dice.below(4)],
        );
    }
    body.into_bytes()
}

/// Parts as a browser writes them, with pictures that are some and some that are none; now and then the end is missing.
fn multipart(dice: &mut Dice, fields: &[(String, String)]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----guitu";
    let mut body = Vec::new();
    let mut part = |disposition: &str, content: &[u8]| {
        body.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in fields {
        let name: String = name.chars().filter(|letter| !matches!(letter, '"' | '\r' | '\n' | '\0')).collect();
        part(&format!("name=\"{name}\""), value.as_bytes());
    }
    for _ in 0..dice.below(3) {
        let field = *dice.pick(&["evidence", "pictures", "voucher", "file", "photo"]);
        let file = match dice.below(4) {
            0 => photo(),
            1 => photo()[..dice.below(photo().len())].to_vec(),
            2 => nasty::bytes(dice),
            _ => nasty::value(dice).into_bytes(),
        };
        let name: String = nasty::value(dice).chars().filter(|letter| !matches!(letter, '"' | '\r' | '\n' | '\0')).take(300).collect();
        part(&format!("name=\"{field}\"; filename=\"{name}\""), &file);
    }
    if !dice.one_in(10) {
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    }
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}
