//! What the shop answers to an application, read once.

use crate::domain::after_sale::Freight;
use crate::domain::{FieldErrors, Parsed, ReturnAddressId, Voucher};
use crate::server::machinery::pictures::upload::Upload;

/// Why the shop says no, with the pictures that prove it.
#[derive(Clone, Debug)]
pub struct Rejection {
    pub(super) words: String,
    pub(super) pictures: Vec<Upload>,
}

impl Rejection {
    /// Reads the words, 2 to 300 characters, from the field `reject_reason`; pictures are looked at when they are kept.
    pub fn parse(words: &str, pictures: Vec<Upload>) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let words = errors.text("reject_reason", words, 2, 300, "请填写驳回原因");
        words.map(|words| Self { words, pictures }).ok_or(errors)
    }
}

/// Where returned goods go; `refuse_collect` adds the fixed sentence (S47).
#[derive(Clone, Copy, Debug)]
pub struct ReturnApproval {
    pub to: ReturnAddressId,
    pub refuse_collect: bool,
}

/// Money back by the ways it came.
#[derive(Clone, Copy, Debug)]
pub struct RefundAgreement {
    pub freight: Freight,
    /// They know that the goods are not back.
    pub without_goods: bool,
}

/// Money paid outside.
#[derive(Clone, Debug)]
pub struct ManualRefund {
    pub voucher: Voucher,
    /// The buyer agrees to another way than the money came by.
    pub consent: bool,
    /// They know that the goods are not back.
    pub without_goods: bool,
}
