//! New members of staff, from the command line; so the words are those of the command line.

use crate::domain::{FieldErrors, Role, StaffId};
use crate::server::app::App;
use crate::server::error::{Error, Result};
use crate::server::people::password::{self, rules};
use crate::server::store::people::{self, NewStaff};

/// Gives somebody a log-in to a shop, from the command line.
pub async fn create_staff(app: &App, shop_code: &str, login: &str, name: &str, role: Role, password: &str) -> Result<StaffId> {
    let mut errors = FieldErrors::default();
    let login = errors.text("login", login, 2, 40, "the log-in name needs at least 2 characters");
    let name = errors.line("name", name, 1, 20, "the name is missing");
    let about = [login.as_deref().unwrap_or_default(), name.as_deref().unwrap_or_default(), shop_code];
    let password = errors.check("password", rules::accept(password, &about).map_err(|weak| weak.to_string()));
    let shop = people::shop_by_code(&mut *app.db.reader().await?, shop_code).await?;
    let shop = errors.check("shop", shop.ok_or("no shop has this code"));
    let (Some(login), Some(name), Some(password), Some(shop)) = (login, name, password, shop) else {
        return Err(errors.into());
    };
    let at = app.now();
    let staff =
        NewStaff { id: StaffId(app.new_id()), shop, login, name, password_hash: password::hash(password).await?, roles: vec![role], at };
    let mut tx = app.db.write().await?;
    match people::insert_staff(tx.conn(), &staff).await {
        Ok(()) => tx.commit().await.map(|()| staff.id),
        Err(error) if error.is_duplicate() => Err(Error::field("login", "this log-in name is taken")),
        Err(error) => Err(error),
    }
}
