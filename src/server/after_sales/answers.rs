//! What the shop answers to an application, read once.

use crate::domain::after_sale::{Freight, RejectionWords};
use crate::domain::{ReturnAddressId, Voucher};
use crate::server::machinery::pictures::upload::Upload;

/// Why the shop says no, with the pictures that prove it.
#[derive(Clone, Debug)]
pub struct Rejection {
    pub words: RejectionWords,
    /// Looked at when they are kept.
    pub pictures: Vec<Upload>,
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
