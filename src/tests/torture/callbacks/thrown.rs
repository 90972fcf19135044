//! One callback as somebody sends it: the channel, now or again, or anybody else.

use super::speech::Speech;
use crate::torture::dice::Dice;
use axum::http::{HeaderMap, HeaderValue};
use guitu::server::payments::keys::PrivateKey;
use std::sync::LazyLock;

/// Larger than any notice, in bytes.
const HUGE: usize = 65 * 1024;

static STRANGER: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

pub struct Thrown {
    pub what: &'static str,
    /// The answers that are right.
    pub wanted: &'static [u16],
    pub path: &'static str,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Thrown {
    /// What the channel has said, now or a while ago: heard, as often as it comes.
    pub fn truth(speech: &Speech, dice: &mut Dice) -> Self {
        let age = if dice.one_in(2) { 0 } else { dice.between(0, speech.good_for() - 30) };
        let (headers, body) = speech.said(speech.key(), age);
        Self { what: "the truth", wanted: &[200, 204], path: speech.path(), headers, body }
    }

    /// What the channel has not said, or not now, or not whole.
    pub fn lie(speech: &Speech, dice: &mut Dice) -> Self {
        let (headers, body) = speech.said(speech.key(), 0);
        let good = Self { what: "", wanted: &[401], path: speech.path(), headers, body };
        match dice.below(9) {
            0 => {
                let (headers, body) = speech.said(&STRANGER, 0);
                Self { what: "signed by a stranger", headers, body, ..good }
            }
            1 => {
                let late = speech.good_for() + dice.between(30, 100_000);
                let (headers, body) = speech.said(speech.key(), if dice.one_in(3) { -late } else { late });
                Self { what: "replayed, or from the future", headers, body, ..good }
            }
            2..=3 => Self { what: "one byte flipped", body: flipped(&good.body, dice), ..good },
            4 => Self { what: "cut short", wanted: &[400, 401], body: good.body[..dice.below(good.body.len())].to_vec(), ..good },
            5 => Self { what: "too long", wanted: &[413], body: [good.body, vec![b'x'; HUGE]].concat(), ..good },
            6 => Self { what: "under a wrong serial number", ..good }.under_another_serial(dice),
            7 => Self { what: "with nothing beside it", headers: HeaderMap::new(), body: Vec::new(), ..good },
            _ => Self { what: "at the other channel's door", wanted: &[400, 401], path: other_door(speech), ..good },
        }
    }

    /// Alipay has one key and no number for it: there the way of signing is another.
    fn under_another_serial(mut self, dice: &mut Dice) -> Self {
        match self.headers.get_mut("wechatpay-serial") {
            Some(serial) => *serial = HeaderValue::from_static(["0000", "PUB_KEY_ID_0", ""][dice.below(3)]),
            None => self.body = String::from_utf8(self.body).unwrap().replace("RSA2", "RSA").into_bytes(),
        }
        self
    }
}

fn other_door(speech: &Speech) -> &'static str {
    match speech {
        Speech::Wechat(_) => guitu::routes::ALIPAY_NOTICES,
        Speech::Alipay(_) => guitu::routes::WECHAT_NOTICES,
    }
}

/// With another digit somewhere: a letter of an escape could mean the same.
fn flipped(body: &[u8], dice: &mut Dice) -> Vec<u8> {
    let escaped = |place: usize| body[place.saturating_sub(2)..place].contains(&b'%');
    let digits: Vec<usize> = (0..body.len()).filter(|place| body[*place].is_ascii_digit() && !escaped(*place)).collect();
    let mut body = body.to_vec();
    body[*dice.pick(&digits)] ^= 1;
    body
}
