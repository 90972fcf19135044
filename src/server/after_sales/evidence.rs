//! The pictures that a buyer sends along with what is said of a case: with an application, or of the waybill.

use crate::domain::order::Order;
use crate::domain::{OrderId, ShopId};
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result};
use crate::server::machinery::pictures::MAX_COUNT;
use crate::server::machinery::pictures::upload::Upload;
use crate::server::people::uploads;

/// The field that new pictures are sent in, and that is to be mended.
pub const EVIDENCE: &str = "evidence";

/// Keys of pictures that an earlier try has kept, and files that come with this one.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub kept: Vec<String>,
    pub new: Vec<Upload>,
}

impl Evidence {
    /// Keeps what is new; the keys of all of it.
    pub(super) async fn keep(self, buyer: &Buyer, shop: ShopId, order: OrderId) -> Result<Vec<String>> {
        let mut pictures = uploads::kept_before(buyer, order, &self.kept).await?;
        if pictures.len() + self.new.len() > MAX_COUNT {
            return Err(Error::field(EVIDENCE, format!("最多上传 {MAX_COUNT} 张图片")));
        }
        pictures.extend(uploads::keep_for_buyer(buyer, shop, order, self.new, EVIDENCE).await?);
        Ok(pictures)
    }
}

/// Keeps the pictures of what was refused, so that they need not be chosen again; their keys.
pub async fn hold_evidence(buyer: &Buyer, order: &Order, evidence: Evidence) -> Result<Vec<String>> {
    evidence.keep(buyer, order.shop_id, order.id).await
}
