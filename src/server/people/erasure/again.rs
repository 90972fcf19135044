//! What follows an erasure: files of pictures are removed, and what was under way in the moment of closing is taken out a second time.

use crate::domain::time::MINUTE;
use crate::server::app::App;
use crate::server::ctx::Ctx;
use crate::server::error::Result;
use crate::server::store::people::erasure as rows;

/// By then nothing is under way any more that began before the account was closed.
const AFTER: i64 = 10 * MINUTE;
/// Looked at in one go.
const MOST: i64 = 100;

/// Removes the files of pictures that are nobody's any more. What fails is tried again the next time.
pub async fn remove_pictures(ctx: &Ctx) -> Result<()> {
    let app = &ctx.app;
    let keys = rows::pictures_to_remove(&mut *app.db.reader().await?, MOST).await?;
    for key in keys {
        if let Err(error) = app.pictures.remove(&key).await {
            tracing::warn!(?error, "a picture of a closed account could not be removed");
            continue;
        }
        rows::picture_removed(&mut *app.db.single().acquire().await?, &key).await?;
    }
    Ok(())
}

/// A request that had begun before may have written something after: an address, a review, even a case. It goes, too, once it is over.
pub async fn erase_again(ctx: &Ctx) -> Result<()> {
    let app = &ctx.app;
    let gone = rows::to_erase_again(&mut *app.db.reader().await?, ctx.now.plus(-AFTER), MOST).await?;
    for (buyer, name) in gone {
        let mut tx = app.db.write().await?;
        if !rows::matters(tx.conn(), buyer, ctx.now).await?.in_the_way().is_empty() {
            continue;
        }
        rows::erase_rows(tx.conn(), buyer, &name).await?;
        rows::erase_pictures(tx.conn(), buyer, ctx.now).await?;
        rows::erased_again(tx.conn(), buyer, ctx.now).await?;
        tx.commit().await?;
        empty_log(app).await;
    }
    Ok(())
}

/// What the rows held before stands in SQLite's log until that is written anew.
pub(super) async fn empty_log(app: &App) {
    if let Err(error) = app.db.empty_log().await {
        tracing::warn!(?error, "the log of the database could not be emptied; it is when it is full");
    }
}
