//! Can the shop serve: is its database read and written?

use super::app::App;
use super::db::Trouble;
use super::error::Error;
use super::store::machinery::periodic;
use std::time::Duration;

/// Whoever asks gets an answer within this time.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// Asks the database; why not, in words for whoever runs the shop.
pub async fn can_serve(app: &App) -> Result<(), String> {
    let answered = tokio::time::timeout(PATIENCE, async {
        app.db.reads().await.map_err(|error| format!("cannot read: {}", in_words(&error)))?;
        writes(app).await
    });
    answered.await.unwrap_or_else(|_| Err("the database does not answer in time".to_owned()))
}

/// If nothing was written lately, writes one small row to find out.
async fn writes(app: &App) -> Result<(), String> {
    if app.db.has_no_room() {
        return Err(format!("cannot write: {}", Trouble::DiskFull));
    }
    let attempt =
        async { periodic::try_to_write(&app.db, app.machine_now()).await.map_err(|error| format!("cannot write: {}", in_words(&error))) };
    app.write_check.ask(&app.db, attempt).await
}

fn in_words(error: &Error) -> String {
    error.trouble().map_or_else(|| "the database refuses".to_owned(), |trouble| trouble.to_string())
}
