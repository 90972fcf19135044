//! Pages are packed at once, with an encoder that the thread keeps: made anew for each answer, as for a stream, it costs more than what it packs.

use super::assets::takes;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use axum::middleware::Next;
use axum::response::Response;
use flate2::{Compress, Compression, FlushCompress, Status};
use std::cell::RefCell;

/// Bytes below which packing saves no packet.
pub const SMALL: u64 = 512;
/// Bytes beyond which an answer is no page, and packed while it is sent.
const LARGE: u64 = 1 << 20;
/// A list comes out at 18 % of its bytes; level 6 would save another twentieth of those, Brotli's usual level a tenth.
const LEVEL: u32 = 3;
/// 32 KiB, the most that gzip looks back.
const WINDOW: u8 = 15;

thread_local! {
    static ENCODER: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::new(LEVEL), WINDOW));
}

/// Packs an answer that is a whole page for whoever takes gzip.
pub async fn of_pages(request: Request, next: Next) -> Response {
    let taken = takes(request.headers(), "gzip");
    let response = next.run(request).await;
    if !(taken && is_page(&response)) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else { return Response::from_parts(head, Body::empty()) };
    let Some(packed) = ENCODER.with_borrow_mut(|encoder| packed(encoder, &page)) else { return Response::from_parts(head, page.into()) };
    head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    head.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    head.headers.remove(CONTENT_LENGTH);
    head.headers.remove(ACCEPT_RANGES);
    Response::from_parts(head, packed.into())
}

fn is_page(response: &Response) -> bool {
    let size = response.body().size_hint().exact();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    size.is_some_and(|size| (SMALL..LARGE).contains(&size))
        && ["text/html", "application/json"].iter().any(|page| kind.starts_with(page))
        && !response.headers().contains_key(CONTENT_ENCODING)
}

fn packed(encoder: &mut Compress, page: &[u8]) -> Option<Vec<u8>> {
    encoder.reset();
    // What cannot be packed at all grows by a few bytes.
    let mut packed = Vec::with_capacity(page.len() + 1024);
    match encoder.compress_vec(page, &mut packed, FlushCompress::Finish) {
        Ok(Status::StreamEnd) => Some(packed),
        Ok(Status::Ok | Status::BufError) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_packer_packs_page_after_page() {
        let mut encoder = Compress::new_gzip(Compression::new(LEVEL), WINDOW);
        let noise: Vec<u8> = (0..60_000_u32).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap_or(0)).collect();
        for page in ["", "归途", &"<li class=\"row\">订单</li>".repeat(2000)].map(str::as_bytes).into_iter().chain([noise.as_slice()]) {
            let packed = packed(&mut encoder, page).expect("a page can be packed");
            let mut read = Vec::new();
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut read).expect("what is packed can be read");
            assert_eq!(read, page);
        }
    }
}
