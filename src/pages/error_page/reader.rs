//! For whom an error is drawn: which side of the counter was asked, and who of the staff reads, once a gate has found out.

use crate::routes;
use crate::server::ctx::Staff;
use crate::ui::BuyerTab;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use std::cell::OnceCell;

tokio::task_local! {
    static READER: ErrorReader;
}

struct ErrorReader {
    path: String,
    staff: OnceCell<Box<Staff>>,
}

/// The frame that an error is drawn in.
pub(super) enum ErrorFrame {
    Buyer(BuyerTab),
    Staff(Box<Staff>),
    /// The staff's side, before anybody has logged in or while that cannot be known.
    Nobody,
}

/// Remembers where a request went, and who sent it, while it is answered.
pub async fn carry(request: Request, next: Next) -> Response {
    let reader = ErrorReader { path: request.uri().path().to_owned(), staff: OnceCell::new() };
    READER.scope(reader, next.run(request)).await
}

/// Should the page fail, it fails in the frame of this member of staff.
pub fn is_read_by(staff: &Staff) {
    let _ = READER.try_with(|reader| reader.staff.set(Box::new(staff.clone())));
}

/// Outside of any request, and before its gate, a buyer's page has its frame and the staff's has none.
pub(super) fn reader() -> ErrorFrame {
    READER.try_with(|reader| side(&reader.path, reader.staff.get().cloned())).unwrap_or(ErrorFrame::Buyer(BuyerTab::Home))
}

fn side(path: &str, staff: Option<Box<Staff>>) -> ErrorFrame {
    let below = |home: &str| path.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if below(routes::merchant::WORKBENCH) {
        return staff.map_or(ErrorFrame::Nobody, ErrorFrame::Staff);
    }
    let place = [
        (routes::buyer::CART, BuyerTab::Cart),
        (routes::buyer::ORDERS, BuyerTab::Orders),
        (routes::buyer::AFTER_SALES, BuyerTab::Me),
        (routes::buyer::ME, BuyerTab::Me),
    ];
    ErrorFrame::Buyer(place.into_iter().find(|(home, _)| below(home)).map_or(BuyerTab::Home, |(_, tab)| tab))
}
