//! A new shop, from the command line; so the words are those of the command line.

use crate::domain::{FieldErrors, ShopId, ShopPolicy};
use crate::server::app::App;
use crate::server::error::{Error, Result};
use crate::server::store::people::{self, NewShop};
use chrono_tz::Tz;

/// Opens a shop with the default rules (S87); its people come by `create-staff`, its first return address by its owner.
pub async fn create_shop(app: &App, code: &str, name: &str, phone: &str, zone: &str) -> Result<ShopId> {
    let mut errors = FieldErrors::default();
    let code = errors.check("code", parse_code(code));
    let name = errors.line("name", name, 1, 40, "the name is missing");
    let phone = errors.text("phone", phone, 5, 20, "the phone that buyers can call is missing");
    let zone = errors.check("time-zone", zone.parse::<Tz>().map_err(|_| "no such time zone; write it like Asia/Shanghai"));
    let (Some(code), Some(name), Some(phone), Some(zone)) = (code, name, phone, zone) else { return Err(errors.into()) };
    let shop = NewShop { id: ShopId(app.new_id()), code, name, phone, zone, policy: ShopPolicy::default(), at: app.now() };
    let mut tx = app.db.write().await?;
    match people::insert_shop(tx.conn(), &shop).await {
        Ok(()) => tx.commit().await.map(|()| shop.id),
        Err(error) if error.is_duplicate() => Err(Error::field("code", "another shop has this code")),
        Err(error) => Err(error),
    }
}

fn parse_code(typed: &str) -> std::result::Result<String, &'static str> {
    let fits =
        (2..=40).contains(&typed.len()) && typed.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-');
    if fits { Ok(typed.to_owned()) } else { Err("2 to 40 small letters, digits and hyphens") }
}
