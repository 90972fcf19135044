//! Pictures that people send along: kept, and shown to those they are for.

use crate::domain::time::{DAY, HOUR};
use crate::domain::{BuyerId, OrderId, Permission, ShopId, StaffId, Timestamp};
use crate::server::app::App;
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::db::{Conn, Lock};
use crate::server::error::{Error, Result};
use crate::server::limits::{PICTURE_HELD_TIME, PICTURE_UNUSED_TIME, PICTURES_PER_DAY, PICTURES_PER_HOUR};
use crate::server::machinery::pictures::upload::Upload;
use crate::server::machinery::pictures::{MAX_COUNT, PictureSize, PictureStore};
use crate::server::store::machinery::periodic::{self, Round};
use crate::server::store::machinery::pictures::{self, PictureOwners, PictureSender};
use std::time::{Duration, Instant};

/// Unused pictures are looked for so often, so many at once, and for no longer than this: clocks and refunds wait meanwhile, and after an upgrade
/// every picture there is has to be looked at.
const BETWEEN_SWEEPS: i64 = HOUR;
const SWEPT_AT_ONCE: i64 = 200;
const SWEPT_FOR: Duration = Duration::from_secs(20);

/// Keeps the pictures of a buyer for both sides of the order; `field` is where a form has them. To be called before a transaction is begun.
pub async fn keep_for_buyer(buyer: &Buyer, shop: ShopId, order: OrderId, files: Vec<Upload>, field: &str) -> Result<Vec<String>> {
    keep(&buyer.app, files, field, &of_order(shop, buyer.id, order), PictureSender::Buyer(buyer.id)).await
}

/// Of the keys a buyer sends along, those that are the buyer's own of this order; the others are nobody's business.
pub(in crate::server) async fn kept_before(buyer: &Buyer, order: OrderId, keys: &[String]) -> Result<Vec<String>> {
    let mut conn = buyer.app.db.reader().await?;
    let mut own = Vec::with_capacity(keys.len().min(MAX_COUNT + 1));
    // One that is not used yet and about to be removed must not be used any more.
    let since = buyer.now.plus(-millis(PICTURE_HELD_TIME));
    for key in keys.iter().take(MAX_COUNT + 1) {
        let owners = pictures::owners_of_lasting(&mut conn, key, since).await?;
        if owners.is_some_and(|owners| owners.buyer_id == Some(buyer.id) && owners.order_id == Some(order)) {
            own.push(key.clone());
        }
    }
    Ok(own)
}

/// Keeps the pictures of a staff member for both sides of the order. To be called before a transaction is begun.
pub async fn keep_for_staff(staff: &Staff, order: OrderId, buyer: BuyerId, files: Vec<Upload>, field: &str) -> Result<Vec<String>> {
    let sender = staff.actor.id().map(StaffId).ok_or(Error::Forbidden)?;
    keep(&staff.app, files, field, &of_order(staff.shop.id, buyer, order), PictureSender::Staff(sender)).await
}

/// Keeps the pictures of a review, which everybody may see.
pub(in crate::server) async fn keep_for_review(
    buyer: &Buyer,
    shop: ShopId,
    order: OrderId,
    files: Vec<Upload>,
    field: &str,
) -> Result<Vec<String>> {
    let owners = PictureOwners { public: true, ..of_order(shop, buyer.id, order) };
    keep(&buyer.app, files, field, &owners, PictureSender::Buyer(buyer.id)).await
}

fn of_order(shop: ShopId, buyer: BuyerId, order: OrderId) -> PictureOwners {
    PictureOwners { shop_id: Some(shop), buyer_id: Some(buyer), order_id: Some(order), public: false }
}

/// The rows first: a file without one would never be removed.
async fn keep(app: &App, files: Vec<Upload>, field: &str, owners: &PictureOwners, sender: PictureSender) -> Result<Vec<String>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let count = files.len();
    quota(&mut *app.db.reader().await?, sender, count, field, app.now()).await?;
    let clean = PictureStore::read(files, field).await?;
    let keys: Vec<String> = clean.iter().map(|_| PictureStore::new_key()).collect();
    let mut tx = app.db.write().await?;
    // Exact also for forms that are sent at once: each counts what the other has written.
    match sender {
        PictureSender::Buyer(id) => tx.lock(Lock::Buyer, id.0).await?,
        PictureSender::Staff(id) => tx.lock(Lock::Staff, id.0).await?,
    }
    quota(tx.conn(), sender, count, field, app.now()).await?;
    for key in &keys {
        pictures::insert(tx.conn(), key, owners, sender, app.now()).await?;
    }
    tx.commit().await?;
    for (key, picture) in keys.iter().zip(clean) {
        app.pictures.keep(key, picture).await?;
    }
    Ok(keys)
}

/// Refuses more pictures than one person may send.
async fn quota(conn: &mut Conn, sender: PictureSender, more: usize, field: &str, now: Timestamp) -> Result<()> {
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    for (span, most, words) in [(HOUR, PICTURES_PER_HOUR, "一小时"), (DAY, PICTURES_PER_DAY, "一天")] {
        if pictures::sent_since(conn, sender, now.plus(-span)).await? + more > most {
            return Err(Error::field(field, format!("{words}内最多上传 {most} 张图片，请稍后再传，或先不附图片提交")));
        }
    }
    Ok(())
}

/// Removes pictures that nothing refers to a day after they were sent: those of forms that were refused and not sent again.
pub(in crate::server) async fn sweep(ctx: &Ctx) -> Result<()> {
    let app = &ctx.app;
    if !periodic::claim(&mut *app.db.single().acquire().await?, Round::UnusedPictures, ctx.now, BETWEEN_SWEEPS).await? {
        return Ok(());
    }
    let (begun, mut removed) = (Instant::now(), 0);
    while !app.is_leaving() && begun.elapsed() < SWEPT_FOR {
        let before = ctx.now.plus(-millis(PICTURE_UNUSED_TIME));
        let old = pictures::unsettled(&mut *app.db.reader().await?, before, SWEPT_AT_ONCE).await?;
        if old.is_empty() {
            break;
        }
        let mut trouble = None;
        for (key, order) in old {
            if pictures::is_used(&mut *app.db.reader().await?, &key, order).await? {
                pictures::settle(&mut *app.db.single().acquire().await?, &key, ctx.now).await?;
            } else {
                // The files first: a row that is left is found again.
                if let Err(error) = app.pictures.remove(&key).await {
                    trouble = Some(error);
                    continue;
                }
                pictures::remove(&mut *app.db.single().acquire().await?, &key).await?;
                removed += 1;
            }
        }
        if let Some(error) = trouble {
            tracing::warn!(?error, "a picture that nothing refers to could not be removed; the next sweep tries again");
            break;
        }
    }
    if removed > 0 {
        tracing::info!(removed, "pictures that nothing refers to were removed");
    }
    Ok(())
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// Is the picture for one of these? To everybody else it does not exist (B32).
pub async fn may_look(app: &App, buyer: Option<&Buyer>, staff: Option<&Staff>, key: &str) -> Result<()> {
    let owners = pictures::owners(&mut *app.db.reader().await?, key).await?.ok_or(Error::NotFound)?;
    let own = buyer.is_some_and(|buyer| owners.buyer_id == Some(buyer.id));
    let shops = staff.is_some_and(|staff| owners.shop_id == Some(staff.shop.id) && staff.may(Permission::SeeOrders));
    if owners.public || own || shops { Ok(()) } else { Err(Error::NotFound) }
}

/// The picture behind a key, for whoever may look.
pub async fn look(app: &App, key: &str, size: PictureSize) -> Result<bytes::Bytes> {
    app.pictures.load(key, size).await?.ok_or(Error::NotFound)
}
